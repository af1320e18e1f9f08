package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.sim.random.RandomStream;

/** Splits pairs into training and validation by whole groups. */
final class Splitter {
  private Splitter() {}

  /** Training and validation pairs. */
  record Parts(PairSet training, PairSet validation) {
    /** The same split of other increments of the same pairs. */
    Parts map(UnaryOperator<PairSet> change) {
      return new Parts(change.apply(training), change.apply(validation));
    }
  }

  /**
   * Splits; every condition keeps at least one group for training, so with few samples fewer groups
   * than asked for are held out, or none.
   *
   * @param fraction share of the groups that is held out; above 0 at least one where there are two
   */
  static Parts split(PairSet pairs, double fraction, RandomStream stream) {
    Map<Long, Integer> conditions = new TreeMap<>();
    for (int k = 0; k < pairs.count(); k++) {
      conditions.put(pairs.group()[k], pairs.condition()[k]);
    }
    int[] left = new int[pairs.temperature().length];
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
    return new Parts(
        rows(pairs, group -> !held.contains(group)), rows(pairs, group -> held.contains(group)));
  }

  /** The pairs of some groups. */
  static PairSet rows(PairSet pairs, LongPredicate groups) {
    return pairs.select(
        IntStream.range(0, pairs.count()).filter(k -> groups.test(pairs.group()[k])).toArray());
  }
}
