package org.latticelift.learn.barrierfit;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
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
      Consumer<OutputBody> checkpoint = body -> directory.commit(CHECKPOINT, body);
      fit.run(Optional.of(checkpoint), context.progress(), context.stop());
      commit(context, table, fit.result(fresh, context.stop()));
    }
    directory.delete(CHECKPOINT);
  }

  private void commit(StageContext context, BarrierTable table, FittedNetwork fitted) {
    context.directory().commit(CURVE, file -> Files.writeString(file, fitted.curve().toCsv()));
    context.directory().commit(ERRORS, file -> Files.writeString(file, errors(fitted)));
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

  private static String errors(FittedNetwork fitted) {
    String fresh = fitted.fresh().map(ErrorReport::toText).orElse("none\n");
    return "Errors in eV on environments held out:\n"
        + fitted.holdOut().map(ErrorReport::toText).orElse(NO_HOLD_OUT)
        + "\nErrors in eV on fresh environments:\n"
        + fresh
        + Overfitting.of(fitted.curve()).map(found -> "\n" + found.toText()).orElse("");
  }
}
