package org.latticelift.learn.barrierfit;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.train.EngineLibrary;

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

  /**
   * The stage.
   *
   * @param spec table, network and optimiser
   */
  public BarrierTrainStage(NetworkTrainingConfig spec) {
    this.spec = spec;
  }

  @Override
  public String name() {
    return "barrier train";
  }

  @Override
  public StagePlan plan() {
    OneHotNetwork network =
        new OneHotNetwork(
            spec.theCrystal().environmentSize(), spec.species().size(), spec.fit().hidden());
    long perRow = 6L * network.parameterCount();
    return new StagePlan(
        name(),
        1,
        network.parameterCount() + " parameters, " + spec.fit().rows() + " rows",
        spec.fit().rows() * perRow * SECONDS_PER_OPERATION,
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
    try (NetworkFit fit = new NetworkFit(spec.fit(), table, spec.theCrystal(), context.seed())) {
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
    context.directory().commit(CURVE, file -> Files.writeString(file, fitted.curve().toCsv()));
    context.directory().commit(ERRORS, file -> Files.writeString(file, errors(fitted)));
    for (Figure figure : List.of(parity(fitted), curve(fitted.curve()))) {
      context
          .directory()
          .commit(figure.name() + ".svg", file -> Files.writeString(file, figure.svg()));
    }
    Provenance provenance = context.provenance().withInput(spec.table().path());
    context
        .directory()
        .commit(
            NETWORK,
            file -> {
              try (Hdf5Writer writer = Hdf5Writer.create(file)) {
                FittedNetworkFile.write(fitted, table, spec.theCrystal(), context.seed(), writer);
                provenance.writeTo(writer);
              }
            });
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
}
