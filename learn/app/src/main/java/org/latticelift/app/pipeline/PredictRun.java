package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.predict.PredictStage;
import org.latticelift.sim.parallel.tasks.Ranks;

/** The command {@code predict}. */
public final class PredictRun {
  private final PredictConfig config;
  private final ModelRun run;

  /**
   * Reads what is asked.
   *
   * @param model file, or folder of a run
   * @param schedules files and protocols
   * @param from start of predictions, as the option says it; null for what {@code initial} says
   * @param extrapolate whether conditions outside the trained range are accepted
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public PredictRun(
      Path model,
      List<String> schedules,
      String from,
      boolean extrapolate,
      RunOptions options,
      Ranks ranks,
      PrintWriter out) {
    ConfigNode asked = ModelRun.asked(model, options);
    ConfigNode node =
        extrapolate ? asked.with("allow_extrapolation", Boolean.toString(true)) : asked;
    this.config =
        ranks.firstThenOthers(
            () ->
                Binder.bind(
                    InitialChoice.asked(node, from).with("schedules", ScheduleList.of(schedules)),
                    PredictConfig.class));
    this.run = new ModelRun("predict", config, options, ranks, out);
  }

  /** Predicts. */
  public void run() {
    run.run(() -> new PredictStage(config), PredictStage::lines);
  }
}
