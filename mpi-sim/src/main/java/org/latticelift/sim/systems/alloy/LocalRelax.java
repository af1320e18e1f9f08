package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.ShapeSimulator.ShapeSimulators;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * LocalRelax (ME-80, ME-83): windows of the size of the small system cover the lattice; in each in
 * turn the vacancies inside evolve for a short time. Windows overlap by half (DI-20) or are shifted
 * by half a window without overlap (AL-63); a window without a vacancy costs nothing.
 */
record LocalRelax(Cells window, boolean overlapping, boolean periodic, Duration duration) {
  /**
   * Relaxes a lattice ({@code lattice}: changed; {@code simulators}: finds the workbench of the
   * lattice or of a window).
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

  /**
   * Cuts boxes out of a lattice into lattices of their own, closed periodically, and writes them
   * back.
   */
  static final class CutOut {
    private CutOut() {}

    /** Fills a lattice of the size of a box of a larger one. */
    static void cut(Lattice large, CellBox box, Lattice small) {
      transfer(large, box, small, true);
    }

    static void paste(Lattice small, Lattice large, CellBox box) {
      transfer(large, box, small, false);
    }

    private static void transfer(Lattice large, CellBox box, Lattice small, boolean cut) {
      int basis = large.crystal().basisCount();
      int first = Math.min(box.nz(), large.nz() - box.z()) * basis;
      int all = box.nz() * basis;
      for (int x = 0; x < box.nx(); x++) {
        byte[] outer = large.plane((box.x() + x) % large.nx());
        byte[] inner = small.plane(x);
        for (int y = 0; y < box.ny(); y++) {
          int row = (box.y() + y) % large.ny() * large.nz() * basis;
          copy(outer, row + box.z() * basis, inner, y * all, first, cut);
          if (first < all) {
            copy(outer, row, inner, y * all + first, all - first, cut);
          }
        }
      }
    }

    private static void copy(byte[] outer, int o, byte[] inner, int i, int length, boolean cut) {
      if (cut) {
        System.arraycopy(outer, o, inner, i, length);
      } else {
        System.arraycopy(inner, i, outer, o, length);
      }
    }
  }

  /**
   * How long the pair orders of equimolar NbMoTa take to relax from random atoms, as runs with the
   * shipped network {@code small} have shown: the slowest of them, one vacancy in 1024 sites. What
   * moves atoms is the number of jumps per site, whatever the number of vacancies.
   */
  static final class PairRelaxation {
    /** What the numbers are. */
    static final String BASIS = "random NbMoTa with the shipped network small";

    private static final double SITES = 1024;
    private static final double[] TEMPERATURE = {1000, 1400, 2000, 3000};
    private static final double[] JUMPS = {83_000, 18_000, 5_500, 3_000};

    private PairRelaxation() {}

    /**
     * Jumps per vacancy; below 1000 K those at 1000 K, which are too few there ({@code
     * vacanciesPerSite}: above 0); empty above 3000 K.
     */
    static OptionalDouble jumps(double temperature, double vacanciesPerSite) {
      int last = TEMPERATURE.length - 1;
      if (temperature > TEMPERATURE[last]) {
        return OptionalDouble.empty();
      }
      int right = 1;
      while (right < last && TEMPERATURE[right] < temperature) {
        right++;
      }
      double from = 1 / TEMPERATURE[right - 1];
      double share = (1 / temperature - from) / (1 / TEMPERATURE[right] - from);
      double logarithm =
          StrictMath.log(JUMPS[right - 1])
              + Math.max(0, share) * StrictMath.log(JUMPS[right] / JUMPS[right - 1]);
      return OptionalDouble.of(StrictMath.exp(logarithm) / (SITES * vacanciesPerSite));
    }
  }
}
