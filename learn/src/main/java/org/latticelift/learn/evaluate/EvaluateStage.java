package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.function.UnaryOperator;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * The stage {@code evaluate}: compares the prediction for each condition with direct runs. Reads
 * {@code ensemble.h5}, {@code model.h5}, {@code pairs.h5} and, where they exist, {@code
 * trajectory.h5}, {@code simulate.csv} and {@code snapshots.h5}; writes {@code evaluation.h5} and
 * {@code evaluation.csv}, and with {@code evaluate.after_events} {@code after-events.csv}.
 *
 * @param spec the section {@code evaluate}
 * @param steps of trajectories
 * @param pairs name of the file of training samples
 * @param relations that the observables obey
 * @param notes adds warnings and suggestions where a result is doubtful
 * @param system numbers of the simulated system itself
 */
public record EvaluateStage(
    EvaluateConfig spec,
    Steps steps,
    String pairs,
    List<LinearRelation> relations,
    UnaryOperator<Evaluation> notes,
    SystemEstimates system)
    implements Stage {

  /** Words of a plan about corrected means. */
  public static final String CORRECTED = "small means corrected for their size";

  private static final double[] UNKNOWN_START = {};

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public StagePlan plan() {
    double correction = system.correctionSeconds();
    String corrected = correction > 0 ? ", " + CORRECTED : "";
    return new StagePlan(
        name(), 1, "prediction against direct runs" + corrected, 5 + correction, 100_000);
  }

  private boolean countsEvents() {
    return !spec.afterEvents().isEmpty();
  }

  @Override
  public List<String> inputs() {
    return EvaluationInputs.names(pairs, countsEvents());
  }

  @Override
  public List<String> outputs() {
    return countsEvents()
        ? List.of(EvaluationFile.NAME, EvaluationFile.TABLE, AfterEvents.NAME)
        : List.of(EvaluationFile.NAME, EvaluationFile.TABLE);
  }

  @Override
  public void run(StageContext context) {
    EvaluationInputs inputs = EvaluationInputs.read(context, pairs);
    Evaluator evaluator = Evaluator.of(inputs.model(), spec, relations, context.seed());
    List<Prediction> predictions = inputs.predictions();
    ConditionResult[] results = new ConditionResult[predictions.size()];
    try (Progress progress = context.progress().start(name(), results.length)) {
      TaskPool.run(
          context.threads(),
          results.length,
          c -> {
            Prediction prediction = predictions.get((int) c);
            var condition = inputs.condition(prediction);
            results[(int) c] =
                evaluator.evaluate(
                    prediction,
                    system.initialMeans(context, condition).orElse(UNKNOWN_START),
                    inputs.direct(prediction),
                    inputs.calibration(prediction),
                    inputs.small(context, prediction, steps, system),
                    Double.doubleToLongBits(prediction.value()));
            progress.step(1, prediction.condition());
          },
          context.stop());
    }
    Evaluation evaluation =
        notes.apply(inputs.evaluation(List.of(results), evaluator.meanDeficit()));
    context.commitHdf5(
        EvaluationFile.NAME,
        inputs.provenance(),
        writer -> EvaluationFile.write(writer, evaluation));
    context.commitText(EvaluationFile.TABLE, EvaluationFile.csv(evaluation));
    if (countsEvents()) {
      AfterEvents after = AfterEvents.of(context, inputs, spec.afterEvents(), system);
      context.commitText(AfterEvents.NAME, after.csv(evaluation.timeUnit()));
    }
  }
}
