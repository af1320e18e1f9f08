package org.latticelift.sim.vacancy.order;

import java.util.List;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Some order parameters that are computed from common integer counts. Immutable and usable by
 * several threads.
 *
 * <p>Values are {@code K * (linear function of the counts) + reference}, where K is the number of
 * patches that make up the whole (1 for the whole itself).
 */
public interface OrderParameter {
  /** Names of the values, at least one, each unique among all configured parameters. */
  List<String> names();

  /** Unit of the values; {@code 1} unless overridden. */
  default String units() {
    return "1";
  }

  /** Number of counts; length of the section of the counts that belongs to this parameter. */
  int counters();

  /**
   * Adds what the sites of a box own. Boxes that tile a lattice must add up to the whole. Sites
   * outside of the box matter only within an environment of a site of the box: large lattices may
   * be shown piece by piece, with no more than that around each.
   *
   * @param lattice not modified
   * @param box cells, periodic
   * @param counts changed
   */
  void add(Lattice lattice, CellBox box, long[] counts, int at);

  /** Changes counts of the whole lattice by what a jump changed ({@code counts}: changed). */
  void jumped(JumpEvent event, long[] counts, int at);

  /**
   * Computes the part of the values that is linear in the counts ({@code counts}: counts of the
   * whole, of a patch, or differences).
   */
  void linear(long[] counts, int at, double patches, double[] out, int to);

  /**
   * The part of the values that does not depend on the counts ({@code i}: index into {@link
   * #names}); added to the linear part.
   */
  double reference(int i);

  /**
   * Computes the values of a whole lattice, also where they are linear in the counts only as long
   * as something else stays.
   */
  default void exact(long[] counts, int at, double[] out, int to) {
    linear(counts, at, 1, out, to);
    for (int i = 0; i < names().size(); i++) {
      out[to + i] += reference(i);
    }
  }

  /**
   * What becomes of a value when corners and centres of all cells of BCC change places, which is a
   * shift of the whole crystal and so changes no law ({@code i}: index into {@link #names}); 1
   * where it stays, -1 where it changes its sign, 0 where neither is known.
   */
  default int whenShifted(int i) {
    return 0;
  }
}
