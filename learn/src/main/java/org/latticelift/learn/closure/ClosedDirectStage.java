package org.latticelift.learn.closure;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * Direct runs of the large system whose records hold closure variables too; needs the trained
 * encoder.
 *
 * @param <S> state
 */
public final class ClosedDirectStage<S> implements Stage {
  private final MicroscopicSystem<S> system;
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
      MicroscopicSystem<S> system, SimulateConfig config, CheckpointConfig checkpoint) {
    this.system = system;
    this.config = config;
    this.checkpoint = checkpoint;
    this.plain = new DirectStage<>(system, config, checkpoint);
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
    ClosureModel model = ClosureFile.read(context.directory().file(ClosureFile.NAME));
    try (PatchEncoder encoder = new PatchEncoder(model)) {
      ClosedSystem<S> closed =
          new ClosedSystem<>(EncodableSystem.of(system), encoder, model.names());
      new DirectStage<>(closed, config, checkpoint).run(context);
    }
  }
}
