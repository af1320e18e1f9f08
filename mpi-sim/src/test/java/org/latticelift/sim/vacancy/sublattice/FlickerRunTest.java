package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.CELLS;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.EDGE;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.KELVIN;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.MODEL;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.RanksTogether.Record;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/** One lattice on ranks that resolve flicker, in windows of the default length. */
class FlickerRunTest {
  private static final Streams SEEDS = new Streams(3);
  private static final SublatticeConfig CONFIG =
      new SublatticeConfig(EDGE, Optional.empty(), Optional.empty(), 0);
  private static final Lattice START =
      FlickeringAlloy.moved(FlickeringAlloy.annealed(12, 5), EDGE, EDGE, EDGE);
  private static final double STRETCH = FlickeringAlloy.timeOf(START, 300_000);
  private static Record one;

  @TempDir private Path folder;

  /** Remembers its simulators, to know what they have resolved. */
  private record Watched(List<FlickerSimulator> simulators) implements Kinetics {
    @Override
    public VacancyKernel kernel(
        Lattice lattice, BarrierModel model, double kelvin, EnvironmentCache cacheOrNull) {
      FlickerSimulator made = new FlickerSimulator(lattice, model, kelvin, cacheOrNull, 64);
      simulators.add(made);
      return made;
    }

    @Override
    public boolean resolvesFlicker() {
      return true;
    }

    long resolvedJumps() {
      return simulators.stream().mapToLong(s -> s.tally().resolvedJumps()).sum();
    }
  }

  private static VacancyProblem problem(Kinetics kinetics, long cacheBytes) {
    return new VacancyProblem(
        MODEL,
        kinetics,
        KELVIN,
        cacheBytes,
        CELLS,
        CELLS,
        CELLS,
        START.counts(),
        FlickeringAlloy.order(START));
  }

  private static VacancyProblem problem() {
    return problem(Kinetics.flicker(64), 1 << 20);
  }

  private static SublatticeRun start(Communicator ranks, VacancyProblem problem) {
    InitialLattice initial = (who, domain, local) -> FlickeringAlloy.spread(START, domain, local);
    return SublatticeRun.start(ranks, problem, CONFIG, SEEDS, initial, 1, 0);
  }

  private static Record twoStretches(SublatticeRun run, Lattice whole) {
    while (!run.cycle()) {
      assertThat(run.time()).isLessThan(STRETCH);
    }
    run.beginTime(STRETCH);
    while (!run.cycle()) {
      assertThat(run.time()).isLessThan(2 * STRETCH);
    }
    return RanksTogether.record(run, whole);
  }

  private static Record on(int size, VacancyProblem problem) throws Exception {
    return RanksTogether.run(
        size,
        CELLS,
        (ranks, whole) -> {
          SublatticeRun run = start(ranks, problem);
          run.beginTime(STRETCH);
          return twoStretches(run, whole);
        });
  }

  private static void requireEqual(Record many) {
    assertThat(many.time()).isEqualTo(one.time());
    assertThat(many.jumps()).isEqualTo(one.jumps());
    assertThat(many.observables()).isEqualTo(one.observables());
    assertThat(many.whole()).isEqualTo(one.whole());
  }

  @BeforeAll
  static void runsOnOneRank() throws Exception {
    Watched watched = new Watched(new CopyOnWriteArrayList<>());
    one = on(1, problem(watched, 1 << 20));
    assertThat(one.whole()).isNotEqualTo(START);
    assertThat(watched.resolvedJumps()).isGreaterThan(one.jumps() / 3);
  }

  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void anyNumberOfRanksGivesTheSameRun(int size) throws Exception {
    requireEqual(on(size, problem()));
  }

  @Test
  void aCacheChangesNothing() throws Exception {
    requireEqual(on(1, problem(Kinetics.flicker(64), 0)));
  }

  @Test
  void continuesOnOtherRanksBitForBit() throws Exception {
    Path file = folder.resolve("run.ckpt");
    RanksTogether.run(
        4,
        CELLS,
        (ranks, whole) -> {
          SublatticeRun run = start(ranks, problem());
          run.beginTime(STRETCH);
          for (int i = 0; i < 5; i++) {
            assertThat(run.cycle()).isFalse();
          }
          run.save(file);
          return RanksTogether.record(run, whole);
        });
    requireEqual(
        RanksTogether.run(
            2,
            CELLS,
            (ranks, whole) ->
                twoStretches(
                    SublatticeRun.resume(ranks, problem(), CONFIG, SEEDS, 1, 0, file), whole)));
  }
}
