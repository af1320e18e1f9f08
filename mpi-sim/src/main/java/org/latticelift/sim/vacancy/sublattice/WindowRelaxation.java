package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * LocalRelax of a divided lattice (ME-80, ME-83). Windows take turns colour by colour; a window
 * belongs to the rank that owns its first cell, and has a stream of its own. After a colour the
 * changed sites travel. A vacancy that leaves its window stays where it came to until another
 * window has it, so a window reads and writes only what is near, and nothing depends on who relaxes
 * it.
 */
final class WindowRelaxation {
  private final Share share;
  private final Lattice lattice;
  private final Upsampling.Relaxation how;
  private final VacancyKernel open;
  private final Lattice cut;
  private final VacancyKernel closed;
  private final int[] window;
  private final WindowGrid[] grid = new WindowGrid[3];
  private final ChangedSites changed = new ChangedSites();
  private long[] sites = new long[16];

  /** Makes a kernel of the alloy for a lattice. */
  interface Kernels {
    VacancyKernel of(Lattice lattice);
  }

  /**
   * Prepares the relaxation of a share.
   *
   * @param window cells of a window along the axes
   */
  WindowRelaxation(Share share, int[] window, Upsampling.Relaxation how, Kernels kernels) {
    this.share = share;
    this.lattice = share.lattice();
    this.window = window.clone();
    this.how = how;
    for (int axis = 0; axis < grid.length; axis++) {
      int cells = share.domain().blocks().cells(axis);
      grid[axis] = new WindowGrid(cells, window[axis], how.overlapping(), margin(window));
    }
    cut = how.closed() ? new Lattice(lattice.crystal(), window[0], window[1], window[2]) : null;
    closed = how.closed() ? kernels.of(cut) : null;
    open = how.closed() ? null : kernels.of(lattice);
    if (open != null) {
      open.observe(changed);
    }
  }

  /** Cells around a window that its vacancies may go to: half a window. */
  private static int margin(int[] window) {
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

  /**
   * Relaxes all windows once; collective.
   *
   * @param streams of a window by its number
   */
  void relax(LongFunction<RandomStream> streams) {
    HaloMessages messages = new HaloMessages(lattice, share.domain());
    HaloExchange halo = new NeighbourHalo(share.ranks(), share.domain());
    for (int a = 0; a < grid[0].colours(); a++) {
      for (int b = 0; b < grid[1].colours(); b++) {
        for (int c = 0; c < grid[2].colours(); c++) {
          changed.clear();
          colour(a, b, c, streams);
          messages.collect(changed);
          halo.exchange(messages, lattice::set);
        }
      }
    }
  }

  private void colour(int a, int b, int c, LongFunction<RandomStream> streams) {
    int[] at = new int[3];
    for (int i = 0; i < grid[0].size(); i++) {
      for (int j = 0; j < grid[1].size() && grid[0].colour(i) == a; j++) {
        for (int k = 0; k < grid[2].size() && grid[1].colour(j) == b; k++) {
          if (grid[2].colour(k) == c && mine(at, i, j, k)) {
            long number = ((long) i * grid[1].size() + j) * grid[2].size() + k;
            window(at, () -> streams.apply(number));
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

  private void window(int[] at, Supplier<RandomStream> stream) {
    int count = vacancies(at);
    if (count > 0) {
      if (how.closed()) {
        relaxAlone(at, stream.get());
      } else {
        relaxWithin(at, count, stream.get());
      }
    }
  }

  /** Finds the vacancies of a window, in the order of its cells. */
  private int vacancies(int[] at) {
    int basis = lattice.crystal().basisCount();
    int count = 0;
    for (int i = 0; i < window[0]; i++) {
      int x = (at[0] + i) % lattice.nx();
      byte[] plane = lattice.plane(x);
      for (int j = 0; j < window[1]; j++) {
        int row = (at[1] + j) % lattice.ny() * lattice.nz();
        for (int k = 0; k < window[2]; k++) {
          int site = (row + (at[2] + k) % lattice.nz()) * basis;
          for (int b = 0; b < basis; b++) {
            if (plane[site + b] == Lattice.VACANCY) {
              keep(count++, (long) x * plane.length + site + b);
            }
          }
        }
      }
    }
    return count;
  }

  private void keep(int index, long site) {
    if (index == sites.length) {
      sites = Arrays.copyOf(sites, 2 * index);
    }
    sites[index] = site;
  }

  /** The window keeps its surroundings. */
  private void relaxWithin(int[] at, int count, RandomStream stream) {
    int first = changed.size();
    CellBox box = new CellBox(at[0], at[1], at[2], window[0], window[1], window[2]);
    open.home(box.grown(lattice.shape(), margin(window)).region(lattice));
    open.activate(sites, count);
    run(open, stream);
    changed.compact(first);
  }

  private void run(VacancyKernel kernel, RandomStream stream) {
    kernel.time(0);
    Duration duration = how.duration();
    if (duration.kind() == Duration.Kind.TIME) {
      kernel.runUntil(duration.value(), stream);
    } else {
      // All vacancies may leave before the last event.
      for (long i = 0; i < (long) duration.value() && kernel.totalRate() > 0; i++) {
        kernel.runEvents(1, Clock.MEAN, stream);
      }
    }
  }

  /** The window is cut out and closed on itself (AL-63). */
  private void relaxAlone(int[] at, RandomStream stream) {
    eachSite(at, (inside, site) -> cut.set(inside, lattice.get(site)));
    closed.activate(cut.vacancies());
    run(closed, stream);
    eachSite(
        at,
        (inside, site) -> {
          if (lattice.get(site) != cut.get(inside)) {
            lattice.set(site, cut.get(inside));
            changed.add(site);
          }
        });
  }

  /** A site of the cut-out window and the same one of the lattice. */
  private interface SitePair {
    void take(long inside, long site);
  }

  private void eachSite(int[] at, SitePair pair) {
    int basis = lattice.crystal().basisCount();
    long inside = 0;
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
