package org.latticelift.sim.vacancy.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Long time averages of order parameters: the same whether flicker is resolved or not. */
@Tag("law")
class FlickerOrderTest {
  private static final int RUNS = 16;
  private static final long JUMPS = 150_000;

  @Test
  void timeAveragesEqualThoseOfPlainJumps() {
    for (double kelvin : new double[] {800, 1000}) {
      compare(kelvin);
    }
  }

  private static void compare(double kelvin) {
    BarrierModel model =
        new LinearBarrier("pairwise", Crystal.bcc(), LinearTerms.defaults(Crystal.bcc()), 1e13);
    EnvironmentCache cache = new EnvironmentCache(model, kelvin, 1 << 24);
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 3, 1, 17);
    VacancySimulator plain = new VacancySimulator(lattice, model, kelvin, cache);
    plain.activateAll();
    plain.runEvents(2 * JUMPS, Clock.EXPONENTIAL, RandomAlloy.stream(17, 1));
    double stop = plain.time() / 2;
    Lattice start = lattice.copy();
    FlickerSimulator flicker = new FlickerSimulator(lattice, model, kelvin, cache, 64);
    double[][][] averages = new double[2][][];
    averages[0] = averages(plain, lattice, start, stop, 100);
    averages[1] = averages(flicker, lattice, start, stop, 200);
    assertThat(flicker.tally().resolvedJumps()).isPositive();
    for (int i = 0; i < averages[0][0].length; i++) {
      // Two means of 16 equal laws each: above 4.5 with probability 1e-4.
      assertThat(Math.abs(student(averages, i))).isLessThan(4.5);
    }
  }

  private static double[][] averages(
      VacancyKernel kernel, Lattice lattice, Lattice start, double stop, long seed) {
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(),
            List.of("Nb", "Mo", "Ta"),
            start.counts(),
            ObservableList.parse("[pair, b2]"));
    Counts counts = order.newCounts();
    kernel.observe(order.tracker(counts));
    TimeAverage[] average = new TimeAverage[1];
    kernel.observeResidence(seconds -> average[0].resided(seconds));
    double[][] out = new double[RUNS][order.size()];
    for (int run = 0; run < RUNS; run++) {
      lattice.set(start);
      order.recount(lattice, counts);
      average[0] = new TimeAverage(order, counts);
      kernel.activate(lattice.vacancies());
      kernel.time(0);
      kernel.runUntil(stop, RandomAlloy.stream(seed, run));
      average[0].values(out[run]);
      assertThat(average[0].seconds()).isBetween(stop * (1 - 1e-9), stop * (1 + 1e-9));
    }
    return out;
  }

  private static double student(double[][][] averages, int i) {
    double difference = 0;
    double variance = 0;
    for (int kind = 0; kind < 2; kind++) {
      double mean = 0;
      double square = 0;
      for (double[] run : averages[kind]) {
        mean += run[i] / RUNS;
        square += run[i] * run[i] / RUNS;
      }
      difference += kind == 0 ? mean : -mean;
      variance += (square - mean * mean) / (RUNS - 1);
    }
    return difference / Math.sqrt(variance);
  }
}
