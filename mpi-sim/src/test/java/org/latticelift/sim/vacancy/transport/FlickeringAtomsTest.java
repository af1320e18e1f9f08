package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator.Kinetics;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
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

  private static void near(BlockedMean expected, BlockedMean found) {
    double error = Math.hypot(expected.error(), found.error());
    assertTrue(error < 0.1 * expected.mean(), () -> "too noisy to notice anything: " + error);
    assertEquals(expected.mean(), found.mean(), 3 * error);
  }

  private static Moves moves(Kinetics kinetics) {
    double[][] values = new double[3][RUNS];
    Lattice lattice = new Lattice(Crystal.fcc(), 4, 4, 4);
    VacancyKernel kernel =
        kinetics.kernel(lattice, new ConstantRates(lattice.crystal(), RATES), 1000, null);
    Displacements[] moved = new Displacements[1];
    kernel.observe(
        new JumpObserver() {
          @Override
          public void jumped(JumpEvent event) {
            moved[0].jumped(event);
          }

          @Override
          public void passed(double[] expected) {
            moved[0].passed(expected);
          }
        });
    for (int run = 0; run < RUNS; run++) {
      trap(lattice);
      moved[0] = new Displacements(LAYOUT, lattice, 1);
      moved[0].record(lattice);
      kernel.activate(new long[] {0});
      kernel.time(0);
      kernel.runUntil(SECONDS, new Streams(3).stream(Purpose.DIRECT, run));
      double[] columns = moved[0].record(lattice);
      values[0][run] = columns[LAYOUT.square(0, 1)];
      values[1][run] = columns[LAYOUT.jumps(1)];
      values[2][run] = columns[LAYOUT.jumps(2)];
    }
    return new Moves(
        BlockedMean.of(List.of(values[0])),
        BlockedMean.of(List.of(values[1])),
        BlockedMean.of(List.of(values[2])),
        (double) kernel.jumps() / RUNS);
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
