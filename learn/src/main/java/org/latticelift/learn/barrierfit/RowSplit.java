package org.latticelift.learn.barrierfit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.latticelift.sim.random.RandomStream;

/**
 * Training and hold-out rows. All rows of an environment fall on the same side; rows without a
 * barrier are left out.
 *
 * @param training row numbers, ascending
 * @param holdOut row numbers, ascending
 */
public record RowSplit(int[] training, int[] holdOut) {

  static RowSplit of(BarrierTable table, double holdOutFraction, RandomStream stream) {
    int[] order = IntStream.range(0, table.size()).toArray();
    stream.shuffle(order);
    int held = (int) Math.round(holdOutFraction * table.size());
    BitSet holdOut = new BitSet(table.size());
    Arrays.stream(order, 0, held).forEach(holdOut::set);
    return new RowSplit(rows(table, holdOut, false), rows(table, holdOut, true));
  }

  static int[] all(BarrierTable table) {
    return rows(table, new BitSet(), false);
  }

  private static int[] rows(BarrierTable table, BitSet holdOut, boolean wanted) {
    return IntStream.range(0, table.barrier().length)
        .filter(row -> !Float.isNaN(table.barrier()[row]))
        .filter(row -> holdOut.get(row / table.hops()) == wanted)
        .toArray();
  }
}
