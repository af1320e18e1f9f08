package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Windows of a divided lattice that take turns colour by colour (ME-83): windows of one colour are
 * so far apart that none reads what another one writes. A window belongs to the rank that owns its
 * first cell; after a colour the changed sites travel. So a window reads and writes only what is
 * near, and nothing depends on who works on it.
 */
final class ColouredWindows {
  private final Share share;
  private final Lattice lattice;
  private final HaloMessages messages;
  private final HaloExchange halo;
  private final int[] window;
  private final WindowGrid[] grid = new WindowGrid[3];
  private final ChangedSites changed = new ChangedSites();

  /** What is done in a window. */
  interface Work {
    /**
     * Changes sites of a window and up to a margin around it, and remembers them in {@link
     * #changed}.
     *
     * @param at first cell of the window in the rank's lattice; not modified
     * @param number of the window in the whole lattice
     */
    void window(int[] at, long number);
  }

  /** A site of a window, numbered within it, and the same one of the lattice. */
  interface SitePair {
    void take(int inside, long site);
  }

  /**
   * Plans the windows.
   *
   * @param window cells along the axes
   * @param overlapping by half a window, or shifted by half a window without overlap
   */
  ColouredWindows(Share share, int[] window, boolean overlapping) {
    this.share = share;
    this.window = window.clone();
    lattice = share.lattice();
    messages = new HaloMessages(lattice, share.domain());
    halo = new NeighbourHalo(share.ranks(), share.domain());
    for (int axis = 0; axis < grid.length; axis++) {
      int cells = share.domain().blocks().cells(axis);
      grid[axis] = new WindowGrid(cells, window[axis], overlapping, margin(window));
    }
  }

  /** Cells around a window that work in it may change: half a window. */
  static int margin(int[] window) {
    return (largest(window) + 1) / 2;
  }

  private static int largest(int[] window) {
    return Arrays.stream(window).max().orElseThrow();
  }

  /** Cells beyond its own that a rank may change: a window that begins there, and its margin. */
  static int written(int[] window) {
    return largest(window) + margin(window);
  }

  /** Cells beyond its own that a rank must hold: what it may change, and what is read around. */
  static int reach(int[] window) {
    return written(window) + BlockGrid.REACH;
  }

  /** Gives a site of the lattice a kind, and remembers it if that is another one. */
  void change(long site, byte code) {
    if (lattice.get(site) != code) {
      lattice.set(site, code);
      changed.add(site);
    }
  }

  /** Local sites that were changed since the last colour. */
  ChangedSites changed() {
    return changed;
  }

  /** Works once in every window; collective. */
  void visit(Work work) {
    for (int a = 0; a < grid[0].colours(); a++) {
      for (int b = 0; b < grid[1].colours(); b++) {
        for (int c = 0; c < grid[2].colours(); c++) {
          changed.clear();
          colour(a, b, c, work);
          messages.collect(changed);
          halo.exchange(messages, lattice::set);
        }
      }
    }
  }

  private void colour(int a, int b, int c, Work work) {
    int[] at = new int[3];
    for (int i = 0; i < grid[0].size(); i++) {
      for (int j = 0; j < grid[1].size() && grid[0].colour(i) == a; j++) {
        for (int k = 0; k < grid[2].size() && grid[1].colour(j) == b; k++) {
          if (grid[2].colour(k) == c && mine(at, i, j, k)) {
            work.window(at, ((long) i * grid[1].size() + j) * grid[2].size() + k);
          }
        }
      }
    }
  }

  /** Whether this rank owns the first cell, whose local place is filled in. */
  private boolean mine(int[] at, int i, int j, int k) {
    Domain domain = share.domain();
    at[0] = grid[0].start(i) - domain.first(0) + domain.halo(0);
    at[1] = grid[1].start(j) - domain.first(1) + domain.halo(1);
    at[2] = grid[2].start(k) - domain.first(2) + domain.halo(2);
    return domain.owns(at[0], at[1], at[2]);
  }

  /** Takes the sites of a window in the order of its cells. */
  void eachSite(int[] at, SitePair pair) {
    int basis = lattice.crystal().basisCount();
    int inside = 0;
    for (int i = 0; i < window[0]; i++) {
      for (int j = 0; j < window[1]; j++) {
        for (int k = 0; k < window[2]; k++) {
          long cell =
              lattice.index(
                  (at[0] + i) % lattice.nx(),
                  (at[1] + j) % lattice.ny(),
                  (at[2] + k) % lattice.nz(),
                  0);
          for (int b = 0; b < basis; b++) {
            pair.take(inside++, cell + b);
          }
        }
      }
    }
  }
}
