package org.latticelift.sim.vacancy.sublattice;

import java.util.Optional;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

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

  /**
   * Divides a lattice, if that can be.
   *
   * @param edge of blocks that are not divided further
   * @param window cells of a window that will be relaxed
   */
  static Share of(Communicator ranks, Crystal crystal, int[] cells, int edge, int[] window) {
    Optional<Domain> divided = divided(ranks, cells, edge, window);
    Domain domain = divided.orElseGet(() -> whole(cells));
    Communicator who = divided.isPresent() ? ranks : LocalRanks.single();
    Lattice lattice = new Lattice(crystal, domain.local(0), domain.local(1), domain.local(2));
    return new Share(who, domain, lattice);
  }

  private static Optional<Domain> divided(Communicator ranks, int[] cells, int edge, int[] window) {
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

  /** Copies what a smaller halo shows. */
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
