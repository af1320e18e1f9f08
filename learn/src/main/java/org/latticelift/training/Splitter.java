package org.latticelift.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.latticelift.random.RandomStream;

/** Splits pairs into training and validation by whole groups. */
final class Splitter {
  private Splitter() {}

  /** Training and validation pairs. */
  record Parts(PairSet training, PairSet validation) {}

  static Parts split(PairSet pairs, double fraction, RandomStream stream) {
    long[] groups = Arrays.stream(pairs.group()).distinct().sorted().toArray();
    int[] order = new int[groups.length];
    Arrays.setAll(order, i -> i);
    stream.shuffle(order);
    int held = fraction > 0 ? Math.max(1, (int) Math.round(fraction * groups.length)) : 0;
    held = Math.min(held, groups.length - 1);
    Map<Long, Boolean> validation = new HashMap<>();
    for (int k = 0; k < groups.length; k++) {
      validation.put(groups[order[k]], k < held);
    }
    return new Parts(rows(pairs, validation, false), rows(pairs, validation, true));
  }

  private static PairSet rows(PairSet pairs, Map<Long, Boolean> validation, boolean wanted) {
    return pairs.select(
        java.util.stream.IntStream.range(0, pairs.count())
            .filter(k -> validation.get(pairs.group()[k]) == wanted)
            .toArray());
  }
}
