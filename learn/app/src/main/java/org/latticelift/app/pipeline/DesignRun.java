package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.latticelift.app.pipeline.PredictRun.ModelRun;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.design.DesignConfig;
import org.latticelift.learn.design.DesignStage;
import org.latticelift.sim.parallel.tasks.Ranks;

/** The command {@code design}. */
public final class DesignRun {
  private final DesignConfig config;
  private final ModelRun run;

  /**
   * Reads what is asked.
   *
   * @param model file, or folder of a run
   * @param asked words and numbers by key
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public DesignRun(
      Path model, Map<String, String> asked, RunOptions options, Ranks ranks, PrintWriter out) {
    this.config =
        ranks.firstThenOthers(
            () -> {
              ConfigNode node = ModelRun.asked(model, options);
              for (Map.Entry<String, String> each : asked.entrySet()) {
                node = node.set(each.getKey() + "=" + each.getValue());
              }
              return Binder.bind(node, DesignConfig.class);
            });
    this.run = new ModelRun("design", config, options, ranks, out);
  }

  /** Searches. */
  public void run() {
    run.run(() -> new DesignStage(config), DesignStage::lines);
  }
}
