package org.latticelift.learn.barrierfit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Writes a fitted network in the layout of barrier weights: {@code layer0/W} [S,species,h], {@code
 * layerN/W}, {@code layerN/b}, {@code output/W}, {@code output/b}, attributes for the reader of the
 * weights, and what the network was fitted to ({@code /fit}).
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
    writeLayers(fitted, table, crystal, writer);
    writeAttributes(table, writer);
    writeFit(fitted, table, seed, writer);
    writeCurve(fitted.curve().points(), writer);
    fitted.holdOut().ifPresent(errors -> writeErrors("/fit/hold_out", errors, writer));
    fitted.fresh().ifPresent(errors -> writeErrors("/fit/fresh", errors, writer));
  }

  private static void writeLayers(
      FittedNetwork fitted, BarrierTable table, Crystal crystal, Hdf5Writer writer) {
    int last = fitted.layers().size() - 1;
    for (int l = 0; l <= last; l++) {
      FittedNetwork.Layer layer = fitted.layers().get(l);
      String group = l == last ? "/output" : "/layer" + l;
      float[] weight = l == 0 ? inOrder(layer, table, crystal) : layer.weight();
      long[] dims =
          l == 0
              ? new long[] {table.sites(), table.species(), layer.outputs()}
              : new long[] {layer.inputs(), layer.outputs()};
      DatasetInfo info =
          l == 0
              ? DatasetInfo.of("1", "weights", "site", "species", "neuron")
              : DatasetInfo.of(l == last ? "eV" : "1", "weights", "input", "neuron");
      writer.dataset(group + "/W", weight, dims, info);
      writer.dataset(
          group + "/b",
          layer.bias(),
          new long[] {layer.outputs()},
          DatasetInfo.of(l == last ? "eV" : "1", "biases", "neuron"));
    }
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

  private static void writeAttributes(BarrierTable table, Hdf5Writer writer) {
    TableOrigin origin = table.origin();
    writer.attribute("/", "encoding", "one_hot");
    writer.attribute("/", "activation", "silu");
    writer.attribute("/", "order", lower(origin.order().orElse(InputOrder.AUTHORS)));
    origin
        .batchNormEpsilon()
        .ifPresent(epsilon -> writer.attribute("/", "batchnorm_epsilon", epsilon));
    writer.attribute("/", "attempt_frequency_per_s", origin.attemptFrequency());
    writer.attribute("/", "species_names", table.speciesNames().toArray(String[]::new));
  }

  private static void writeFit(
      FittedNetwork fitted, BarrierTable table, long seed, Hdf5Writer writer) {
    writer.group("/fit");
    writer.attribute("/fit", "teacher", table.origin().teacher());
    writer.attribute("/fit", "teacher_sha256", orNone(table.origin().teacherChecksum()));
    writer.attribute("/fit", "table_sha256", table.checksum());
    writer.attribute("/fit", "table_environments", (long) table.size());
    writer.attribute("/fit", "rows_seen", fitted.rowsSeen());
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

  private static String lower(InputOrder order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
