package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.learn.train.EngineLibrary;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.HiddenLayer;
import org.latticelift.sim.vacancy.barrier.InputEncoding;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/** {@code barrier train}: a one-hot network fitted to a barrier table. */
public final class BarrierTrainStage implements Stage {
  /** The network. */
  public static final String NETWORK = "network.h5";

  /** The learning curve. */
  public static final String CURVE = "curve.csv";

  /** The errors by category. */
  public static final String ERRORS = "errors.txt";

  private static final String NO_HOLD_OUT =
      "none, so overfitting would not be seen (train.fit.hold_out)\n";

  private static final String CHECKPOINT = "checkpoint/barrier-train.ckpt";
  private static final double SECONDS_PER_OPERATION = 1.7e-11;

  private final NetworkTrainingConfig spec;
  private final FitConfig settings;

  /** The stage ({@code spec}: table, network and optimiser). */
  public BarrierTrainStage(NetworkTrainingConfig spec) {
    this.spec = spec;
    this.settings = spec.fit().orElseThrow();
  }

  @Override
  public String name() {
    return "barrier train";
  }

  @Override
  public StagePlan plan() {
    OneHotNetwork network =
        new OneHotNetwork(
            spec.crystal().orElse(KnownCrystal.BCC).crystal().environmentSize(),
            spec.species().size(),
            settings.hidden());
    long perRow = 6L * network.parameterCount();
    return new StagePlan(
        name(),
        1,
        network.parameterCount() + " parameters, " + settings.rows() + " rows",
        settings.rows() * perRow * SECONDS_PER_OPERATION,
        Float.BYTES * (long) network.parameterCount());
  }

  @Override
  public List<String> outputs() {
    return List.of(NETWORK, CURVE, ERRORS);
  }

  @Override
  public List<String> temporary() {
    return List.of(CHECKPOINT);
  }

  @Override
  public void prepare() {
    EngineLibrary.require();
  }

  @Override
  public void run(StageContext context) {
    BarrierTable table = spec.read(spec.table());
    Optional<BarrierTable> fresh =
        spec.freshTable().map(spec::read).map(t -> t.inOrderOf(table.speciesNames()));
    RunDirectory directory = context.directory();
    directory.requireFree(CHECKPOINT);
    try (NetworkFit fit = new NetworkFit(settings, table, spec.crystalOf(table), context.seed())) {
      if (directory.complete(CHECKPOINT)) {
        fit.resume(directory.file(CHECKPOINT));
      }
      fit.remark().ifPresent(line -> tell(context, line));
      Consumer<OutputBody> checkpoint = body -> directory.commit(CHECKPOINT, body);
      fit.run(Optional.of(checkpoint), context.progress(), context.stop());
      commit(context, table, fit.result(fresh, context.stop()));
    }
    directory.delete(CHECKPOINT);
  }

  private void tell(StageContext context, String line) {
    try (Progress progress = context.progress().start(name(), 0)) {
      progress.message(line);
    }
  }

  private void commit(StageContext context, BarrierTable table, FittedNetwork fitted) {
    context.commitText(CURVE, fitted.curve().toCsv());
    context.commitText(ERRORS, errors(fitted));
    for (Figure figure : List.of(parity(fitted), curve(fitted.curve()))) {
      context.commitText(figure.name() + ".svg", figure.svg());
    }
    Provenance provenance = context.provenance().withInput(spec.table().path());
    context.commitHdf5(
        NETWORK,
        provenance,
        writer ->
            FittedNetworkFile.write(fitted, table, spec.crystalOf(table), context.seed(), writer));
  }

  private static Figure parity(FittedNetwork fitted) {
    FittedNetwork.Parity parity = fitted.parity();
    double low = Arrays.stream(parity.table()).min().orElse(0);
    double high = Arrays.stream(parity.table()).max().orElse(1);
    double[] none = new double[parity.table().length];
    Arrays.fill(none, Double.NaN);
    double[] ends = {low, high};
    return new Figure(
        "parity",
        "Barriers of the network beside those of the table",
        (parity.heldOut()
                ? "Environments held out, to which the network was not fitted. "
                : "Environments that the network was fitted to: none was held out. ")
            + "On the line both are equal.",
        Axis.linear("table (eV)"),
        Axis.linear("network (eV)"),
        List.of(
            Layer.points("", 0, false, parity.table(), parity.network(), none),
            Layer.dashed("", 1, ends, ends)));
  }

  private static Figure curve(LearningCurve curve) {
    double[] rows = curve.points().stream().mapToDouble(LearningCurve.Point::rows).toArray();
    double[] training =
        curve.points().stream().mapToDouble(LearningCurve.Point::trainingRmse).toArray();
    double[] holdOut =
        curve.points().stream().mapToDouble(LearningCurve.Point::holdOutRmse).toArray();
    return new Figure(
        "curve",
        "Learning curve",
        "Root mean square errors after rows seen; the weights with the smallest error on environments"
            + " held out are kept.",
        Axis.linear("rows seen"),
        Axis.logarithmic("error (eV)"),
        List.of(
            Layer.line("trained on", 0, rows, training), Layer.line("held out", 1, rows, holdOut)));
  }

  private static String errors(FittedNetwork fitted) {
    String fresh = fitted.fresh().map(ErrorReport::toText).orElse("none\n");
    return "Errors in eV on environments held out:\n"
        + fitted.holdOut().map(ErrorReport::toText).orElse(NO_HOLD_OUT)
        + (fitted.keptRows() < fitted.rowsSeen()
            ? String.format(
                "Weights after %d of %d rows, when that error was smallest.%n",
                fitted.keptRows(), fitted.rowsSeen())
            : "")
        + "\nErrors in eV on fresh environments:\n"
        + fresh
        + Overfitting.of(fitted.curve()).map(found -> "\n" + found.toText()).orElse("");
  }

  /**
   * Tells a network that has learned its table by heart: its error on environments held out is much
   * larger than that on those it was fitted to.
   *
   * @param training error of the last batches, eV
   * @param holdOut error on environments held out, eV
   * @param best the point of the curve with the smallest error on environments held out
   */
  record Overfitting(double training, double holdOut, LearningCurve.Point best) {
    /** From this ratio on the gap is more than the chance of which environments were held out. */
    private static final double RATIO = 1.5;

    /** Errors below change a rate at 1000 K by less than 6 %, eV. */
    private static final double NEGLIGIBLE = 0.005;

    /**
     * Judges a training ({@code curve}: with errors on environments held out); the finding; empty
     * where the errors agree, are negligible or were not measured.
     */
    static Optional<Overfitting> of(LearningCurve curve) {
      Optional<LearningCurve.Point> best =
          curve.points().stream()
              .filter(point -> !Double.isNaN(point.holdOutRmse()))
              .min(Comparator.comparingDouble(LearningCurve.Point::holdOutRmse));
      if (best.isEmpty()) {
        return Optional.empty();
      }
      LearningCurve.Point last = curve.points().get(curve.points().size() - 1);
      boolean apart =
          last.holdOutRmse() > NEGLIGIBLE && last.holdOutRmse() > RATIO * last.trainingRmse();
      return apart
          ? Optional.of(new Overfitting(last.trainingRmse(), last.holdOutRmse(), best.get()))
          : Optional.empty();
    }

    /** What was found and what to do, for people. */
    String toText() {
      return String.format(
          Locale.ROOT,
          "Warning: overfitting: error %.4f eV on the environments trained on, %.4f eV on those held"
              + " out (smallest %.4f eV after %d rows). Give a larger table, fewer neurons"
              + " (train.fit.hidden) or fewer rows (train.fit.rows).%n",
          training,
          holdOut,
          best.holdOutRmse(),
          best.rows());
    }
  }

  /**
   * Writes a fitted network: its {@link BarrierWeights}, what it was fitted to ({@code /fit}), and
   * the learning curve ({@code /history}).
   */
  public static final class FittedNetworkFile {
    private static final DatasetInfo ROWS = DatasetInfo.of("1", "rows seen", "point");

    private FittedNetworkFile() {}

    /** Writes everything except the provenance ({@code table}: what it was fitted to). */
    public static void write(
        FittedNetwork fitted, BarrierTable table, Crystal crystal, long seed, Hdf5Writer writer) {
      weights(fitted, table, crystal).write(writer);
      writeFit(fitted, table, seed, writer);
      writeCurve(fitted.curve().points(), writer);
      fitted.holdOut().ifPresent(errors -> writeErrors("/fit/hold_out", errors, writer));
      fitted.fresh().ifPresent(errors -> writeErrors("/fit/fresh", errors, writer));
    }

    private static BarrierWeights weights(
        FittedNetwork fitted, BarrierTable table, Crystal crystal) {
      List<HiddenLayer> hidden = new ArrayList<>();
      int last = fitted.layers().size() - 1;
      for (FittedNetwork.Layer layer : fitted.layers().subList(0, last)) {
        float[] weight = hidden.isEmpty() ? inOrder(layer, table, crystal) : layer.weight();
        hidden.add(
            new HiddenLayer(
                layer.inputs(), layer.outputs(), weight, layer.bias(), Optional.empty()));
      }
      FittedNetwork.Layer output = fitted.layers().get(last);
      TableOrigin origin = table.origin();
      return new BarrierWeights(
          InputEncoding.ONE_HOT,
          table.sites(),
          table.species(),
          table.speciesNames(),
          hidden,
          new BarrierWeights.Output(output.weight(), output.bias()[0]),
          Activation.SILU,
          new BarrierWeights.Stated(
              Optional.of(origin.order().orElse(InputOrder.AUTHORS)), origin.batchNormEpsilon()),
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

    /** For each canonical position the one with x and y exchanged (AL-23). */
    static final class ExchangedAxes {
      private static final double TOLERANCE = 1e-6;

      private ExchangedAxes() {}

      static int[] of(Crystal crystal) {
        EnvironmentGeometry geometry = crystal.environment(0);
        double[][] at = new double[geometry.sites()][];
        Arrays.setAll(at, k -> crystal.spec().fractional(0, geometry.offset(k)));
        int[] exchanged = new int[at.length];
        Arrays.setAll(exchanged, k -> find(at, at[k][1], at[k][0], at[k][2], crystal));
        return exchanged;
      }

      private static int find(double[][] at, double x, double y, double z, Crystal crystal) {
        for (int k = 0; k < at.length; k++) {
          double distance =
              Math.abs(at[k][0] - x) + Math.abs(at[k][1] - y) + Math.abs(at[k][2] - z);
          if (distance < TOLERANCE) {
            return k;
          }
        }
        throw LatticeLiftException.badData(
            "the order 'nnk' does not exist for crystal " + crystal.name(),
            "barrier.order",
            "authors",
            "Use the order authors");
      }
    }
  }
}
