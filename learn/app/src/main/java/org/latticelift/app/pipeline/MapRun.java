package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.latticelift.io.config.Binder;
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
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public MapRun(Path model, RunOptions options, Ranks ranks, PrintWriter out) {
    this.config =
        ranks.firstThenOthers(() -> Binder.bind(ModelRun.asked(model, options), MapConfig.class));
    this.run = new ModelRun("map", config, options, ranks, out);
  }

  /** Makes the map. */
  public void run() {
    run.run(() -> new MapStage(config), MapStage::lines);
  }
}
