package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * LocalRelax (ME-80, ME-83): windows of the size of the small system cover the lattice; in each in
 * turn the vacancies inside evolve for a short time. Windows overlap by half (DI-20) or are shifted
 * by half a window without overlap (AL-63); a window without a vacancy costs nothing.
 */
final class LocalRelax {
  private final Cells window;
  private final boolean overlapping;
  private final boolean periodic;
  private final Duration duration;

  LocalRelax(Cells window, boolean overlapping, boolean periodic, Duration duration) {
    this.window = window;
    this.overlapping = overlapping;
    this.periodic = periodic;
    this.duration = duration;
  }

  /**
   * Relaxes a lattice.
   *
   * @param lattice changed
   * @param simulators finds the workbench of the lattice or of a window
   */
  void relax(Lattice lattice, ShapeSimulators simulators, RandomStream stream) {
    if (periodic) {
      relaxAlone(lattice, simulators.of(window), stream);
    } else {
      relaxWithin(lattice, simulators.of(lattice), stream);
    }
  }

  /** First axis slowest. */
  List<CellBox> windows(Lattice lattice) {
    List<CellBox> windows = new ArrayList<>();
    for (int x : starts(lattice.nx(), window.nx())) {
      for (int y : starts(lattice.ny(), window.ny())) {
        for (int z : starts(lattice.nz(), window.nz())) {
          windows.add(new CellBox(x, y, z, window.nx(), window.ny(), window.nz()));
        }
      }
    }
    return windows;
  }

  private int[] starts(int length, int size) {
    int stride = overlapping ? Math.max(1, size / 2) : size;
    int shift = overlapping ? 0 : size / 2;
    int[] starts = new int[(length + stride - 1) / stride];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (shift + i * stride) % length;
    }
    return starts;
  }

  /** Windows keep their surroundings; vacancies outside are frozen, those inside may leave. */
  private void relaxWithin(Lattice lattice, ShapeSimulator simulator, RandomStream stream) {
    simulator.load(lattice);
    WindowVacancies vacancies = new WindowVacancies(lattice);
    for (CellBox box : windows(lattice)) {
      long[] active = vacancies.enter(box);
      if (active.length > 0) {
        simulator.run(active, duration, Clock.MEAN, stream);
        vacancies.leave(active);
      }
    }
    lattice.set(simulator.lattice());
  }

  /** Windows are cut out and closed on themselves (AL-63). */
  private void relaxAlone(Lattice lattice, ShapeSimulator simulator, RandomStream stream) {
    for (CellBox box : windows(lattice)) {
      CutOut.cut(lattice, box, simulator.lattice());
      long[] vacancies = simulator.lattice().vacancies();
      if (vacancies.length > 0) {
        simulator.run(vacancies, duration, Clock.MEAN, stream);
        CutOut.paste(simulator.lattice(), lattice, box);
      }
    }
  }

  /** The vacancies of a lattice, and which of them are in the window that is being relaxed. */
  static final class WindowVacancies {
    private final Lattice lattice;
    private final long[] site;
    private final int[] x;
    private final int[] y;
    private final int[] z;
    private final int[] inside;

    /** All vacancies in site order. */
    WindowVacancies(Lattice lattice) {
      this.lattice = lattice;
      site = lattice.vacancies();
      x = new int[site.length];
      y = new int[site.length];
      z = new int[site.length];
      inside = new int[site.length];
      for (int i = 0; i < site.length; i++) {
        locate(i);
      }
    }

    private void locate(int i) {
      int basis = lattice.crystal().basisCount();
      x[i] = SiteIndex.x(site[i], lattice.ny(), lattice.nz(), basis);
      y[i] = SiteIndex.y(site[i], lattice.ny(), lattice.nz(), basis);
      z[i] = SiteIndex.z(site[i], lattice.nz(), basis);
    }

    /** Sites of the vacancies in a window, in a fixed order. */
    long[] enter(CellBox box) {
      Region window = box.region(lattice);
      int n = 0;
      for (int i = 0; i < site.length; i++) {
        if (window.contains(x[i], y[i], z[i], 0)) {
          inside[n++] = i;
        }
      }
      return Arrays.stream(inside, 0, n).mapToLong(i -> site[i]).toArray();
    }

    /** Where the vacancies of the last window are now. */
    void leave(long[] moved) {
      for (int k = 0; k < moved.length; k++) {
        site[inside[k]] = moved[k];
        locate(inside[k]);
      }
    }
  }
}
