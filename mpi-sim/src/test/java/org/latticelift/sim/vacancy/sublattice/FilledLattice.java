package org.latticelift.sim.vacancy.sublattice;

import java.util.function.Supplier;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/** A whole lattice put together from what ranks fill, whose halos are compared with it. */
final class FilledLattice {
  private FilledLattice() {}

  /**
   * Fills a lattice by ranks that are threads.
   *
   * @param whole overwritten
   * @param edge cells of a block
   * @param size number of ranks
   * @param initial of one rank
   */
  static void fill(Lattice whole, int edge, int size, Supplier<InitialLattice> initial)
      throws Exception {
    RanksTogether.each(
        size,
        rank -> {
          part(rank, initial.get(), edge, whole);
          return null;
        });
  }

  /** Fills, shows its own cells to all, and compares its halo with those of the others. */
  private static void part(Communicator rank, InitialLattice initial, int edge, Lattice whole) {
    BlockGrid blocks = new BlockGrid(whole.nx(), whole.ny(), whole.nz(), edge);
    Domain domain = new Domain(blocks, RankGrid.fitting(blocks, rank.size()), rank.rank());
    Lattice mine = new Lattice(whole.crystal(), domain.local(0), domain.local(1), domain.local(2));
    initial.fill(rank, domain, mine);
    for (boolean own : new boolean[] {true, false}) {
      for (int x = 0; x < mine.nx(); x++) {
        for (int y = 0; y < mine.ny(); y++) {
          for (int z = 0; z < mine.nz(); z++) {
            if (domain.owns(x, y, z) == own) {
              cell(mine, x, y, z, domain, whole, own);
            }
          }
        }
      }
      rank.barrier();
    }
  }

  private static void cell(
      Lattice mine, int x, int y, int z, Domain domain, Lattice whole, boolean own) {
    for (int b = 0; b < whole.crystal().basisCount(); b++) {
      int gx = domain.global(x, 0);
      int gy = domain.global(y, 1);
      int gz = domain.global(z, 2);
      if (own) {
        whole.set(gx, gy, gz, b, mine.get(x, y, z, b));
      } else if (whole.get(gx, gy, gz, b) != mine.get(x, y, z, b)) {
        throw new AssertionError("halo at " + x + " " + y + " " + z);
      }
    }
  }
}
