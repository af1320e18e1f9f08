package org.latticelift.learn.barrierfit.choice;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.latticelift.io.output.Figure;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.barrierfit.BarrierForm;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.BarrierTrainStage;
import org.latticelift.learn.barrierfit.BarrierTrainStage.FittedNetworkFile;
import org.latticelift.learn.barrierfit.FittedNetwork;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig;
import org.latticelift.learn.barrierfit.linear.BarrierRows;
import org.latticelift.learn.barrierfit.linear.ErrorEstimate;
import org.latticelift.learn.barrierfit.linear.LinearFit.Fitted;
import org.latticelift.learn.barrierfit.linear.LinearFitReport;
import org.latticelift.learn.train.EngineLibrary;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.FittedModelFile;
import org.latticelift.sim.vacancy.barrier.LinearModelFile;
import org.latticelift.sim.vacancy.barrier.TableError;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** {@code barrier train} with default settings: compares models and keeps one. */
public final class ModelChoiceStage implements Stage {
  /** The model that is kept. */
  public static final String MODEL = "barrier-model.h5";

  /** The page. */
  public static final String PAGE = "barriers.html";

  /** Task numbers of the draws for intervals. */
  private static final long STATED = 1;

  private static final long OF_FORM = 10;
  private static final long OF_SPECIES = 100;
  private static final long OF_CATEGORY = 1000;

  private final NetworkTrainingConfig spec;

  /** Creates the stage that compares the models named in {@code spec} on its table. */
  public ModelChoiceStage(NetworkTrainingConfig spec) {
    this.spec = spec;
  }

  @Override
  public String name() {
    return "barrier train";
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "comparison of barrier models", 60, 100_000_000);
  }

  @Override
  public List<String> outputs() {
    return List.of(MODEL, BarrierTrainStage.ERRORS, PAGE);
  }

  @Override
  public List<String> temporary() {
    return List.of();
  }

  @Override
  public void prepare() {
    if (spec.models().contains(BarrierForm.NETWORK)) {
      EngineLibrary.require();
    }
  }

  @Override
  public void run(StageContext context) {
    BarrierTable table = spec.read(spec.table());
    Crystal crystal = spec.crystalOf(table);
    BarrierRows rows = BarrierRows.of(table, crystal, spec.noise());
    ModelChoice choice = new ModelChoice(rows, context.seed(), context.stop());
    choice.compare(spec.models(), context.progress());
    BarrierForm form = choice.chosen();
    Fitted fitted = choice.fitted(form);
    ErrorEstimate estimate = new ErrorEstimate(rows, spec.noise());
    Streams streams = new Streams(context.seed());
    Optional<TableError> stated =
        estimate.of(choice.nested(), i -> true, streams.stream(Purpose.BARRIER_FIT, STATED));
    commitModel(context, choice, form, fitted, stated);
    ChoiceReport report = new ChoiceReport(choice, form, fitted, stated, estimate.noiseText());
    for (BarrierForm each : spec.models()) {
      report.form(
          each, of(estimate, choice.heldOut(each), i -> true, OF_FORM + each.ordinal(), streams));
    }
    for (int s = 0; s < table.species(); s++) {
      int code = s + 1;
      report.part(
          "jumping " + table.speciesNames().get(s),
          of(estimate, choice.nested(), i -> rows.moving(i) == code, OF_SPECIES + s, streams));
    }
    for (int c = 0; table.categoryNames().size() > 1 && c < table.categoryNames().size(); c++) {
      int category = c;
      IntPredicate in = i -> table.category()[rows.environment(i)] == category;
      report.part(
          table.categoryNames().get(c),
          of(estimate, choice.nested(), in, OF_CATEGORY + c, streams));
    }
    spec.freshTable().ifPresent(file -> report.fresh(fresh(context, table, spec.read(file))));
    Path model = context.directory().file(MODEL);
    context.commitText(BarrierTrainStage.ERRORS, report.text(model));
    for (Figure figure : report.figures()) {
      context.commitText(figure.name() + ".svg", figure.svg());
    }
    context.commitText(PAGE, report.page(model));
  }

  private static Optional<TableError> of(
      ErrorEstimate estimate, double[] predicted, IntPredicate in, long task, Streams streams) {
    return estimate.of(predicted, in, streams.stream(Purpose.BARRIER_FIT, task));
  }

  private void commitModel(
      StageContext context,
      ModelChoice choice,
      BarrierForm form,
      Fitted fitted,
      Optional<TableError> error) {
    BarrierTable table = choice.rows().table();
    LinearModelFile linear =
        new LinearModelFile(
            table.knownCrystal(),
            Arrays.stream(table.origin().attemptFrequency()).boxed().toList(),
            choice.linear().model(fitted),
            error);
    Optional<FittedNetwork> network =
        form == BarrierForm.NETWORK ? Optional.of(choice.network(fitted)) : Optional.empty();
    Provenance provenance = context.provenance().withInput(spec.table().path());
    context.commitHdf5(
        MODEL,
        provenance,
        writer -> {
          if (network.isPresent()) {
            Crystal crystal = choice.rows().crystal();
            FittedNetworkFile.write(network.get(), table, crystal, context.seed(), writer);
            linear.write(writer, FittedModelFile.LINEAR);
          } else {
            linear.write(writer, "");
          }
        });
    if (network.isEmpty()) {
      context.commitText("model.yaml", linear.toYaml());
    }
  }

  /** The error of the model that was kept on another table, of which nothing was used. */
  private static String fresh(StageContext context, BarrierTable table, BarrierTable others) {
    BarrierTable same = others.inOrderOf(table.speciesNames());
    BarrierModel model =
        FittedModelFile.read(context.directory().file(MODEL), Optional.empty(), Optional.empty());
    BarrierKernel kernel = model.newKernel();
    float[] barriers = new float[same.hops()];
    double squares = 0;
    int count = 0;
    for (int e = 0; e < same.size(); e++) {
      kernel.barriers(same.environment(), e * same.sites(), 0, barriers, 0);
      for (int d = 0; d < barriers.length; d++) {
        double difference = barriers[d] - same.barrier()[e * barriers.length + d];
        if (Double.isFinite(difference)) {
          squares += difference * difference;
          count++;
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "On %d fresh barriers of %s: %.4f eV r.m.s.%n",
        count,
        others.origin().teacher(),
        Math.sqrt(squares / Math.max(1, count)));
  }

  /** The table of terms of the linear part, for people. */
  static String terms(ModelChoice choice, Fitted fitted) {
    return LinearFitReport.termsText(
        choice.linear().terms(fitted, choice.rows().table().speciesNames()));
  }
}
