package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.barrierfit.BarrierTrainStage.Overfitting;
import org.latticelift.sim.vacancy.crystal.Crystal;

final class OverfittingTest {
  private static Optional<Overfitting> last(double training, double holdOut) {
    LearningCurve.Point early = new LearningCurve.Point(100, 0.1, 0.08, 1e-3);
    LearningCurve.Point late = new LearningCurve.Point(200, training, holdOut, 1e-3);
    return Overfitting.of(new LearningCurve(List.of(early, late)));
  }

  @Test
  void findsAGapThatMattersAndOnlyThat() {
    assertThat(last(0, 0.13).orElseThrow().toText())
        .contains("0.0000 eV", "0.1300 eV", "0.0800 eV after 100 rows", "train.fit.hidden");
    assertThat(last(0.022, 0.024)).isEmpty();
    assertThat(last(0, 0.004)).isEmpty();
    assertThat(last(0, Double.NaN)).isEmpty();
    assertThat(Overfitting.of(new LearningCurve(List.of()))).isEmpty();
  }

  /** Forty environments and a wide network against many environments and a narrow one. */
  @Test
  void aTrainingByHeartIsFound() {
    assertThat(trained(40, "{hidden: [64], rows: 100000, batch: 64, hold_out: 0.3}")).isPresent();
    assertThat(trained(1500, "{hidden: [8], rows: 100000, batch: 512, hold_out: 0.2}")).isEmpty();
  }

  private static Optional<Overfitting> trained(int environments, String spec) {
    try (NetworkFit fit =
        new NetworkFit(Tables.fit(spec), Tables.table(environments), Crystal.bcc(), 1)) {
      fit.run(Optional.empty(), ProgressFactory.quiet(), StopSignal.none());
      return Overfitting.of(fit.result(Optional.empty(), StopSignal.none()).curve());
    }
  }
}
