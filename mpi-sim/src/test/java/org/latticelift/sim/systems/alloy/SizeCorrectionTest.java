package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemOptions.SizeDifference;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** The finite-size correction of an alloy that is a pair Hamiltonian (EX-65). */
@Tag("law")
class SizeCorrectionTest {
  /** Close to B2 order, which a small lattice shows already. */
  private static final EffectiveHamiltonian TRUTH =
      new EffectiveHamiltonian(new PairKinds(2), 1, new double[] {0, -0.28});

  private static final int RUNS = 400;

  private static AlloySystem system(String measure) {
    return (AlloySystem)
        new AlloyProvider()
            .create(
                ConfigNode.parse(
                    """
                    conditions: {temperature_K: [1000]}
                    lattice: {species: [A, B], small: 5, large: 10, vacancy_concentration: 0.004,
                              observables: [pair], measure: %s}
                    barrier: {model: pairwise,
                              pairwise: {activation: [0.5, 0.5], shells: [[[0, 0], [0, 0]]]}}
                    """
                        .formatted(measure),
                    "test.yaml"));
  }

  private static RandomStream stream(long task) {
    return new Streams(5).stream(Purpose.CHECK, task);
  }

  /** States in equilibrium, far apart. */
  private static List<AlloyState> states(
      AlloySystem system, Extent extent, int count, RandomStream stream) {
    Lattice lattice =
        system
            .dynamics(system.conditions().get(0), RunContext.of(0))
            .initial(extent, stream)
            .lattice()
            .copy();
    ExchangeLattice room = new ExchangeLattice(lattice, TRUTH.shells());
    room.load(lattice);
    ExchangeSampler sampler = new ExchangeSampler(TRUTH, room);
    sampler.attempt(1000 * lattice.sites(), stream);
    return IntStream.range(0, count)
        .mapToObj(
            k -> {
              sampler.attempt(30 * lattice.sites(), stream);
              room.store(lattice);
              return AlloyState.scanned(lattice.copy());
            })
        .toList();
  }

  private static BlockedMean mean(AlloySystem system, List<AlloyState> states) {
    AlloyDynamics dynamics =
        (AlloyDynamics) system.dynamics(system.conditions().get(0), RunContext.of(0));
    return BlockedMean.of(
        List.of(states.stream().mapToDouble(state -> dynamics.observe(state)[0]).toArray()));
  }

  @Test
  void theSmallMeanIsCorrectedToThatOfTheLargeSize() {
    AlloySystem system = system("lattice");
    List<AlloyState> small = states(system, system.small(), 10 * RUNS, stream(1));
    BlockedMean own = mean(system, small);
    BlockedMean large = mean(system, states(system, system.large(), RUNS, stream(2)));
    SizeDifference difference =
        system
            .options()
            .sizeCorrection()
            .orElseThrow()
            .of(SnapshotPool.of(10, RUNS, (run, record) -> small.get(10 * record + run)), stream(3))
            .orElseThrow();
    double error = Math.hypot(own.error(), large.error());
    double corrected = own.mean() + difference.mean()[0];
    double all = Math.hypot(error, difference.error()[0]);
    assertThat(difference.error()[0]).isBetween(0.1 * error, 3 * error);
    assertThat(Math.abs(own.mean() - large.mean())).isGreaterThan(10 * error);
    assertThat(Math.abs(corrected - large.mean())).isLessThan(3 * all);
  }

  @Test
  void tilesByThemselvesHaveNoOtherSize() {
    assertThat(system("tile_mean").options().sizeCorrection()).isEmpty();
  }
}
