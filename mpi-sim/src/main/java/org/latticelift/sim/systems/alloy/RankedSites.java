package org.latticelift.sim.systems.alloy;

import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.lattice.CodeScan;

/** Finds sites of a species by rank while the planes of a block pass by. */
final class RankedSites {
  private final byte code;
  private final long[] ranks;
  private final int[] order;
  private final long[] sites;
  private int done;
  private long before;
  private long sitesBefore;

  RankedSites(byte code, long[] ranks) {
    this.code = code;
    this.ranks = ranks;
    sites = new long[ranks.length];
    order =
        IntStream.range(0, ranks.length)
            .boxed()
            .sorted((a, b) -> Long.compare(ranks[a], ranks[b]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  boolean complete() {
    return done == order.length;
  }

  /** The next plane of constant x. */
  void plane(byte[] plane) {
    int here = CodeScan.count(plane, code);
    long rank = before - 1;
    int at = -1;
    for (; done < order.length && ranks[order[done]] < before + here; done++) {
      for (; rank < ranks[order[done]]; rank++) {
        at = CodeScan.next(plane, code, at + 1);
      }
      sites[order[done]] = sitesBefore + at;
    }
    before += here;
    sitesBefore += plane.length;
  }

  /** In the order of the ranks. */
  long[] found() {
    return sites;
  }
}
