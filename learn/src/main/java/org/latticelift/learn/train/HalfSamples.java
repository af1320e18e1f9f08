package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latticelift.sim.random.RandomStream;

/**
 * Halves of the groups of pairs (EX-31). An estimate from half of G independent groups differs from
 * that of all of them with the variance that the estimate of all has itself: (1 - f)/f S^2/G with f
 * = 1/2. So models of different halves lie as far apart as the data are uncertain, no pair is used
 * twice, and eight trainings cost as much as four of all pairs.
 *
 * <p>Of 2, 4, 8 ... groups the first G - 1 halves are balanced: the rows of a Hadamard matrix, any
 * two of which share a quarter of the groups (P. J. McCarthy, Rev. Int. Stat. Inst. 37 (1969) 239).
 * To first order their differences from the estimate of all are then independent of each other, and
 * their variance has as many degrees of freedom as there are halves; that of six random halves of
 * eight groups has two to three. All other halves are random. Of an odd number of groups the half
 * is rounded up or down at random.
 */
final class HalfSamples {
  private static final int TWICE_FROM = 6;
  private static final int ONCE_FROM = 4;

  private HalfSamples() {}

  /**
   * Which half each model has. Of six models or more two halves are trained twice, of four or five
   * one, so that the spread by the training can be told from that by the data.
   *
   * @return number of the half of each model
   */
  static int[] halves(int models) {
    int repeated = models >= TWICE_FROM ? 2 : models >= ONCE_FROM ? 1 : 0;
    int[] halves = new int[models];
    Arrays.setAll(halves, k -> k % (models - repeated));
    return halves;
  }

  /**
   * Half of the groups of every condition; a single one is used by all.
   *
   * @param held share of the groups that validates, of the other half; above 0 at least one
   * @param number of the half
   * @param stream of the half
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
    int[] left = new int[pairs.temperature().length];
    for (int c : pairs.condition()) {
      left[c]++;
    }
    Arrays.setAll(left, c -> (left[c] + 1) / 2);
    return pairs.select(
        Arrays.stream(order).filter(k -> left[pairs.condition()[k]]-- > 0).sorted().toArray());
  }
}
