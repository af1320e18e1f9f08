package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * Eight hops of one basis position, as {@link HopBlock.NetworkArithmetic} reads them: which lab
 * site each row sees at each canonical position, and the pairs of lab sites it sees at positions
 * that are added together ({@link NetworkParameters#partner}).
 *
 * <p>Partners are opposite places where the environment is centrosymmetric. All hops then see the
 * same pairs, so that there are no more of them than sites. The arrays are shared; nobody modifies
 * them.
 *
 * @param labSites lab site of position k and row r at 8 k + r
 * @param first the first lab site of each pair that occurs
 * @param second the second one; the same again where a position has no partner
 * @param pairs the pair of positions k and partner of k and row r at 8 k + r, k below its partner
 */
public record HopBlock(int[] labSites, int[] first, int[] second, int[] pairs) {
  private static final int ROWS = NetworkArithmetic.BLOCK;

  /** The hops from a first one on; rows beyond the last hop repeat hop 0. */
  static HopBlock of(EnvironmentGeometry geometry, int firstHop) {
    int sites = geometry.sites();
    int[] labSites = new int[sites * ROWS];
    for (int i = 0; i < labSites.length; i++) {
      int d = firstHop + i % ROWS;
      labSites[i] = geometry.canonical(d < geometry.hops() ? d : 0, i / ROWS);
    }
    return of(labSites, sites);
  }

  static HopBlock of(int[] labSites, int sites) {
    Map<List<Integer>, Integer> seen = new HashMap<>();
    List<List<Integer>> found = new ArrayList<>();
    int[] pairs = new int[NetworkParameters.pairs(sites) * ROWS];
    for (int i = 0; i < pairs.length; i++) {
      int partner = NetworkParameters.partner(i / ROWS, sites);
      List<Integer> pair = List.of(labSites[i], labSites[partner * ROWS + i % ROWS]);
      pairs[i] = seen.computeIfAbsent(pair, p -> found.size());
      if (pairs[i] == found.size()) {
        found.add(pair);
      }
    }
    int[] first = found.stream().mapToInt(p -> p.get(0)).toArray();
    int[] second = found.stream().mapToInt(p -> p.get(1)).toArray();
    return new HopBlock(labSites, first, second, pairs);
  }

  /**
   * The arithmetic of a network for blocks of eight rows, one row per hop. Holds a workspace, so
   * one object serves one thread; allocates nothing per call.
   */
  public interface NetworkArithmetic {
    /** Rows of a block; a row's place in its block does not influence its bits. */
    int BLOCK = 8;

    /** Most blocks of one call: their activations stay in the first-level cache. */
    int MAX_BLOCKS = 4;

    /**
     * Evaluates blocks of rows: row r of block b sees at canonical position k the code {@code
     * codes[offsets[b] + hops[b].labSites()[8 k + r]]}.
     *
     * @param blocks number of blocks, at most {@link #MAX_BLOCKS}
     * @param codes environments in lab order; not modified
     * @param offsets for each block where its environment begins
     * @param hops for each block which hops its rows are
     * @param barriers filled with 8 results per block, eV
     */
    void evaluate(int blocks, byte[] codes, int[] offsets, HopBlock[] hops, float[] barriers);
  }
}
