package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.List;

/** Stages of the relaxation of small runs, each twice as long as the one before (EX-21). */
public final class RelaxationStages {
  private RelaxationStages() {}

  /**
   * Divides the records of runs. The last stage may be up to twice as long as half of all.
   *
   * @param runs their number
   * @param records of each
   * @param fewest states of the first stage, about
   * @return first record of each stage, and the one after its last
   */
  public static List<int[]> of(int runs, int records, int fewest) {
    List<int[]> ranges = new ArrayList<>();
    int begin = 0;
    int end = Math.max(1, (fewest + runs - 1) / runs);
    while (begin < records) {
      boolean rest = records - end < (end - begin) / 2 || end >= records;
      ranges.add(new int[] {begin, rest ? records : end});
      begin = rest ? records : end;
      end *= 2;
    }
    return ranges;
  }
}
