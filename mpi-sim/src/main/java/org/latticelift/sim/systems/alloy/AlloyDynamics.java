package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Vacancy dynamics at one temperature. */
final class AlloyDynamics implements PatchDynamics<AlloyState>, InterruptibleDynamics<AlloyState> {
  private final AlloyLattices lattices;
  private final LiftingRules rules;
  private final Condition condition;
  private final double meanEventTime;
  private final StopSignal stop;
  private final ShapeSimulators simulators;
  private final Observation observation;

  /** Present once Hamiltonians have been fitted. */
  private final Optional<SampledUpsampling> sampling;

  /**
   * @param stop ends evolutions that are made in one go
   */
  AlloyDynamics(AlloySetup setup, Condition condition, double meanEventTime, StopSignal stop) {
    this.stop = stop;
    this.lattices = setup.lattices();
    this.rules = setup.rules();
    this.condition = condition;
    this.meanEventTime = meanEventTime;
    this.simulators =
        new ShapeSimulators(setup.model(), lattices.shapes(), condition.value(), stop);
    this.observation = new Observation(lattices);
    this.sampling = Optional.ofNullable(setup.ensembles().get(condition)).map(rules::sampling);
  }

  @Override
  public AlloyState initial(Extent extent, RandomStream stream) {
    return lattices.initial(cells(extent), stream);
  }

  @Override
  public Progression advance(AlloyState state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public Stretch begin(AlloyState state, Duration duration, RandomStream stream) {
    return stretch(state, duration, stream, run -> run);
  }

  @Override
  public Stretch resume(AlloyState state, Duration duration, RandomStream stream, byte[] memory) {
    return stretch(state, duration, stream, run -> run.resumed(memory));
  }

  private AlloyStretch stretch(
      AlloyState state,
      Duration duration,
      RandomStream stream,
      UnaryOperator<VacancyRun> continued) {
    ShapeSimulator simulator = simulators.of(state.lattice());
    simulator.load(state.lattice());
    VacancyRun run = simulator.begin(state.vacancies(), duration, Clock.EXPONENTIAL, stream);
    return new AlloyStretch(state, simulator, continued.apply(run));
  }

  @Override
  public double[] observe(AlloyState state) {
    return observation.whole(state);
  }

  /** Tiles that are patches are observed as they evolve, closed onto themselves. */
  @Override
  public double[] observeUpsampled(AlloyState state) {
    return rules.tilesArePatches() ? observation.tileMean(state.sites()) : observe(state);
  }

  @Override
  public double[] observePatch(AlloyState state, long patch) {
    Lattice lattice = state.lattice();
    return observation.patch(
        state.sites(), lattice, lattices.patches().tile(lattice.shape(), patch));
  }

  @Override
  public AlloyState upsample(
      SnapshotPool<AlloyState> pool, Extent extent, RandomStream build, RandomStream relax) {
    if (rules.sampled()) {
      return sampled(pool, cells(extent), build, relax);
    }
    Tiling tiling = rules.tiling(cells(extent));
    if (rules.inParts(cells(extent))) {
      return new AlloyState(
          tiling.build(
              pool,
              build,
              new PartBlocks(lattices, !rules.independentTiles(), rules.tilesArePatches(), build)));
    }
    Lattice block =
        tiling.build(
            pool,
            build,
            new WholeBlocks(
                lattices.shapes(),
                tiled -> {
                  CompositionRepair.repair(tiled, lattices.counts(tiled.sites()), build);
                  relaxLattice(tiled, relax);
                }));
    if (rules.vacanciesToCentres()) {
      VacancyPlacement.toTileCentres(block, lattices.small());
    }
    return AlloyState.scanned(block);
  }

  private AlloyState sampled(
      SnapshotPool<AlloyState> pool, Cells cells, RandomStream build, RandomStream jumps) {
    StateModel model = sampling.orElseThrow().like(pool, rules.records(cells), build);
    long[] counts = lattices.counts(lattices.sites(cells));
    if (!rules.inBlocks(cells)) {
      return AlloyState.scanned(sampled(model, cells, counts, build, jumps));
    }
    Cells block = rules.block(cells);
    List<Lattice> blocks = new ArrayList<>();
    for (long[] share : rules.blockCounts(cells)) {
      blocks.add(sampled(model, block, share, build, jumps));
    }
    return new AlloyState(new SampledBlocks(lattices.shapes().of(cells), counts, blocks));
  }

  /**
   * Pairs tell neither how deep vacancies sit in traps nor triangles; the first jumps mend both.
   * They last a time, not a number, after which vacancies would all have just left a trap (EX-08).
   */
  private Lattice sampled(
      StateModel model, Cells cells, long[] counts, RandomStream build, RandomStream jumps) {
    AlloyState state =
        AlloyState.scanned(sampling.orElseThrow().build(model.hamiltonian(), cells, counts, build));
    double time = rules.burnIn(meanEventTime, model.age());
    if (time > 0) {
      advance(state, Duration.time(time), jumps);
    }
    return state.lattice();
  }

  @Override
  public void relax(AlloyState state, RandomStream stream) {
    relaxLattice(state.lattice(), stream);
    System.arraycopy(
        state.lattice().vacancies(), 0, state.vacancies(), 0, state.vacancies().length);
  }

  private void relaxLattice(Lattice lattice, RandomStream stream) {
    rules
        .localRelax(condition, meanEventTime)
        .ifPresent(
            localRelax -> {
              for (int pass = 0; pass < rules.relax().passes(); pass++) {
                localRelax.relax(lattice, simulators, stream);
              }
            });
  }

  @Override
  public Patches patches(AlloyState state, boolean compensated) {
    return new AlloyPatches(rules, observation, simulators, state, compensated);
  }

  private static Cells cells(Extent extent) {
    List<Integer> shape = extent.shape();
    return new Cells(shape.get(0), shape.get(1), shape.get(2));
  }
}
