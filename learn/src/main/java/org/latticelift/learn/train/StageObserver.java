package org.latticelift.learn.train;

import java.util.Locale;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.StageContext;

/** Progress, checkpoints and the stop signal of one training within the stage. */
final class StageObserver implements TrainingObserver {
  private final StageContext context;
  private final Checkpoints checkpoints;
  private final Progress progress;
  private final int model;

  StageObserver(StageContext context, Checkpoints checkpoints, Progress progress, int model) {
    this.context = context;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.model = model;
  }

  @Override
  public void epoch(int epoch, double loss, double validation) {
    String stands = String.format(Locale.ROOT, "model %d epoch %d loss %.4f", model, epoch, loss);
    progress.step(1, stands + validation(validation));
  }

  /** Nothing where no pairs are held out. */
  private static String validation(double loss) {
    return Double.isNaN(loss) ? "" : String.format(Locale.ROOT, " validation %.4f", loss);
  }

  @Override
  public void checkpoint(TrainingState state) {
    checkpoints.save(model, state);
  }

  @Override
  public boolean stop() {
    return context.stop().requested();
  }
}
