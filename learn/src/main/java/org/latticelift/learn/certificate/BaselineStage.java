package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.certificate.BaselineFile.Baseline;
import org.latticelift.learn.certificate.BaselineFile.Baseline.BaselineValue;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;

/**
 * Makes {@code baselines.csv}: late values as other estimators have them, from the same small runs
 * and pairs (EX-34).
 */
public final class BaselineStage implements Stage {
  private final Steps steps;
  private final Map<Baseline, Path> models;

  /** A stage ({@code models}: trained in other ways, by baseline). */
  public BaselineStage(Steps steps, Map<Baseline, Path> models) {
    this.steps = steps;
    this.models = Map.copyOf(models);
  }

  @Override
  public String name() {
    return "baselines";
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "equilibrium values of other estimators", 5, 10_000);
  }

  @Override
  public List<String> inputs() {
    return List.of(ModelFile.NAME, PairsFile.NAME, EnsembleFile.NAME, EvaluationFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return List.of(BaselineFile.NAME);
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    RunResults results = new RunResults(directory, EnsembleFile.NAME, steps);
    Streams streams = new Streams(context.seed());
    Map<Baseline, Path> all = new EnumMap<>(Baseline.class);
    all.putAll(models);
    all.put(Baseline.RUN, directory.file(ModelFile.NAME));
    List<BaselineValue> values = new ArrayList<>();
    for (Map.Entry<Baseline, Path> entry : all.entrySet()) {
      SdeModel model = ModelFile.read(entry.getValue());
      Map<String, List<TimeSeries>> direct = results.direct(model.map().observables());
      for (CorrectedPrediction prediction : results.predictions(model, streams)) {
        String condition = prediction.ensemble().condition().name();
        DirectRuns runs = new DirectRuns(direct.getOrDefault(condition, List.of()), model.map());
        values.addAll(values(entry.getKey(), prediction, runs));
        context.stop().check();
      }
    }
    List<BaselineValue> small = small(directory, values);
    small.addAll(values);
    directory.commitText(BaselineFile.NAME, BaselineFile.text(small));
  }

  private static List<BaselineValue> values(
      Baseline baseline, CorrectedPrediction prediction, DirectRuns runs) {
    List<String> names = prediction.ensemble().model().map().observables();
    List<BaselineValue> values = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (BiasedValue quantity : prediction.quantities(i)) {
        values.add(
            new BaselineValue(
                baseline,
                prediction.ensemble().condition().name(),
                names.get(i),
                quantity,
                prediction.plain().value(quantity, i),
                runs.known() ? runs.value(quantity, i) : Double.NaN,
                runs.known() ? runs.error(quantity, i) : Double.NaN));
      }
    }
    return values;
  }

  /** Late means of the small runs, and their deviations over sqrt K, where they are known. */
  private static List<BaselineValue> small(RunDirectory directory, List<BaselineValue> like) {
    Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    double patches;
    try (PairsFile pairs = PairsFile.open(directory.file(PairsFile.NAME))) {
      patches = pairs.patches();
    }
    List<BaselineValue> values = new ArrayList<>();
    for (BaselineValue value : like) {
      if (value.baseline() != Baseline.RUN || value.quantity() == BiasedValue.LATE_MAGNITUDE) {
        continue;
      }
      for (ConditionResult condition : evaluation.conditions()) {
        for (ComponentResult c : condition.components()) {
          boolean same =
              condition.condition().equals(value.condition())
                  && c.observable().equals(value.observable());
          double small =
              value.quantity() == BiasedValue.LATE_MEAN
                  ? c.small().mean()
                  : c.small().deviation() / Math.sqrt(patches);
          if (same && Double.isFinite(small)) {
            values.add(
                new BaselineValue(
                    Baseline.SMALL_RUNS,
                    value.condition(),
                    value.observable(),
                    value.quantity(),
                    small,
                    value.direct(),
                    value.error()));
          }
        }
      }
    }
    return values;
  }
}
