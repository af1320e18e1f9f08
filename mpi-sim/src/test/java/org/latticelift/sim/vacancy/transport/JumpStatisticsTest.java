package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;
import org.latticelift.sim.vacancy.transport.JumpStatistics.Bins;

/** Statistics from times and rates against jumps that were counted one by one. */
class JumpStatisticsTest {
  private static final int SPECIES = 5;
  private static final long LEAST = 100_000;
  private static final double KELVIN = 1000;
  private static final Columns LAYOUT = new Columns(SPECIES, 1, true);
  private static final Bins BINS = new Bins(SPECIES);

  /** 0.42 and 1.02 eV: in the middle of a bin, whatever is around. */
  private static final List<Double> BARRIERS = List.of(0.42, 1.02, 1.02, 1.02, 1.02);

  private final Crystal crystal = Crystal.bcc();
  private final double[] counted = new double[SPECIES];
  private double[] from;
  private double[] columns;
  private long jumps;
  private int vacancies;
  private double time;

  @Test
  void timesAndRatesGiveWhatIsCounted() {
    run(Kinetics.PLAIN, 2);
    assertEquals(jumps, Arrays.stream(counted).sum());
    compare();
    double rest = part(BINS.shares() + JumpStatistics.SHARES.size() - 1, 1);
    Arrays.sort(from);
    double most = Arrays.stream(from).skip(from.length - Math.round(0.3 * from.length)).sum();
    assertEquals(most / Arrays.stream(from).sum(), rest, 0.02);
  }

  @Test
  void jumpsResolvedAtOnceCountAsOften() {
    run(Kinetics.flicker(64, true), 1);
    double seen = Arrays.stream(counted).sum();
    assertTrue(seen < 0.95 * jumps, () -> "nothing was resolved: " + seen + " of " + jumps);
    for (int code = 1; code <= SPECIES; code++) {
      counted[code - 1] = columns[LAYOUT.jumps(code)];
    }
    compare();
  }

  private void compare() {
    assertEquals(vacancies * time, part(BINS.time(), JumpStatistics.TIMES), 1e-9 * time);
    double noise = 4 / Math.sqrt(jumps);
    double visits = part(BINS.visits(), JumpStatistics.TIMES);
    assertEquals(1, visits / jumps, noise);
    double ways = 0;
    for (int code = 1; code <= SPECIES; code++) {
      int bin = (int) (BARRIERS.get(code - 1) / JumpStatistics.BARRIER_STEP);
      double taken = at(BINS.taken(code) + bin);
      assertEquals(part(BINS.taken(code), JumpStatistics.BARRIERS), taken, "in no other bin");
      assertEquals(1, taken / counted[code - 1], 4 / Math.sqrt(counted[code - 1]) + noise);
      ways += at(BINS.met(code) + bin);
    }
    assertTrue(ways / visits > 7.9 && ways / visits <= 8, () -> "ways out of a state");
  }

  private double at(int column) {
    return columns[LAYOUT.followed(LAYOUT.lengths()) + column];
  }

  private double part(int first, int size) {
    return IntStream.range(first, first + size).mapToDouble(this::at).sum();
  }

  private void run(Kinetics kinetics, int number) {
    vacancies = number;
    Lattice lattice = RandomAlloy.of(crystal, 5, 5, 5, SPECIES, vacancies, 3);
    double[][] none = new double[SPECIES][SPECIES];
    BarrierModel model =
        new LinearBarrier(
            "pairwise",
            crystal,
            new LinearTerms(BARRIERS, List.of(rows(none)), Optional.empty(), 0.02),
            1e13);
    VacancyKernel kernel = kinetics.kernel(lattice, model, KELVIN, null);
    Displacements moved = new Displacements(LAYOUT, lattice, vacancies);
    JumpStatistics statistics = moved.statistics().orElseThrow();
    statistics.begin(model, KELVIN);
    from = new double[(int) lattice.sites()];
    kernel.observe(moved);
    kernel.observe(
        event -> {
          counted[event.species() - 1]++;
          from[(int) event.from()]++;
        });
    kernel.observeResidence(seconds -> statistics.resided(seconds, kernel));
    kernel.activate(lattice.vacancies());
    RandomStream stream = RandomAlloy.stream(5, 1);
    while (kernel.jumps() < LEAST) {
      kernel.runUntil(kernel.time() + 1e-7, stream);
    }
    jumps = kernel.jumps();
    time = kernel.time();
    byte[] saved = moved.save();
    columns = moved.record(lattice);
    Displacements restored = new Displacements(LAYOUT, lattice, vacancies);
    restored.restore(ByteBuffer.wrap(saved));
    double[] again = restored.record(lattice);
    assertArrayEquals(columns, again);
  }

  private static List<List<Double>> rows(double[][] matrix) {
    return Arrays.stream(matrix).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
