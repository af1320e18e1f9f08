package org.latticelift.learn.closure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;

/**
 * Direct runs of the large system whose records hold closure variables too; needs the trained
 * encoder.
 */
public final class ClosedDirectStage<S> implements Stage {
  private final LatticeSystem<S> system;
  private final SimulateConfig config;
  private final CheckpointConfig checkpoint;
  private final DirectStage<S> plain;

  /**
   * Plans nothing yet.
   *
   * @param system without closures
   * @param config section {@code direct}
   * @param checkpoint section {@code checkpoint}
   */
  public ClosedDirectStage(
      LatticeSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.system = system;
    this.config = config;
    this.checkpoint = checkpoint;
    this.plain = new DirectStage<>(system, config, checkpoint, LocalRanks.single());
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public List<String> inputs() {
    return List.of(ClosureFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return plain.outputs();
  }

  @Override
  public void check() {
    config
        .parallel()
        .ifPresent(
            section -> {
              throw LatticeLiftException.badData(
                  "closure variables of a lattice that is distributed over ranks",
                  section.where(),
                  "closure.dim: 0, or runs that are tasks of single ranks",
                  "Remove one of the two");
            });
    plain.check();
  }

  @Override
  public StagePlan plan() {
    return plain.plan();
  }

  @Override
  public boolean shared() {
    return plain.shared();
  }

  @Override
  public void run(StageContext context) {
    ClosureModel model = ClosureFile.read(context.file(ClosureFile.NAME));
    try (PatchEncoder encoder = new PatchEncoder(model)) {
      ClosedSystem<S> closed =
          new ClosedSystem<>(LatticeSystem.encodable(system), encoder, model.names());
      new DirectStage<>(closed, config, checkpoint, LocalRanks.single()).run(context);
    }
  }

  /**
   * A system whose observables of large states include learned closure variables, so that direct
   * runs can be compared with predictions in all latents.
   *
   * @param system without closures
   * @param encoder of the closures
   * @param closures their names
   * @param <S> state
   */
  record ClosedSystem<S>(LatticeSystem<S> system, PatchEncoder encoder, List<String> closures)
      implements LatticeSystem<S> {
    /** Every latent on its own; relations among observables hold in the values. */
    @Override
    public SystemFacts facts() {
      List<String> names = new ArrayList<>(system.macroscopics().names());
      List<String> units = new ArrayList<>(system.macroscopics().units());
      for (String closure : closures) {
        names.add(closure);
        units.add("1");
      }
      return system.facts().withObservables(Macroscopics.free(names, units));
    }

    @Override
    public StateCodec<S> codec() {
      return system.codec();
    }

    @Override
    public Dynamics<S> dynamics(Condition condition, RunContext context) {
      return closed(system.dynamics(condition, context));
    }

    private Dynamics<S> closed(Dynamics<S> dynamics) {
      return new ClosedDynamics<>(dynamics, encoder, system.encoding());
    }

    /** Those of the system, whose direct runs show the closures, too. */
    @Override
    public SystemOptions<S> options() {
      SystemOptions<S> own = system.options();
      return own.direct()
          .map(direct -> own.withDirect((condition, stop) -> closed(direct.at(condition, stop))))
          .orElse(own);
    }

    @Override
    public List<String> explanation() {
      return system.explanation();
    }

    @Override
    public String axis() {
      return system.axis();
    }

    @Override
    public List<String> shared() {
      return system.shared();
    }

    @Override
    public List<String> caveats() {
      return system.caveats();
    }

    /**
     * The dynamics of a system, with closures behind the observables of large states.
     *
     * @param dynamics without closures
     * @param encoder of the closures
     * @param encoding shape of its input
     * @param <S> state
     */
    record ClosedDynamics<S>(Dynamics<S> dynamics, PatchEncoder encoder, Encoding encoding)
        implements Dynamics<S> {
      @Override
      public S initial(Extent extent, RandomStream stream) {
        return dynamics.initial(extent, stream);
      }

      @Override
      public Progression advance(S state, Duration duration, RandomStream stream) {
        return dynamics.advance(state, duration, stream);
      }

      @Override
      public Stretch begin(S state, Duration duration, RandomStream stream) {
        return dynamics.begin(state, duration, stream);
      }

      @Override
      public Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
        return dynamics.resume(state, duration, stream, memory);
      }

      @Override
      public double[] observe(S state) {
        return joined(
            dynamics.observe(state), encoder.state(WholeInput.of(dynamics, state, encoding)));
      }

      private static double[] joined(double[] observables, double[] closures) {
        double[] all = Arrays.copyOf(observables, observables.length + closures.length);
        System.arraycopy(closures, 0, all, observables.length, closures.length);
        return all;
      }
    }
  }
}
