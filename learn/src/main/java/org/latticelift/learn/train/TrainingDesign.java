package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.ScaledPairs.TrainingProblem;
import org.latticelift.learn.train.SdeConfig.Scalings;
import org.latticelift.learn.train.TrainConfig.Resample;
import org.latticelift.learn.train.TrainingData.ControlVariate;
import org.latticelift.learn.train.TrainingData.ControlVariate.QuadraticDrift;
import org.latticelift.learn.train.TrainingData.MeasuredKappa;
import org.latticelift.learn.train.TrainingData.Splitter;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * What is trained, and on what: the estimator that a configuration and its pairs make. All models
 * have the same shape and scaling, which are found from all pairs; where they are resampled, each
 * has its own half of the pairs.
 */
final class TrainingDesign {
  private final TrainConfig train;
  private final TrainingPairs content;
  private final Streams streams;
  private final TrainingData all;
  private final SdeArchitecture architecture;
  private final Scalings.Choice choice;
  private final Resampling resampling;
  private final TrainingProblem shared;

  private TrainingDesign(SdeConfig sde, TrainConfig train, TrainingPairs content, Streams streams) {
    this.train = train;
    this.content = content;
    this.streams = streams;
    this.resampling = resampling(train, content);
    this.all =
        TrainingData.of(
            train,
            content,
            pairs ->
                Splitter.split(
                    pairs, train.sampling().validationFraction(), streams.stream(Purpose.SPLIT)),
            UnaryOperator.identity());
    this.choice =
        Scalings.choose(
                all.increments().training(), factors().mean(), sde.scaling(), sde.timeUnit())
            .in(content.quantities());
    this.architecture = sde.architecture(content.pairs().variables(), choice);
    this.shared = problem(all);
  }

  /** Designs the training. */
  static TrainingDesign of(
      SdeConfig sde, TrainConfig train, TrainingPairs content, Streams streams) {
    return new TrainingDesign(sde, train, content, streams);
  }

  private static Resampling resampling(TrainConfig train, TrainingPairs content) {
    int units = HalfSamples.fewest(content.pairs());
    if (train.sampling().resample() == Resample.NONE
        || train.sampling().models() == 1
        || units < 2) {
      return Resampling.none(train.sampling().models());
    }
    return new Resampling(HalfSamples.halves(train.sampling().models()), content.unit(), units);
  }

  private TrainingProblem problem(TrainingData data) {
    return data.problem(
        choice.scaling(), architecture, content.evolved(), train.estimator().epsilon());
  }

  /** What one model is fitted to; all pairs, or its half of them. */
  TrainingProblem problem(int model) {
    if (!resampling.resampled()) {
      return shared;
    }
    int half = resampling.resample()[model];
    return problem(
        TrainingData.of(
            train,
            content,
            pairs ->
                HalfSamples.draw(
                    pairs,
                    train.sampling().validationFraction(),
                    half,
                    streams.stream(Purpose.RESAMPLE, half)),
            joint -> HalfSamples.ofSingle(joint, streams.stream(Purpose.RESAMPLE, half, 1))));
  }

  SdeArchitecture architecture() {
    return architecture;
  }

  Scalings.Choice choice() {
    return choice;
  }

  Resampling resampling() {
    return resampling;
  }

  /** kappa of each variable from all pairs. */
  CovarianceFactors factors() {
    return all.factors();
  }

  /** Constant on the diagonal, scaled variables. */
  double epsilon() {
    return train
        .estimator()
        .epsilon()
        .resolve(ScaledPairs.of(all.increments().training(), choice.scaling(), architecture));
  }

  /** What was found out about the pairs. */
  PairDiagnostics diagnostics() {
    return new PairDiagnostics(
        content.evolved(),
        all.variates()
            ? ControlVariate.noiseLeft(all.increments().training(), all.targets().training())
            : new double[0][],
        all.measured().map(MeasuredKappa::error).orElse(new double[0]),
        StateSample.of(content.pairs(), choice.scaling()),
        train.estimator().transition(),
        new double[0]);
  }

  /** Whether patches move as the whole does; empty without joint evolutions of such pairs. */
  Optional<WholeDrift> wholeDrift() {
    return content.joint().count() == 0 || train.estimator().pairs().ofPatch()
        ? Optional.empty()
        : Optional.of(WholeDrift.of(all.targets().training(), content.joint()));
  }

  /** What a user should know of it: one line for each condition and for kappa; none if plain. */
  List<String> remarks() {
    return TrainingRemarks.of(this, content);
  }

  /** Some states of the pairs, which go with a model and tell what is far from all of them. */
  static final class StateSample {
    private static final int MOST = 256;
    private static final int FEWEST = 20;

    private StateSample() {}

    /** As many of every condition, at equal distances in the list of its pairs. */
    static TrainedStates of(PairSet pairs, SdeScaling scaling) {
      List<int[]> byCondition =
          IntStream.range(0, pairs.values().length)
              .mapToObj(
                  c -> IntStream.range(0, pairs.count()).filter(k -> pairs.condition()[k] == c))
              .map(IntStream::toArray)
              .toList();
      int fewest = byCondition.stream().mapToInt(each -> each.length).min().orElse(0);
      if (fewest < FEWEST) {
        return TrainedStates.UNKNOWN;
      }
      int d = pairs.variables();
      int kept = Math.min(fewest, MOST);
      float[][] states = new float[byCondition.size()][kept * d];
      for (int c = 0; c < states.length; c++) {
        int[] all = byCondition.get(c);
        for (int i = 0; i < kept; i++) {
          int pair = all[(int) ((long) i * all.length / kept)];
          for (int v = 0; v < d; v++) {
            states[c][i * d + v] = (float) scaling.toScaled(v, pairs.z0()[pair * d + v]);
          }
        }
      }
      return new TrainedStates(states, d);
    }
  }

  /** Lines that say how the pairs of a training are used, for its progress. */
  static final class TrainingRemarks {
    private TrainingRemarks() {}

    static List<String> of(TrainingDesign design, TrainingPairs content) {
      List<String> lines = new ArrayList<>();
      double[][] left = design.diagnostics().noiseLeft();
      for (int c = 0; c < left.length; c++) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s leave of the noise at %s = %s: %s",
                content.means().isEmpty() ? "control variates" : "means of evolutions",
                content.quantities().parameter(),
                number(content.pairs().values()[c]),
                each(content.map(), left[c])));
      }
      double[] error = design.diagnostics().kappaError();
      if (error.length > 0) {
        double[] kappa = design.factors().kappa();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < kappa.length; i++) {
          double factor = content.evolved();
          values.add(
              String.format(
                  Locale.ROOT,
                  "%s %.3g(%.2g)",
                  name(content.map(), i),
                  kappa[i] * factor,
                  error[i] * factor));
        }
        lines.add(
            String.format(
                Locale.ROOT,
                "kappa of one patch, measured with %d joint evolutions: %s (K = %s)",
                content.joint().count(),
                String.join(", ", values),
                number(content.patches())));
      }
      design.wholeDrift().ifPresent(whole -> lines.addAll(of(whole, content.map())));
      return lines;
    }

    private static List<String> of(WholeDrift whole, MacroscopicMap map) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < whole.ratio().length; i++) {
        if (whole.differs(i)) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "warning: as a whole states move %.3g(%.1g) times as fast in %s as their patches"
                      + " say, whose surroundings are too near for so long: widen the buffer or"
                      + " shorten evolve.duration; diagnose says what it changes",
                  whole.ratio()[i],
                  whole.error()[i],
                  name(map, i)));
        }
      }
      return lines;
    }

    private static String each(MacroscopicMap map, double[] values) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        texts.add(String.format(Locale.ROOT, "%s %.2f", name(map, i), values[i]));
      }
      return String.join(", ", texts);
    }

    private static String name(MacroscopicMap map, int variable) {
      return map.observables().get(map.independent()[variable]);
    }

    private static String number(double value) {
      return value == Math.rint(value) ? "" + (long) value : "" + value;
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
    static Splitter.Parts draw(PairSet pairs, double held, long number, RandomStream stream) {
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
      return new Splitter.Parts(
          Splitter.rows(pairs, training::contains), Splitter.rows(pairs, validation::contains));
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

  /**
   * How fast large states move as a whole, over what their patches say. Patches whose buffer is too
   * narrow for the time they evolve are held back by what is frozen around them: those of 16 x 16
   * spins with a buffer of 4 move an eighth too slowly near the critical temperature in a time of
   * 128, and rightly in one of 32.
   *
   * <p>Joint evolutions are compared with the increments that a quadratic drift, fitted to the
   * pairs, expects of them.
   *
   * @param ratio by variable; 1 where patches add up
   * @param error standard error of each, of the joint evolutions alone
   */
  record WholeDrift(double[] ratio, double[] error) {
    private static final double STANDARD_ERRORS = 3;
    private static final double NEGLIGIBLE = 0.05;

    /** Compares ({@code joint}: increments of the whole, at the conditions of the pairs). */
    static WholeDrift of(PairSet patches, PairSet joint) {
      int d = patches.variables();
      double[] squares = new double[d];
      double[] products = new double[d];
      double[][] expected = new double[joint.count()][];
      for (int c = 0; c < patches.values().length; c++) {
        int[] rows = joint.rowsAt(c);
        if (rows.length > 0) {
          QuadraticDrift drift = QuadraticDrift.of(patches, patches.rowsAt(c));
          for (int k : rows) {
            expected[k] = drift.increment(joint, k);
            for (int i = 0; i < d; i++) {
              double x = expected[k][i];
              squares[i] += x * x / joint.dt()[k];
              products[i] += x * joint.increment(k, i) / joint.dt()[k];
            }
          }
        }
      }
      double[] ratio = new double[d];
      double[] error = new double[d];
      for (int i = 0; i < d; i++) {
        ratio[i] = products[i] / squares[i];
        double sum = 0;
        for (int k = 0; k < expected.length; k++) {
          double x = expected[k][i];
          double term = x * (joint.increment(k, i) - ratio[i] * x) / joint.dt()[k];
          sum += term * term;
        }
        error[i] = Math.sqrt(sum) / squares[i];
      }
      return new WholeDrift(ratio, error);
    }

    /** Whether a variable moves otherwise, beyond chance and by more than matters. */
    boolean differs(int variable) {
      double off = Math.abs(ratio[variable] - 1);
      return off > NEGLIGIBLE && off > STANDARD_ERRORS * error[variable];
    }
  }
}
