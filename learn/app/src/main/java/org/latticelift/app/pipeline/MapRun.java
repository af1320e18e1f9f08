package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.app.pipeline.PredictRun.InitialChoice;
import org.latticelift.app.pipeline.PredictRun.ModelRun;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.diagram.MapConfig;
import org.latticelift.learn.diagram.MapStage;
import org.latticelift.sim.parallel.tasks.Ranks;

/** The command {@code map}. */
public final class MapRun {
  private final MapConfig config;
  private final ModelRun run;

  /**
   * Reads what is asked.
   *
   * @param model file, or folder of a run
   * @param at conditions; none for those between the ends of the trained range
   * @param from start of predictions, as the option says it; null for what {@code initial} says
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public MapRun(
      Path model, List<Double> at, String from, RunOptions options, Ranks ranks, PrintWriter out) {
    this.config =
        ranks.firstThenOthers(
            () -> {
              ConfigNode asked = InitialChoice.asked(ModelRun.asked(model, options), from);
              ConfigNode named = at.isEmpty() ? asked : asked.with("at", at.toString());
              return Binder.bind(named, MapConfig.class);
            });
    this.run = new ModelRun("map", config, options, ranks, out);
  }

  /** Makes the map. */
  public void run() {
    run.run(() -> new MapStage(config), MapStage::lines);
  }
}
