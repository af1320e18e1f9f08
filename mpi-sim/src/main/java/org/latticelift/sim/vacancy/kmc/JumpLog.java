package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Remembers jumps so that they can be taken back (DI-03: changes of a partial evolution are
 * undone). Grows as needed and is reused after {@link #clear}.
 */
public final class JumpLog implements JumpObserver {
  private long[] from;
  private long[] to;
  private int size;

  /**
   * An empty log.
   *
   * @param capacity jumps to make room for at once
   */
  public JumpLog(int capacity) {
    from = new long[Math.max(1, capacity)];
    to = new long[from.length];
  }

  @Override
  public void jumped(JumpEvent event) {
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
    }
    from[size] = event.from();
    to[size++] = event.to();
  }

  /**
   * Takes back all jumps, the last one first, and empties the log. A simulator of the lattice must
   * be activated anew afterwards.
   *
   * @param lattice the lattice that the jumps were made in; nothing else may have changed it
   */
  public void undo(Lattice lattice) {
    while (size > 0) {
      size--;
      byte atom = lattice.get(from[size]);
      lattice.set(from[size], Lattice.VACANCY);
      lattice.set(to[size], atom);
    }
  }

  /** Forgets all jumps. */
  public void clear() {
    size = 0;
  }

  /**
   * Number of jumps.
   *
   * @return since the log was empty
   */
  public int size() {
    return size;
  }

  /**
   * Where a jump ended.
   *
   * @param i number of the jump, 0 the first
   * @return site number
   */
  public long to(int i) {
    return to[i];
  }
}
