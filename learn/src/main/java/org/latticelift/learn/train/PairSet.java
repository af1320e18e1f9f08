package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.Flow;
import org.latticelift.learn.sde.TurnedPairs;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.sim.lift.RunHalves;
import org.latticelift.sim.random.RandomStream;

/**
 * Training samples of the trained variables in physical units (ME-17). Columns are row-major and
 * not copied; [N,0] is an empty array.
 *
 * @param variables number d of trained variables
 * @param z0 state before, [N,d]
 * @param z1 state before plus the increment, [N,d]
 * @param target state before plus what the drift is fitted to, of the same mean and less noise,
 *     [N,d]; [N,0] where that is the increment
 * @param twin state before plus what the diffusion is fitted to, the difference of two evolutions
 *     of the first patch over sqrt 2, [N,d]; [N,0] where there are no twins
 * @param dt duration of each sample, [N]
 * @param condition index of each sample's condition, [N]
 * @param values of each condition, increasing, in the unit of its parameter
 * @param group samples of one group are never split between training and validation, [N]
 * @param martingale increment that the drift is fitted to less the integral of the generator, a
 *     quantity of mean zero given the state before (EX-05), of the first m variables, [N,m]; [N,0]
 *     where it is not known
 * @param runs number of small runs that a sample is the mean of, whose noise is that of one patch
 *     over it, [N]; [N,0] where patches of a lattice evolved
 */
record PairSet(
    int variables,
    double[] z0,
    double[] z1,
    double[] target,
    double[] twin,
    double[] dt,
    int[] condition,
    double[] values,
    long[] group,
    double[] martingale,
    double[] runs) {
  private static final double[] NONE = {};

  /** Samples whose increments are all that is known of them. */
  PairSet(
      int variables,
      double[] z0,
      double[] z1,
      double[] dt,
      int[] condition,
      double[] values,
      long[] group) {
    this(variables, z0, z1, NONE, NONE, dt, condition, values, group, NONE, NONE);
  }

  int count() {
    return dt.length;
  }

  /** Number m of martingales of each sample. */
  int martingales() {
    return width(martingale);
  }

  private int width(double[] column) {
    return count() == 0 ? 0 : column.length / count();
  }

  /**
   * The increment of a variable ({@code pair}: 0 to N - 1; {@code variable}: 0 to d - 1); z1 - z0.
   */
  double increment(int pair, int variable) {
    int at = pair * variables + variable;
    return z1[at] - z0[at];
  }

  /** How many times less the variance of an increment is than that of one patch. */
  double runs(int pair) {
    return runs.length == 0 ? 1 : runs[pair];
  }

  Noise noise() {
    return twin.length > 0 ? Noise.TWINS : target.length > 0 ? Noise.RESTORED : Noise.RESIDUALS;
  }

  /** The samples with what the drift is fitted to as increments. */
  PairSet targets() {
    return target.length == 0 ? this : withAfter(target);
  }

  /** The samples without a part of their increments ({@code part}: [N,d]); twins have none. */
  PairSet without(double[] part) {
    return new PairSet(
        variables,
        z0,
        less(z1, part),
        less(target, part),
        twin,
        dt,
        condition,
        values,
        group,
        martingale,
        runs);
  }

  private static double[] less(double[] after, double[] part) {
    double[] left = after.clone();
    Arrays.setAll(left, at -> left[at] - part[at]);
    return left;
  }

  /** The samples with differences of twins as increments, where there are twins. */
  PairSet twins() {
    return twin.length == 0 ? this : withAfter(twin);
  }

  private PairSet withAfter(double[] after) {
    return new PairSet(
        variables, z0, after, NONE, NONE, dt, condition, values, group, martingale, runs);
  }

  PairSet withTarget(double[] other) {
    return new PairSet(
        variables, z0, z1, other, twin, dt, condition, values, group, martingale, runs);
  }

  /**
   * The samples, and after them the mirror image of each, in the same groups ({@code signs}: -1 for
   * variables that change their sign, 1 for the others, d).
   */
  PairSet withMirrorImages(int[] signs) {
    int n = count();
    PairSet twice = select(IntStream.range(0, 2 * n).map(k -> k % n).toArray());
    for (double[] column :
        List.of(twice.z0, twice.z1, twice.target, twice.twin, twice.martingale)) {
      int width = twice.width(column);
      for (int i = n * width; i < column.length; i++) {
        column[i] *= signs[i % width];
      }
    }
    return twice;
  }

  /**
   * The flow of the increments, less their martingales where these are known: they have the same
   * mean and hardly any noise.
   */
  Flow flow() {
    PairSet known = targets();
    int m = martingales();
    double[] expected = new double[count() * variables];
    for (int k = 0; k < count(); k++) {
      for (int i = 0; i < variables; i++) {
        double noise = i < m ? martingale[k * m + i] : 0;
        expected[k * variables + i] = known.increment(k, i) - noise;
      }
    }
    double[] counted = new double[count()];
    Arrays.setAll(counted, this::runs);
    return new Flow(variables, z0, expected, dt, counted, condition);
  }

  /** The samples as their drift has them in the middle of each. */
  PairSet turned(Flow flow) {
    TurnedPairs all = flow.turned(z0, z1, dt, condition);
    return new PairSet(
        variables,
        all.before(),
        all.after(),
        target.length == 0 ? target : flow.turned(z0, target, dt, condition).after(),
        turnedTwins(flow, all.before()),
        dt,
        condition,
        values,
        group,
        flow.turnedNoise(z0, martingale, dt, condition),
        runs);
  }

  private double[] turnedTwins(Flow flow, double[] before) {
    double[] noise = twin.clone();
    Arrays.setAll(noise, at -> twin[at] - z0[at]);
    double[] turned = flow.turnedNoise(z0, noise, dt, condition);
    Arrays.setAll(turned, at -> before[at] + turned[at]);
    return turned;
  }

  /** The samples of a condition; their indices, ascending. */
  int[] rowsAt(int index) {
    return IntStream.range(0, count()).filter(k -> condition[k] == index).toArray();
  }

  /** Some of the samples; a copy in the order of the rows. */
  PairSet select(int[] rows) {
    return new PairSet(
        variables,
        rows(z0, rows),
        rows(z1, rows),
        rows(target, rows),
        rows(twin, rows),
        rows(dt, rows),
        Arrays.stream(rows).map(k -> condition[k]).toArray(),
        values,
        Arrays.stream(rows).mapToLong(k -> group[k]).toArray(),
        rows(martingale, rows),
        rows(runs, rows));
  }

  private double[] rows(double[] all, int[] rows) {
    int width = width(all);
    double[] part = new double[rows.length * width];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(all, rows[k] * width, part, k * width, width);
    }
    return part;
  }

  /** Which samples train and which validate: whole groups of them, as rows in ascending order. */
  record Split(int[] training, int[] validation) {
    private static Split of(PairSet pairs, LongPredicate training, LongPredicate validation) {
      return new Split(rows(pairs, training), rows(pairs, validation));
    }

    private static int[] rows(PairSet pairs, LongPredicate groups) {
      return IntStream.range(0, pairs.count()).filter(k -> groups.test(pairs.group[k])).toArray();
    }

    /**
     * Splits; every condition keeps at least one group for training, so with few samples fewer
     * groups than asked for are held out, or none ({@code fraction}: share of the groups that is
     * held out; above 0 at least one where there are two).
     */
    static Split of(PairSet pairs, double fraction, RandomStream stream) {
      Map<Long, Integer> conditions = new TreeMap<>();
      for (int k = 0; k < pairs.count(); k++) {
        conditions.put(pairs.group[k], pairs.condition[k]);
      }
      int[] left = new int[pairs.values.length];
      conditions.values().forEach(condition -> left[condition]++);
      List<Long> groups = List.copyOf(conditions.keySet());
      int[] order = new int[groups.size()];
      Arrays.setAll(order, i -> i);
      stream.shuffle(order);
      int wanted = fraction > 0 ? Math.max(1, (int) Math.round(fraction * groups.size())) : 0;
      Set<Long> held = new HashSet<>();
      for (int k = 0; k < order.length && held.size() < wanted; k++) {
        long group = groups.get(order[k]);
        int condition = conditions.get(group);
        if (left[condition] > 1) {
          left[condition]--;
          held.add(group);
        }
      }
      return of(pairs, group -> !held.contains(group), held::contains);
    }
  }

  /**
   * Halves of the groups of pairs (EX-31). An estimate from half of G independent groups differs
   * from that of all of them with the variance that the estimate of all has itself: (1 - f)/f S^2/G
   * with f = 1/2. So models of different halves lie as far apart as the data are uncertain, no pair
   * is used twice, and eight trainings cost as much as four of all pairs.
   *
   * <p>Of 2, 4, 8 ... groups the first G - 1 halves are balanced: the rows of a Hadamard matrix,
   * any two of which share a quarter of the groups (P. J. McCarthy, Rev. Int. Stat. Inst. 37 (1969)
   * 239). To first order their differences from the estimate of all are then independent of each
   * other, and their variance has as many degrees of freedom as there are halves; that of six
   * random halves of eight groups has two to three. All other halves are random. Of an odd number
   * of groups the half is rounded up or down at random.
   */
  static final class HalfSamples {
    private static final int TWICE_FROM = 6;
    private static final int ONCE_FROM = 4;

    private HalfSamples() {}

    /**
     * Which half each model has. Of six models or more two halves are trained twice, of four or
     * five one, so that the spread by the training can be told from that by the data.
     */
    static int[] halves(int models) {
      int repeated = models >= TWICE_FROM ? 2 : models >= ONCE_FROM ? 1 : 0;
      int[] halves = new int[models];
      Arrays.setAll(halves, k -> k % (models - repeated));
      return halves;
    }

    /**
     * Half of the groups of every condition; a single one is used by all ({@code held}: share of
     * the groups that validates, of the other half; above 0 at least one).
     */
    static Split draw(PairSet pairs, double held, long number, RandomStream stream) {
      Map<Integer, Set<Long>> groups = groups(pairs);
      Set<Long> training = new HashSet<>();
      Set<Long> validation = new HashSet<>();
      for (Set<Long> all : groups.values()) {
        Long[] order = all.toArray(Long[]::new);
        int[] shuffled = new int[order.length];
        Arrays.setAll(shuffled, i -> i);
        stream.shuffle(shuffled);
        boolean[] chosen =
            balanced(order.length, number)
                ? row(order.length, number, stream)
                : first(shuffled, half(order.length, stream));
        int wanted = held > 0 ? Math.max(1, (int) Math.round(held * order.length)) : 0;
        for (int group : shuffled) {
          if (chosen[group]) {
            training.add(order[group]);
          } else if (wanted-- > 0) {
            validation.add(order[group]);
          }
        }
      }
      return Split.of(pairs, training::contains, validation::contains);
    }

    private static boolean balanced(int groups, long number) {
      return Integer.bitCount(groups) == 1 && number < groups - 1;
    }

    /** Groups with one sign in a row of the Hadamard matrix of Sylvester; which sign is random. */
    private static boolean[] row(int groups, long number, RandomStream stream) {
      int odd = stream.below(2);
      boolean[] chosen = new boolean[groups];
      for (int group = 0; group < groups; group++) {
        chosen[group] = Long.bitCount(number + 1 & group) % 2 == odd;
      }
      return chosen;
    }

    private static boolean[] first(int[] shuffled, int half) {
      boolean[] chosen = new boolean[shuffled.length];
      for (int i = 0; i < half; i++) {
        chosen[shuffled[i]] = true;
      }
      return chosen;
    }

    private static int half(int groups, RandomStream stream) {
      int up = groups % 2 == 1 ? stream.below(2) : 0;
      return Math.max(1, groups / 2 + up);
    }

    private static Map<Integer, Set<Long>> groups(PairSet pairs) {
      Map<Integer, Set<Long>> groups = new TreeMap<>();
      for (int k = 0; k < pairs.count(); k++) {
        groups.computeIfAbsent(pairs.condition()[k], c -> new TreeSet<>()).add(pairs.group()[k]);
      }
      return groups;
    }

    /** The pairs of a half of the runs, and for validation those of all other runs. */
    static Split ofHalf(PairSet pairs, int half) {
      return Split.of(
          pairs, group -> (int) group == half, group -> (int) group == RunHalves.other(half));
    }

    /** Number of groups of the condition that has the fewest. */
    static int fewest(PairSet pairs) {
      return groups(pairs).values().stream().mapToInt(Set::size).min().orElse(0);
    }

    /** Half of the pairs of every condition, for evolutions that belong to no group. */
    static PairSet ofSingle(PairSet pairs, RandomStream stream) {
      int[] order = new int[pairs.count()];
      Arrays.setAll(order, i -> i);
      stream.shuffle(order);
      int[] left = new int[pairs.values().length];
      for (int c : pairs.condition()) {
        left[c]++;
      }
      Arrays.setAll(left, c -> (left[c] + 1) / 2);
      return pairs.select(
          Arrays.stream(order).filter(k -> left[pairs.condition()[k]]-- > 0).sorted().toArray());
    }
  }
}
