package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/**
 * Atoms whose jumps back and forth are resolved at once go as far as those that jump one by one: a
 * vacancy among three fast atoms that are neighbours of each other. Round a loop of them the
 * configuration comes back while the atoms have changed places.
 */
class FlickeringAtomsTest {
  private static final int RUNS = 4000;
  private static final double SECONDS = 1e-7;

  /** Times as long as this a vacancy needs to leave many basins. */
  private static final int MANY = 1000;

  /** Fast atoms, and slow ones around them. */
  private static final double[] RATES = {1e9, 1e5};

  private static final Columns LAYOUT = new Columns(RATES.length, 1, false);

  /** Squares of displacements of fast atoms, their jumps, and those of slow ones. */
  private record Moves(BlockedMean squares, BlockedMean fast, BlockedMean slow, double jumps) {}

  @Test
  void resolvedJumpsMoveAtomsAsFarAsSingleOnes() {
    Moves single = moves(Kinetics.PLAIN);
    Moves resolved = moves(Kinetics.flicker(64, true));
    near(single.squares(), resolved.squares());
    near(single.fast(), resolved.fast());
    near(single.slow(), resolved.slow());
    double jumps = resolved.jumps();
    assertEquals(jumps, resolved.fast().mean() + resolved.slow().mean(), 0.01 * jumps);
  }

  /** Saved after every passage, also while the vacancy is in one, and gone on with by another. */
  @Test
  void aRunThatIsSavedInAPassageGoesOnBitForBit() {
    Lattice lattice = new Lattice(Crystal.fcc(), 4, 4, 4);
    trap(lattice);
    Displacements whole = new Displacements(LAYOUT, lattice, 1);
    VacancyKernel kernel = kernel(Kinetics.flicker(8, true), lattice, whole);
    kernel.activate(new long[] {0});
    RandomStream stream = new Streams(4).stream(Purpose.DIRECT);
    boolean ended = kernel.runTowards(MANY * SECONDS, Long.MAX_VALUE, stream);
    assertTrue(ended);

    Lattice own = new Lattice(Crystal.fcc(), 4, 4, 4);
    trap(own);
    Displacements parts = new Displacements(LAYOUT, own, 1);
    VacancyKernel next = kernel(Kinetics.flicker(8, true), own, parts);
    next.activate(new long[] {0});
    RandomStream again = new Streams(4).stream(Purpose.DIRECT);
    int asleep = 0;
    while (!next.runTowards(MANY * SECONDS, 1, again)) {
      asleep += next.totalRate() == 0 ? 1 : 0;
      VacancyKernel saved = next;
      next = kernel(Kinetics.flicker(8, true), own, parts);
      next.activate(new long[] {saved.vacancySite(0)});
      next.time(saved.time());
      next.recall(saved.memory());
    }
    assertTrue(asleep > 100, "rarely in a passage when it was saved: " + asleep);
    assertEquals(lattice, own);
    assertArrayEquals(whole.record(lattice), parts.record(own));
    assertEquals(stream.bits(), again.bits());
  }

  private static void near(BlockedMean expected, BlockedMean found) {
    double error = Math.hypot(expected.error(), found.error());
    assertTrue(error < 0.1 * expected.mean(), () -> "too noisy to notice anything: " + error);
    assertEquals(expected.mean(), found.mean(), 3 * error);
  }

  private static Moves moves(Kinetics kinetics) {
    double[][] values = new double[3][RUNS];
    Lattice lattice = new Lattice(Crystal.fcc(), 4, 4, 4);
    long jumps = 0;
    for (int run = 0; run < RUNS; run++) {
      trap(lattice);
      Displacements moved = new Displacements(LAYOUT, lattice, 1);
      moved.record(lattice);
      VacancyKernel kernel = kernel(kinetics, lattice, moved);
      kernel.activate(new long[] {0});
      kernel.runUntil(SECONDS, new Streams(3).stream(Purpose.DIRECT, run));
      jumps += kernel.jumps();
      double[] columns = moved.record(lattice);
      values[0][run] = columns[LAYOUT.square(0, 1)];
      values[1][run] = columns[LAYOUT.jumps(1)];
      values[2][run] = columns[LAYOUT.jumps(2)];
    }
    return new Moves(
        BlockedMean.of(List.of(values[0])),
        BlockedMean.of(List.of(values[1])),
        BlockedMean.of(List.of(values[2])),
        (double) jumps / RUNS);
  }

  private static VacancyKernel kernel(Kinetics kinetics, Lattice lattice, Displacements moved) {
    VacancyKernel kernel =
        kinetics.kernel(lattice, new ConstantRates(lattice.crystal(), RATES), 1000, null);
    kernel.observe(moved);
    return kernel;
  }

  /**
   * Slow atoms everywhere, but at three sites that are neighbours of the vacancy and each other.
   */
  private static void trap(Lattice lattice) {
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) 2);
    }
    lattice.set(0, Lattice.VACANCY);
    // The other sites of the first cell of the crystal.
    for (int b = 1; b < lattice.crystal().basisCount(); b++) {
      lattice.set(b, (byte) 1);
    }
  }
}
