package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.Optional;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.ChangedSites;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.HaloExchange;

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
     * #changed} ({@code at}: first cell of the window in the rank's lattice; not modified).
     */
    void window(int[] at, long number);
  }

  /** A site of a window, numbered within it, and the same one of the lattice. */
  interface SitePair {
    void take(int inside, long site);
  }

  /**
   * Plans the windows ({@code overlapping}: by half a window, or shifted by half a window without
   * overlap).
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
          halo.exchange(messages, (site, code, rest) -> lattice.set(site, code));
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

  /**
   * Where the windows of LocalRelax begin along one axis of a periodic lattice, and their colours:
   * windows of one colour are so far apart that none reads what another one writes.
   */
  static final class WindowGrid {
    private final int[] start;
    private final int[] colour;
    private final int colours;

    /**
     * Plans the windows.
     *
     * @param overlapping by half a window (DI-20), or shifted by half a window without overlap
     * @param margin cells around a window that vacancies may go to
     */
    WindowGrid(int cells, int window, boolean overlapping, int margin) {
      int stride = overlapping ? Math.max(1, window / 2) : window;
      int shift = overlapping ? 0 : window / 2;
      start = new int[(cells + stride - 1) / stride];
      colour = new int[start.length];
      int period = (window + 2 * margin + BlockGrid.LEAST_EDGE + stride - 1) / stride;
      int periodic = cells / stride / period * period;
      for (int i = 0; i < start.length; i++) {
        start[i] = (shift + i * stride) % cells;
        colour[i] = i < periodic ? i % period : Math.min(periodic, period) + i - periodic;
      }
      colours = Math.min(periodic, period) + start.length - periodic;
    }

    int size() {
      return start.length;
    }

    /** First cell of a window. */
    int start(int window) {
      return start[window];
    }

    int colour(int window) {
      return colour[window];
    }

    int colours() {
      return colours;
    }
  }

  /**
   * A rank's share of a lattice that is being made. A lattice so small that windows would reach
   * across a whole share is made by every rank for itself: the ranks are then one.
   *
   * @param ranks who hold the lattice
   * @param domain the part of this rank, periodic along axes that are not divided
   * @param lattice of that part
   */
  record Share(Communicator ranks, Domain domain, Lattice lattice) {
    private static final byte[] NOTHING = {};

    /** Takes the rows y0... and z0... of a plane. */
    interface Sink {
      void rectangle(int x, Domain of, byte[] codes);
    }

    /** Divides a lattice, if that can be ({@code edge}: of blocks that are not divided further). */
    static Share of(Communicator ranks, Crystal crystal, int[] cells, int edge, int[] window) {
      Optional<Domain> divided = divided(ranks, cells, edge, window);
      Domain domain = divided.orElseGet(() -> whole(cells));
      Communicator who = divided.isPresent() ? ranks : LocalRanks.single();
      Lattice lattice = new Lattice(crystal, domain.local(0), domain.local(1), domain.local(2));
      return new Share(who, domain, lattice);
    }

    private static Optional<Domain> divided(
        Communicator ranks, int[] cells, int edge, int[] window) {
      for (int n : cells) {
        if (n % (2 * edge) != 0) {
          return Optional.empty();
        }
      }
      BlockGrid blocks = new BlockGrid(cells[0], cells[1], cells[2], edge);
      // What a rank changes beyond its border, the rank after the next one must not see.
      int reach = ColouredWindows.reach(window);
      int fewest = reach + ColouredWindows.written(window);
      return RankGrid.find(blocks, ranks.size())
          .filter(grid -> grid.ranks() > 1)
          .filter(grid -> fewestOwn(blocks, grid) >= fewest)
          .map(grid -> Domain.divided(blocks, grid, ranks.rank(), reach));
    }

    private static int fewestOwn(BlockGrid blocks, RankGrid grid) {
      int fewest = Integer.MAX_VALUE;
      for (int axis = 0; axis < 3; axis++) {
        if (grid.along(axis) > 1) {
          fewest = Math.min(fewest, blocks.along(axis) / grid.along(axis) * blocks.edge());
        }
      }
      return fewest;
    }

    private static Domain whole(int[] cells) {
      int common = common(cells);
      BlockGrid blocks = new BlockGrid(cells[0], cells[1], cells[2], common / 2);
      return Domain.divided(blocks, new RankGrid(1, 1, 1), 0, 0);
    }

    /** Largest common divisor. */
    private static int common(int[] cells) {
      int common = 0;
      for (int n : cells) {
        int rest = n;
        while (rest != 0) {
          int next = common % rest;
          common = rest;
          rest = next;
        }
      }
      return common;
    }

    /** Hands all of the lattice to all ranks, piece by piece; collective. */
    void spread(Sink sink) {
      for (int root = 0; root < ranks.size(); root++) {
        Domain theirs = domain.of(root);
        for (int x = 0; x < theirs.own(0); x++) {
          byte[] mine = root == ranks.rank() ? rectangle(x) : NOTHING;
          sink.rectangle(theirs.first(0) + x, theirs, ranks.broadcast(mine, root));
        }
      }
    }

    private byte[] rectangle(int x) {
      int basis = lattice.crystal().basisCount();
      int row = domain.own(2) * basis;
      byte[] codes = new byte[domain.own(1) * row];
      byte[] plane = lattice.plane(domain.halo(0) + x);
      for (int y = 0; y < domain.own(1); y++) {
        int from = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
        System.arraycopy(plane, from, codes, y * row, row);
      }
      return codes;
    }

    void copyTo(Domain target, Lattice to) {
      int basis = to.crystal().basisCount();
      for (int x = 0; x < to.nx(); x++) {
        byte[] from = lattice.plane(here(target, x, 0));
        byte[] plane = to.plane(x);
        for (int y = 0; y < to.ny(); y++) {
          int row = here(target, y, 1) * lattice.nz();
          for (int z = 0; z < to.nz(); z++) {
            int at = (row + here(target, z, 2)) * basis;
            System.arraycopy(from, at, plane, (y * to.nz() + z) * basis, basis);
          }
        }
      }
    }

    private int here(Domain target, int cell, int axis) {
      return domain.halo(axis) > 0
          ? cell - target.halo(axis) + domain.halo(axis)
          : target.global(cell, axis);
    }

    /** Sets a cell of the whole lattice wherever this rank holds it. */
    void set(int[] cell, int b, byte code) {
      int[] local = new int[3];
      int images = 27;
      for (int image = 0; image < images; image++) {
        boolean held = true;
        for (int axis = 0; axis < 3 && held; axis++) {
          int period = domain.blocks().cells(axis);
          int step = HaloMessages.step(image, axis);
          local[axis] = cell[axis] - domain.first(axis) + domain.halo(axis) + step * period;
          held = local[axis] >= 0 && local[axis] < domain.local(axis);
        }
        if (held) {
          lattice.set(local[0], local[1], local[2], b, code);
        }
      }
    }
  }
}
