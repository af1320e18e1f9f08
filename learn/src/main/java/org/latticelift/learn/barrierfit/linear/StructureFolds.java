package org.latticelift.learn.barrierfit.linear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.sim.random.RandomStream;

/**
 * Folds of groups of rows (structures): the rows of a group are all fitted to or all held out.
 *
 * @param fold the fold of each row; -1 for rows that take no part
 * @param count number of folds
 */
public record StructureFolds(int[] fold, int count) {
  /** Enough that nine tenths of the rows are fitted to; fewer where there are fewer groups. */
  public static final int USUAL = 10;

  /**
   * Divides groups at random into folds of equal numbers of groups.
   *
   * @param part the rows that take part
   * @param most number of folds where there are as many groups
   */
  public static StructureFolds of(BarrierRows rows, int[] part, int most, RandomStream stream) {
    int[] groups = Arrays.stream(part).map(rows::group).distinct().sorted().toArray();
    int count = Math.max(2, Math.min(most, groups.length));
    int[] order = IntStream.range(0, groups.length).toArray();
    stream.shuffle(order);
    int[] foldOfGroup = new int[rows.groups()];
    for (int k = 0; k < order.length; k++) {
      foldOfGroup[groups[order[k]]] = k % count;
    }
    int[] fold = new int[rows.size()];
    Arrays.fill(fold, -1);
    for (int i : part) {
      fold[i] = foldOfGroup[rows.group(i)];
    }
    return new StructureFolds(fold, count);
  }

  /** Rows of all folds but one. */
  public int[] without(int held) {
    return IntStream.range(0, fold.length).filter(i -> fold[i] >= 0 && fold[i] != held).toArray();
  }

  /** Rows of one fold. */
  public int[] of(int held) {
    return IntStream.range(0, fold.length).filter(i -> fold[i] == held).toArray();
  }
}
