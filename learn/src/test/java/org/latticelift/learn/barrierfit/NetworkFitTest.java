package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.learn.barrierfit.BarrierTrainStage.FittedNetworkFile;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;

final class NetworkFitTest {
  private static final BarrierTable TABLE = Tables.table(1500);
  private static final String SMALL =
      "{hidden: [8, 6], rows: 20000, batch: 256, hold_out: 0.2, curve_points: 4}";

  @TempDir Path folder;

  @Test
  void learnsASmoothTeacher() {
    FitConfig spec =
        Tables.fit("{hidden: [16], rows: 400000, batch: 512, learning_rate: 1e-2, hold_out: 0.1}");
    FittedNetwork fitted = trained(spec, TABLE);
    assertThat(fitted.holdOut().orElseThrow().all().rmse()).isLessThan(0.02);
    assertThat(fitted.curve().points()).hasSize(40);
    assertThat(fitted.rowsSeen()).isEqualTo(400384);
  }

  /** As of two thousand DFT barriers: a step is not an epoch, and all rows are seen. */
  @Test
  void aSmallTableHasManySteps() {
    try (NetworkFit fit = fit(Tables.fit("{hidden: [8], rows: 20000, hold_out: 0.1}"))) {
      int training = rowsTrainedOn();
      assertThat(fit.remark().orElseThrow())
          .contains(training / 16 + " rows per step, not 4096", "sixteenth of the " + training);
      fit.run(Optional.empty(), ProgressFactory.quiet(), StopSignal.none());
      long seen = fit.result(Optional.empty(), StopSignal.none()).rowsSeen();
      assertThat(seen).isBetween(20000L, 20000L + training / 16);
    }
    try (NetworkFit fit = fit(Tables.fit("{hidden: [8], rows: 20000, batch: 50}"))) {
      assertThat(fit.remark()).isEmpty();
    }
  }

  private static int rowsTrainedOn() {
    RandomStream stream = new Streams(3).stream(Purpose.BARRIER_TRAIN, 1);
    return RowSplit.of(TABLE, 0.1, stream).training().length;
  }

  /** A network that goes on to learn its table by heart was better before. */
  @Test
  void theBestWeightsAreKept() {
    FitConfig spec =
        Tables.fit("{hidden: [64], rows: 60000, batch: 14, learning_rate: 1e-2, hold_out: 0.3}");
    FittedNetwork fitted = trained(spec, Tables.table(40));
    LearningCurve.Point best =
        fitted.curve().points().stream()
            .min(Comparator.comparingDouble(LearningCurve.Point::holdOutRmse))
            .orElseThrow();
    LearningCurve.Point last = fitted.curve().points().get(39);
    assertThat(best.holdOutRmse()).isLessThan(0.999 * last.holdOutRmse());
    assertThat(fitted.keptRows()).isEqualTo(best.rows()).isLessThan(fitted.rowsSeen());
    ErrorMeasure error = fitted.holdOut().orElseThrow().all();
    assertThat(error.rmse()).isEqualTo(best.holdOutRmse());
    assertThat(error.halfWidth()).isBetween(0.01 * error.rmse(), error.rmse());
    double squares = 0;
    for (int i = 0; i < fitted.parity().table().length; i++) {
      squares += Math.pow(fitted.parity().table()[i] - fitted.parity().network()[i], 2);
    }
    assertThat(fitted.parity().heldOut()).isTrue();
    assertThat(Math.sqrt(squares / fitted.parity().table().length))
        .isCloseTo(error.rmse(), org.assertj.core.data.Offset.offset(1e-6));
  }

  /** An analytic model that obeys detailed balance: 9000 barriers give 0.03 eV. */
  @Test
  void learnsThePairwiseModel() {
    BarrierModel teacher =
        BarrierModels.fromConfig(ConfigNode.parse("model: pairwise", "test"), Crystal.bcc());
    BarrierTable table = Tables.table(Tables.sampler(teacher, 1200));
    FitConfig spec =
        Tables.fit("{hidden: [16], rows: 400000, batch: 512, learning_rate: 1e-2, hold_out: 0.1}");
    ErrorMeasure error = trained(spec, table).holdOut().orElseThrow().all();
    assertThat(error.rmse()).isLessThan(0.03);
  }

  private static Consumer<OutputBody> to(Path file) {
    return body -> SingleFile.write(file, true, body);
  }

  @Test
  void aResumedTrainingHasTheSameBits() {
    FitConfig spec = Tables.fit(SMALL);
    Path checkpoint = folder.resolve("checkpoint/fit.ckpt");
    StopSignal stop = StopSignal.none();
    try (NetworkFit fit = fit(spec)) {
      ProgressFactory stopping = WatchedProgress.stopAfter(9000, stop);
      assertFails(() -> fit.run(Optional.of(to(checkpoint)), stopping, stop), "--resume");
    }
    FittedNetwork resumed;
    try (NetworkFit fit = fit(spec)) {
      fit.resume(checkpoint);
      fit.run(Optional.empty(), ProgressFactory.quiet(), StopSignal.none());
      resumed = fit.result(Optional.empty(), StopSignal.none());
    }
    FittedNetwork whole = trained(spec, TABLE);
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    for (int l = 0; l < whole.layers().size(); l++) {
      assertThat(resumed.layers().get(l).weight()).isEqualTo(whole.layers().get(l).weight());
      assertThat(resumed.layers().get(l).bias()).isEqualTo(whole.layers().get(l).bias());
    }
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    Path checkpoint = folder.resolve("fit.ckpt");
    try (NetworkFit fit = fit(Tables.fit(SMALL))) {
      StopSignal stop = StopSignal.none();
      stop.request();
      assertFails(() -> fit.run(Optional.of(to(checkpoint)), ProgressFactory.quiet(), stop));
    }
    try (NetworkFit other = fit(Tables.fit(SMALL.replace("20000", "30000")))) {
      assertFails(() -> other.resume(checkpoint), "another table, configuration or seed");
    }
  }

  @Test
  void theWrittenNetworkGivesThePredictedBarriers() {
    for (InputOrder order : InputOrder.values()) {
      TableOrigin origin =
          new TableOrigin(
              "x", "sum", "", Optional.of(order), Optional.of(1e-5), new double[] {1, 2, 3});
      BarrierTable table = Tables.withOrigin(TABLE, origin);
      FittedNetwork fitted = trained(Tables.fit(SMALL), table);
      Path file = folder.resolve(order + ".h5");
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        FittedNetworkFile.write(fitted, table, Crystal.bcc(), 1, writer);
      }
      BarrierWeights weights = BarrierWeights.read(file);
      assertThat(weights.stated().order()).contains(order);
      assertThat(weights.attemptFrequency()).containsExactly(1, 2, 3);
      NetworkBarrier model =
          new NetworkBarrier("fitted", weights, Crystal.bcc(), Optional.empty(), Optional.empty());
      assertThat(rmse(model.newKernel(), table))
          .isCloseTo(overAll(fitted), org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void aTableOfAnotherCrystalIsRefused() {
    assertFails(() -> new NetworkFit(Tables.fit(SMALL), TABLE, Crystal.fcc(), 1), "fcc");
  }

  private static double rmse(BarrierKernel kernel, BarrierTable table) {
    ErrorMeasure.Sum sum = new ErrorMeasure.Sum();
    float[] predicted = new float[8];
    for (int e = 0; e < table.size(); e++) {
      kernel.barriers(table.environment(), e * table.sites(), e % 2, predicted, 0);
      for (int d = 0; d < 8; d++) {
        if (!Float.isNaN(table.barrier()[e * 8 + d])) {
          sum.add(e, predicted[d] - table.barrier()[e * 8 + d]);
        }
      }
    }
    return sum.measure().rmse();
  }

  private static double overAll(FittedNetwork fitted) {
    return fitted.fresh().orElseThrow().all().rmse();
  }

  private static NetworkFit fit(FitConfig spec) {
    return new NetworkFit(spec, TABLE, Crystal.bcc(), 3);
  }

  private static FittedNetwork trained(FitConfig spec, BarrierTable table) {
    try (NetworkFit fit = new NetworkFit(spec, table, Crystal.bcc(), 3)) {
      fit.run(Optional.empty(), ProgressFactory.quiet(), StopSignal.none());
      return fit.result(Optional.of(table), StopSignal.none());
    }
  }
}
