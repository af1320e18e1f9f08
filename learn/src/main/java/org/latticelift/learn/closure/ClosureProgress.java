package org.latticelift.learn.closure;

import java.util.Locale;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;

/**
 * Progress, checkpoints and the stop signal of the stage.
 *
 * @param progress one step for each epoch
 * @param checkpoint of the training
 * @param stopSignal ends the stage
 */
record ClosureProgress(Progress progress, ClosureCheckpoint checkpoint, StopSignal stopSignal)
    implements ClosureObserver {
  @Override
  public void begins(int epochs) {
    progress.step(epochs);
  }

  @Override
  public void epoch(double loss) {
    progress.step(1, String.format(Locale.ROOT, "reconstruction error %.6g", loss));
  }

  @Override
  public void checkpoint(AutoencoderTraining training) {
    checkpoint.save(training);
  }

  @Override
  public boolean stop() {
    return stopSignal.requested();
  }
}
