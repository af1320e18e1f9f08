package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.barrier.Activation;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.HiddenLayer;
import org.latticelift.sim.vacancy.barrier.InputEncoding;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Writes a fitted network: its {@link BarrierWeights}, what it was fitted to ({@code /fit}), and
 * the learning curve ({@code /history}).
 */
public final class FittedNetworkFile {
  private static final DatasetInfo ROWS = DatasetInfo.of("1", "rows seen", "point");

  private FittedNetworkFile() {}

  /**
   * Writes everything except the provenance.
   *
   * @param fitted the network
   * @param table what it was fitted to
   * @param crystal of the table
   * @param seed of the training
   * @param writer an open file
   */
  public static void write(
      FittedNetwork fitted, BarrierTable table, Crystal crystal, long seed, Hdf5Writer writer) {
    weights(fitted, table, crystal).write(writer);
    writeFit(fitted, table, seed, writer);
    writeCurve(fitted.curve().points(), writer);
    fitted.holdOut().ifPresent(errors -> writeErrors("/fit/hold_out", errors, writer));
    fitted.fresh().ifPresent(errors -> writeErrors("/fit/fresh", errors, writer));
  }

  private static BarrierWeights weights(FittedNetwork fitted, BarrierTable table, Crystal crystal) {
    List<HiddenLayer> hidden = new ArrayList<>();
    int last = fitted.layers().size() - 1;
    for (FittedNetwork.Layer layer : fitted.layers().subList(0, last)) {
      float[] weight = hidden.isEmpty() ? inOrder(layer, table, crystal) : layer.weight();
      hidden.add(
          new HiddenLayer(layer.inputs(), layer.outputs(), weight, layer.bias(), Optional.empty()));
    }
    FittedNetwork.Layer output = fitted.layers().get(last);
    TableOrigin origin = table.origin();
    return new BarrierWeights(
        InputEncoding.ONE_HOT,
        table.sites(),
        table.species(),
        table.speciesNames(),
        hidden,
        output.weight(),
        output.bias()[0],
        Activation.SILU,
        Optional.of(origin.order().orElse(InputOrder.AUTHORS)),
        origin.batchNormEpsilon(),
        origin.attemptFrequency(),
        origin.source());
  }

  /** The first layer, whose stored sites follow the input order of the teacher (AL-23). */
  private static float[] inOrder(FittedNetwork.Layer layer, BarrierTable table, Crystal crystal) {
    if (table.origin().order().orElse(InputOrder.AUTHORS) == InputOrder.AUTHORS) {
      return layer.weight();
    }
    int[] exchanged = ExchangedAxes.of(crystal);
    int block = table.species() * layer.outputs();
    float[] stored = new float[layer.weight().length];
    for (int k = 0; k < exchanged.length; k++) {
      System.arraycopy(layer.weight(), k * block, stored, exchanged[k] * block, block);
    }
    return stored;
  }

  private static void writeFit(
      FittedNetwork fitted, BarrierTable table, long seed, Hdf5Writer writer) {
    writer.group("/fit");
    writer.attribute("/fit", "teacher", table.origin().teacher());
    writer.attribute("/fit", "teacher_sha256", orNone(table.origin().teacherChecksum()));
    writer.attribute("/fit", "table_sha256", table.checksum());
    writer.attribute("/fit", "table_environments", (long) table.size());
    writer.attribute("/fit", "rows_seen", fitted.rowsSeen());
    writer.attribute("/fit", "rows_of_kept_weights", fitted.keptRows());
    writer.attribute("/fit", "seed", seed);
  }

  private static void writeCurve(List<LearningCurve.Point> points, Hdf5Writer writer) {
    long[] dims = {points.size()};
    long[] rows = points.stream().mapToLong(LearningCurve.Point::rows).toArray();
    writer.dataset("/history/rows", rows, dims, ROWS);
    curve("training_rmse", "eV", points, LearningCurve.Point::trainingRmse, writer);
    curve("hold_out_rmse", "eV", points, LearningCurve.Point::holdOutRmse, writer);
    curve("learning_rate", "1", points, LearningCurve.Point::learningRate, writer);
  }

  private static void curve(
      String name,
      String units,
      List<LearningCurve.Point> points,
      ToDoubleFunction<LearningCurve.Point> value,
      Hdf5Writer writer) {
    writer.dataset(
        "/history/" + name,
        points.stream().mapToDouble(value).toArray(),
        new long[] {points.size()},
        DatasetInfo.of(units, name.replace('_', ' '), "point"));
  }

  private static void writeErrors(String group, ErrorReport report, Hdf5Writer writer) {
    writer.group(group);
    writer.attribute(group, "barriers", report.all().count());
    writer.attribute(group, "rmse_eV", report.all().rmse());
    writer.attribute(group, "rmse_half_width_eV", report.all().halfWidth());
    writer.attribute(group, "mae_eV", report.all().mae());
    writer.attribute(group, "max_eV", report.all().max());
    writer.attribute(group, "category_names", report.categoryNames().toArray(String[]::new));
    List<ErrorMeasure> by = report.byCategory();
    writer.attribute(
        group, "category_barriers", by.stream().mapToLong(ErrorMeasure::count).toArray());
    writer.attribute(
        group, "category_rmse_eV", by.stream().mapToDouble(ErrorMeasure::rmse).toArray());
    writer.attribute(
        group, "category_max_eV", by.stream().mapToDouble(ErrorMeasure::max).toArray());
  }

  private static String orNone(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty()).orElse("none");
  }
}
