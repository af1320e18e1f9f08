package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;
import org.latticelift.sim.vacancy.barrier.DoubleTwin;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** 100 000 jumps with the published network, 1024 sites, 2000 K, compared jump by jump. */
@Tag("law")
class PublishedJumpsTest {
  private static final int JUMPS = 100_000;
  private static final double KELVIN = 2000;
  private static final double EPSILON = 1e-5;

  /** A uniform number this close to a boundary may choose either neighbour. */
  private static final double BOUNDARY = 1e-5;

  private static final int MOST_DIFFERENCES = 10;

  private static BarrierWeights weights() {
    return BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5"));
  }

  private static NetworkBarrier model(DenseKernelFactory factory) {
    return new NetworkBarrier(
        "published",
        weights(),
        Crystal.bcc(),
        Optional.of(InputOrder.AUTHORS),
        Optional.of(EPSILON),
        factory);
  }

  private static Lattice lattice() {
    return RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 3, 1, 17);
  }

  /** Vector kernel, cache and incremental update against plain loops and nothing kept. */
  @Test
  void vectorKernelMakesTheJumpsOfThePlainTwin() {
    Lattice fast = lattice();
    Lattice slow = fast.copy();
    NetworkBarrier vector = model(KernelFactories.fastest());
    VacancySimulator simulator =
        new VacancySimulator(fast, vector, KELVIN, new EnvironmentCache(vector, KELVIN, 1 << 22));
    simulator.activateAll();
    PlainVacancySimulator twin =
        new PlainVacancySimulator(slow, model(KernelFactories.plain()), KELVIN, fast.vacancies());
    RandomStream one = RandomAlloy.stream(8, 1);
    RandomStream two = RandomAlloy.stream(8, 1);
    for (int i = 0; i < JUMPS; i++) {
      simulator.runEvents(1, Clock.EXPONENTIAL, one);
      twin.runEvents(1, Clock.EXPONENTIAL, two);
      if (simulator.vacancySite(0) != twin.vacancySite(0) || simulator.time() != twin.time()) {
        assertThat(simulator.vacancySite(0)).as("jump %d", i).isEqualTo(twin.vacancySite(0));
        assertThat(simulator.time()).as("time of jump %d", i).isEqualTo(twin.time());
      }
    }
    assertThat(fast).isEqualTo(slow);
  }

  /** The same network, rates and sums in double precision, restarted from each state. */
  @Test
  void doublePrecisionChoosesTheSameJumps() {
    Lattice lattice = lattice();
    VacancySimulator simulator =
        new VacancySimulator(lattice, model(KernelFactories.fastest()), KELVIN, null);
    simulator.activateAll();
    DoubleTwin twin =
        new DoubleTwin(
            weights(), Crystal.bcc(), Optional.of(InputOrder.AUTHORS), Optional.of(EPSILON));
    RandomStream stream = RandomAlloy.stream(9, 1);
    int near = 0;
    int different = 0;
    double worstTime = 0;
    for (int i = 0; i < JUMPS; i++) {
      double uniform = RandomStream.restore(stream.save()).uniform();
      double total = simulator.totalRate();
      simulator.runEvents(1, Clock.MEAN, stream);
      JumpEvent jump = simulator.lastJump();
      double[] cumulative = cumulative(twin.barriers(jump.before(), jump.basisFrom()));
      double sum = cumulative[cumulative.length - 1];
      worstTime = Math.max(worstTime, Math.abs(sum / total - 1));
      boolean close = distance(uniform * sum, cumulative) <= BOUNDARY * sum;
      near += close ? 1 : 0;
      if (choose(uniform * sum, cumulative) != jump.direction()) {
        different++;
        assertThat(close).as("jump %d, uniform number %s", i, uniform).isTrue();
      }
    }
    System.out.printf(
        "double precision: %d of %d jumps differ, %d uniform numbers near a boundary,"
            + " total rates within %.1e%n",
        different, JUMPS, near, worstTime);
    assertThat(different).isLessThanOrEqualTo(MOST_DIFFERENCES);
    assertThat(worstTime).isLessThan(BOUNDARY);
  }

  private static double[] cumulative(double[] barriers) {
    double[] result = new double[barriers.length];
    double sum = 0;
    for (int d = 0; d < barriers.length; d++) {
      sum += 1e13 * Math.exp(-barriers[d] / (ArrheniusRates.BOLTZMANN * KELVIN));
      result[d] = sum;
    }
    return result;
  }

  private static int choose(double target, double[] cumulative) {
    int d = 0;
    while (cumulative[d] < target) {
      d++;
    }
    return d;
  }

  private static double distance(double target, double[] cumulative) {
    double least = target;
    for (double boundary : cumulative) {
      least = Math.min(least, Math.abs(target - boundary));
    }
    return least;
  }
}
