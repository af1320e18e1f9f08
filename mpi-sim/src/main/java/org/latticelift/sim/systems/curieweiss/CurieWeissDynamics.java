package org.latticelift.sim.systems.curieweiss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.spin.LargeStates;
import org.latticelift.sim.systems.spin.StartMagnetisation;
import org.latticelift.sim.systems.spin.Upsampling;
import org.latticelift.sim.systems.spin.Window;

/** Glauber dynamics of the Curie-Weiss model at one temperature. */
final class CurieWeissDynamics
    implements PatchDynamics<MeanFieldSpins>, InterruptibleDynamics<MeanFieldSpins> {
  private final CurieWeissSetup setup;
  private final Condition condition;
  private final double meanEventTime;
  private final StopSignal stop;
  private final Map<Integer, MeanFieldSimulator> simulators = new HashMap<>();

  /**
   * @param stop ends evolutions that are made in one go
   */
  CurieWeissDynamics(
      CurieWeissSetup setup, Condition condition, double meanEventTime, StopSignal stop) {
    this.setup = setup;
    this.stop = stop;
    this.condition = condition;
    this.meanEventTime = meanEventTime;
  }

  /** Of n coupled spins. */
  private MeanFieldSimulator coupled(int n) {
    return simulators.computeIfAbsent(
        n,
        spins ->
            new MeanFieldSimulator(
                new MeanFieldRates(spins, condition.value(), setup.lattice().field())));
  }

  @Override
  public MeanFieldSpins initial(Extent extent, RandomStream stream) {
    int side = extent.shape().get(0);
    return MeanFieldSpins.of(setup.start(extent.role()).spins(side, stream));
  }

  @Override
  public Progression advance(MeanFieldSpins state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public MeanFieldRun begin(MeanFieldSpins state, Duration duration, RandomStream stream) {
    return new MeanFieldRun(coupled(state.sites()), state, 0, duration, stream);
  }

  @Override
  public MeanFieldRun resume(
      MeanFieldSpins state, Duration duration, RandomStream stream, byte[] memory) {
    return begin(state, duration, stream).resumed(memory);
  }

  @Override
  public double[] observe(MeanFieldSpins state) {
    return new double[] {state.meanSpin()};
  }

  private Window patch(MeanFieldSpins state, long patch) {
    return Window.tile(state, setup.lattice().small(), patch);
  }

  @Override
  public double[] observePatch(MeanFieldSpins state, long patch) {
    return observe(MeanFieldSpins.cut(state, patch(state, patch)));
  }

  /**
   * One random snapshot, enlarged and relaxed level by level (CW-10), or, with the configured
   * share, random spins of any magnetisation (DI-06).
   */
  @Override
  public MeanFieldSpins upsample(
      SnapshotPool<MeanFieldSpins> pool, Extent extent, RandomStream build, RandomStream relax) {
    int side = extent.shape().get(0);
    List<Integer> factors = GrowthFactors.of(setup.lattice().small(), side);
    if (!factors.isEmpty() && build.uniform() < setup.upsample().randomShare()) {
      return MeanFieldSpins.of(StartMagnetisation.ANY.spins(side, build));
    }
    if (!factors.isEmpty() && setup.upsample().states() == LargeStates.SIMULATED) {
      return simulated(side, build, relax);
    }
    MeanFieldSpins small = pool.snapshot(build.below(pool.runs()), build.below(pool.records()));
    MeanFieldSpins state = MeanFieldSpins.of(small.spins());
    for (int level = 0; level < factors.size(); level++) {
      state = MeanFieldSpins.of(Upsampling.enlarge(state, factors.get(level)));
      relax(state, level + 1 == factors.size(), relax);
    }
    return state;
  }

  /** Of a run that starts like small ones, after a random time. */
  private MeanFieldSpins simulated(int side, RandomStream build, RandomStream relax) {
    MeanFieldSpins state = MeanFieldSpins.of(setup.start(Role.SMALL).spins(side, build));
    advance(state, Duration.time(setup.upsample().time() * build.uniform()), relax);
    return state;
  }

  @Override
  public void relax(MeanFieldSpins state, RandomStream stream) {
    relax(state, true, stream);
  }

  private void relax(MeanFieldSpins state, boolean last, RandomStream stream) {
    setup
        .enlargement()
        .relaxation(last, condition, meanEventTime)
        .ifPresent(
            duration -> {
              for (int pass = 0; pass < setup.relax().passes(); pass++) {
                setup
                    .enlargement()
                    .windows()
                    .visit(state, window -> relax(state, window, duration, stream));
              }
            });
  }

  private void relax(MeanFieldSpins state, Window window, Duration duration, RandomStream stream) {
    MeanFieldSpins part = MeanFieldSpins.cut(state, window);
    run(state, part, setup.isolatedWindows(), duration, stream);
    state.paste(window, part);
  }

  /** Evolves a part that was cut out; what is left stands still. */
  private Progression run(
      MeanFieldSpins state,
      MeanFieldSpins part,
      boolean isolated,
      Duration duration,
      RandomStream stream) {
    MeanFieldRun run =
        isolated
            ? begin(part, duration, stream)
            : new MeanFieldRun(
                coupled(state.sites()), part, state.ups() - part.ups(), duration, stream);
    return run.finish(stop);
  }

  @Override
  public Patches patches(MeanFieldSpins state, boolean compensated) {
    return new CurieWeissPatches(setup, this::coupled, stop, state, compensated);
  }
}
