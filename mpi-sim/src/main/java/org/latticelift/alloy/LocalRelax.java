package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.kmc.CellBox;
import org.latticelift.kmc.Clock;
import org.latticelift.kmc.Region;
import org.latticelift.lattice.Lattice;
import org.latticelift.lattice.SiteIndex;
import org.latticelift.random.RandomStream;
import org.latticelift.system.Duration;

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
   * @param benches finds the workbench of a shape
   */
  void relax(Lattice lattice, Benches benches, RandomStream stream) {
    Workbench bench = benches.of(lattice);
    bench.load(lattice);
    long[] vacancies = lattice.vacancies();
    for (CellBox box : windows(lattice)) {
      if (periodic) {
        alone(bench.lattice(), box, benches, stream);
      } else {
        within(bench, vacancies, box.region(lattice), stream);
      }
    }
    lattice.set(bench.lattice());
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

  /** The window keeps its surroundings; vacancies outside are frozen, those inside may leave. */
  private void within(Workbench bench, long[] vacancies, Region region, RandomStream stream) {
    Lattice lattice = bench.lattice();
    int[] inside = new int[vacancies.length];
    int n = 0;
    for (int i = 0; i < vacancies.length; i++) {
      if (contains(lattice, region, vacancies[i])) {
        inside[n++] = i;
      }
    }
    if (n == 0) {
      return;
    }
    long[] active = new long[n];
    for (int i = 0; i < n; i++) {
      active[i] = vacancies[inside[i]];
    }
    bench.run(active, duration, Clock.MEAN, stream);
    for (int i = 0; i < n; i++) {
      vacancies[inside[i]] = active[i];
    }
  }

  /** The window is cut out and closed on itself (AL-63). */
  private void alone(Lattice lattice, CellBox box, Benches benches, RandomStream stream) {
    Lattice cut = CutOut.cut(lattice, box);
    long[] vacancies = cut.vacancies();
    if (vacancies.length > 0) {
      Workbench bench = benches.of(cut);
      bench.load(cut);
      bench.run(vacancies, duration, Clock.MEAN, stream);
      CutOut.paste(bench.lattice(), lattice, box);
    }
  }

  private static boolean contains(Lattice lattice, Region region, long site) {
    int basis = lattice.crystal().basisCount();
    return region.contains(
        SiteIndex.x(site, lattice.ny(), lattice.nz(), basis),
        SiteIndex.y(site, lattice.ny(), lattice.nz(), basis),
        SiteIndex.z(site, lattice.nz(), basis),
        SiteIndex.b(site, basis));
  }
}
