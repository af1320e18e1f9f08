package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * LocalRelax of a divided lattice (ME-80, ME-83). Every window has a stream of its own. A vacancy
 * that leaves its window stays where it came to until another window has it.
 */
final class WindowRelaxation {
  private final ColouredWindows windows;
  private final Lattice lattice;
  private final Upsampling.Relaxation how;
  private final VacancyKernel open;
  private final Lattice cut;
  private final VacancyKernel closed;
  private final int[] window;
  private long[] sites = new long[16];
  private int count;

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
    this.lattice = share.lattice();
    this.window = window.clone();
    this.how = how;
    windows = new ColouredWindows(share, window, how.overlapping());
    cut = how.closed() ? new Lattice(lattice.crystal(), window[0], window[1], window[2]) : null;
    closed = how.closed() ? kernels.of(cut) : null;
    open = how.closed() ? null : kernels.of(lattice);
    if (open != null) {
      open.observe(windows.changed());
    }
  }

  /**
   * Relaxes all windows once; collective.
   *
   * @param streams of a window by its number
   */
  void relax(LongFunction<RandomStream> streams) {
    windows.visit(
        (at, number) -> {
          findVacancies(at);
          if (count > 0 && how.closed()) {
            relaxAlone(at, streams.apply(number));
          } else if (count > 0) {
            relaxWithin(at, streams.apply(number));
          }
        });
  }

  /** In the order of the cells of a window. */
  private void findVacancies(int[] at) {
    count = 0;
    windows.eachSite(
        at,
        (inside, site) -> {
          if (lattice.get(site) == Lattice.VACANCY) {
            keep(site);
          }
        });
  }

  private void keep(long site) {
    if (count == sites.length) {
      sites = Arrays.copyOf(sites, 2 * count);
    }
    sites[count++] = site;
  }

  /** The window keeps its surroundings. */
  private void relaxWithin(int[] at, RandomStream stream) {
    CellBox box = new CellBox(at[0], at[1], at[2], window[0], window[1], window[2]);
    open.home(box.grown(lattice.shape(), ColouredWindows.margin(window)).region(lattice));
    open.activate(sites, count);
    run(open, stream);
    windows.changed().endSection();
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
    windows.eachSite(at, (inside, site) -> cut.set(inside, lattice.get(site)));
    closed.activate(cut.vacancies());
    run(closed, stream);
    windows.eachSite(at, (inside, site) -> windows.change(site, cut.get(inside)));
  }
}
