package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.function.LongFunction;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.sublattice.ColouredWindows.Share;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/**
 * A large lattice made of a small one level by level, divided among the ranks (ME-80). A rank holds
 * its own cells and as many around as a window reaches; blocks of a level go to the next one plane
 * by plane. Equal cells on any number of ranks: who relaxes a window, and which levels are divided,
 * changes nothing.
 */
public final class UpsampledLattice implements InitialLattice {
  private final Upsampling how;
  private final VacancyProblem problem;
  private final Streams seeds;
  private final long condition;
  private final long run;
  private final int[] window;
  private EnvironmentCache cache;

  /** Plans the lattice ({@code problem}: what is simulated afterwards, at the same temperature). */
  public UpsampledLattice(
      Upsampling how, VacancyProblem problem, Streams seeds, long condition, long run) {
    this.how = how;
    this.problem = problem;
    this.seeds = seeds;
    this.condition = condition;
    this.run = run;
    this.window = how.cells(0);
  }

  @Override
  public void fill(Communicator ranks, Domain domain, Lattice lattice) {
    if (how.factors().isEmpty()) {
      copySmall(domain, lattice);
      return;
    }
    Share block = null;
    for (int level = 1; level <= how.factors().size(); level++) {
      block = level(level, block, ranks, domain.blocks().edge());
    }
    block.copyTo(domain, lattice);
    cache = null;
  }

  private void copySmall(Domain domain, Lattice lattice) {
    new TileCopy(new Share(null, domain, lattice), window).small(how.small(), null);
  }

  private Share level(int level, Share before, Communicator ranks, int edge) {
    int[] cells = how.cells(level);
    Share share = Share.of(ranks, problem.barrier().crystal(), cells, edge, window);
    TileCopy tiles = new TileCopy(share, how.cells(level - 1));
    if (before == null) {
      tiles.small(how.small(), how.shifted() ? seeds : null, condition, run, level);
    } else {
      before.spread(tiles::rectangle);
    }
    repair(share, level);
    how.relaxation().ifPresent(relaxation -> relax(share, relaxation, level));
    return share;
  }

  private void repair(Share share, int level) {
    BlockGrid blocks = share.domain().blocks();
    long cells = (long) blocks.nx() * blocks.ny() * blocks.nz();
    long sites = cells * problem.barrier().crystal().basisCount();
    Permutation candidates =
        new Permutation(sites, seeds.stream(Purpose.UPSAMPLE, condition, run, level));
    new CompositionMatch(share, candidates).reach(how.counts().apply(sites));
  }

  private void relax(Share share, Relaxation relaxation, int level) {
    new WindowRelaxation(share, window, relaxation, this::kernel)
        .relax(number -> seeds.stream(Purpose.RELAX, condition, run, level, number));
  }

  private VacancyKernel kernel(Lattice lattice) {
    if (cache == null && problem.cacheBytes() > 0) {
      cache = new EnvironmentCache(problem.barrier(), problem.kelvin(), problem.cacheBytes());
    }
    return problem.kinetics().kernel(lattice, problem.barrier(), problem.kelvin(), cache);
  }

  /**
   * Restores the exact composition of a divided lattice (AL-62): randomly chosen atoms of species
   * in excess become atoms of species that are short (DI-50). A permutation of all sites names the
   * candidates one after the other, whoever holds them.
   */
  static final class CompositionMatch {
    private static final int BATCH = 4096;

    private final Share share;
    private final Permutation candidates;
    private final int basis;
    private final int[] cell = new int[3];

    CompositionMatch(Share share, Permutation candidates) {
      this.share = share;
      this.candidates = candidates;
      this.basis = share.lattice().crystal().basisCount();
    }

    /**
     * Changes as few atoms as possible; collective ({@code target}: sites of the whole lattice per
     * code; as many vacancies as there are).
     */
    void reach(long[] target) {
      long[] surplus = counts(target.length);
      Arrays.setAll(surplus, code -> surplus[code] - target[code]);
      if (surplus[0] != 0) {
        throw new IllegalArgumentException(surplus[0] + " vacancies too many");
      }
      for (long next = 0; Arrays.stream(surplus).anyMatch(s -> s > 0); next += BATCH) {
        int size = (int) Math.min(BATCH, candidates.size() - next);
        long[] codes = codes(next, size);
        for (int i = 0; i < size; i++) {
          change(candidates.of(next + i), (int) codes[i], surplus);
        }
      }
    }

    private long[] counts(int codes) {
      long[] counts = new long[codes];
      Domain domain = share.domain();
      Lattice lattice = share.lattice();
      for (int x = 0; x < domain.own(0); x++) {
        byte[] plane = lattice.plane(domain.halo(0) + x);
        for (int y = 0; y < domain.own(1); y++) {
          int row = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
          for (int i = 0; i < domain.own(2) * basis; i++) {
            counts[plane[row + i]]++;
          }
        }
      }
      share.ranks().allReduce(counts, Reduction.SUM);
      return counts;
    }

    /** What the next candidates are, on all ranks. */
    private long[] codes(long first, int size) {
      long[] codes = new long[size];
      Domain domain = share.domain();
      for (int i = 0; i < size; i++) {
        long site = candidates.of(first + i);
        locate(site);
        int x = cell[0] - domain.first(0) + domain.halo(0);
        int y = cell[1] - domain.first(1) + domain.halo(1);
        int z = cell[2] - domain.first(2) + domain.halo(2);
        if (domain.owns(x, y, z)) {
          codes[i] = share.lattice().get(x, y, z, SiteIndex.b(site, basis));
        }
      }
      share.ranks().allReduce(codes, Reduction.SUM);
      return codes;
    }

    private void locate(long site) {
      BlockGrid whole = share.domain().blocks();
      cell[0] = SiteIndex.x(site, whole.ny(), whole.nz(), basis);
      cell[1] = SiteIndex.y(site, whole.ny(), whole.nz(), basis);
      cell[2] = SiteIndex.z(site, whole.nz(), basis);
    }

    private void change(long site, int code, long[] surplus) {
      if (surplus[code] > 0) {
        int wanted = 1;
        while (surplus[wanted] >= 0) {
          wanted++;
        }
        locate(site);
        share.set(cell, SiteIndex.b(site, basis), (byte) wanted);
        surplus[code]--;
        surplus[wanted]++;
      }
    }
  }

  /**
   * LocalRelax of a divided lattice (ME-80, ME-83). Every window has a stream of its own. A vacancy
   * that leaves its window stays where it came to until another window has it.
   */
  static final class WindowRelaxation {
    private final ColouredWindows windows;
    private final Lattice lattice;
    private final Relaxation how;
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

    WindowRelaxation(Share share, int[] window, Relaxation how, Kernels kernels) {
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

    /** Relaxes all windows once; collective ({@code streams}: of a window by its number). */
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

  /** Fills a share, halo included, with tiles. */
  static final class TileCopy {
    private final Domain domain;
    private final Lattice lattice;
    private final int[] tile;
    private final int basis;

    /**
     * Plans the copy ({@code tile}: cells of a tile along the axes, divisors of the cells of the
     * share's lattice).
     */
    TileCopy(Share share, int[] tile) {
      this.domain = share.domain();
      this.lattice = share.lattice();
      this.tile = tile.clone();
      this.basis = lattice.crystal().basisCount();
    }

    /** Every tile is the same block, of which this is a piece. */
    void rectangle(int x, Domain of, byte[] codes) {
      for (int lx = 0; lx < lattice.nx(); lx++) {
        if (domain.global(lx, 0) % tile[0] == x) {
          byte[] plane = lattice.plane(lx);
          for (int ly = 0; ly < lattice.ny(); ly++) {
            int y = domain.global(ly, 1) % tile[1] - of.first(1);
            if (y >= 0 && y < of.own(1)) {
              row(plane, ly, codes, y, of);
            }
          }
        }
      }
    }

    private void row(byte[] plane, int ly, byte[] codes, int y, Domain of) {
      for (int lz = 0; lz < lattice.nz(); lz++) {
        int z = domain.global(lz, 2) % tile[2] - of.first(2);
        if (z >= 0 && z < of.own(2)) {
          int from = (y * of.own(2) + z) * basis;
          int to = (ly * lattice.nz() + lz) * basis;
          System.arraycopy(codes, from, plane, to, basis);
        }
      }
    }

    /**
     * Every tile is a small lattice, shifted if there are streams for it ({@code seedsOrNull}: null
     * for no shifts; {@code task}: names the streams, together with the number of a tile).
     */
    void small(Lattice small, Streams seedsOrNull, long... task) {
      int[] at = new int[3];
      for (int x = 0; x < lattice.nx(); x += step(x, 0)) {
        for (int y = 0; y < lattice.ny(); y += step(y, 1)) {
          for (int z = 0; z < lattice.nz(); z += step(z, 2)) {
            at[0] = x;
            at[1] = y;
            at[2] = z;
            piece(small, at, shift(at, seedsOrNull, task));
          }
        }
      }
    }

    /** Cells from here to the end of the tile, or of what is held. */
    private int step(int cell, int axis) {
      int rest = tile[axis] - domain.global(cell, axis) % tile[axis];
      return Math.min(rest, domain.local(axis) - cell);
    }

    private int[] shift(int[] at, Streams seedsOrNull, long... task) {
      int[] shift = new int[3];
      if (seedsOrNull != null) {
        long number = 0;
        for (int axis = 0; axis < 3; axis++) {
          long tiles = domain.blocks().cells(axis) / tile[axis];
          number = number * tiles + domain.global(at[axis], axis) / tile[axis];
        }
        long[] key = java.util.Arrays.copyOf(task, task.length + 1);
        key[task.length] = number;
        RandomStream stream = seedsOrNull.stream(Purpose.UPSAMPLE, key);
        for (int axis = 0; axis < 3; axis++) {
          shift[axis] = stream.below(tile[axis]);
        }
      }
      return shift;
    }

    private void piece(Lattice small, int[] at, int[] shift) {
      int nx = step(at[0], 0);
      int ny = step(at[1], 1);
      int nz = step(at[2], 2);
      for (int i = 0; i < nx; i++) {
        byte[] from = small.plane(source(at[0] + i, 0, shift));
        byte[] to = lattice.plane(at[0] + i);
        for (int j = 0; j < ny; j++) {
          int row = source(at[1] + j, 1, shift) * tile[2];
          int place = (at[1] + j) * lattice.nz() + at[2];
          for (int k = 0; k < nz; k++) {
            int cell = row + source(at[2] + k, 2, shift);
            System.arraycopy(from, cell * basis, to, (place + k) * basis, basis);
          }
        }
      }
    }

    private int source(int cell, int axis, int[] shift) {
      return Math.floorMod(domain.global(cell, axis) - shift[axis], tile[axis]);
    }
  }
}
