package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * The stage {@code evaluate}: compares the prediction for each condition with direct runs. Reads
 * {@code ensemble.h5}, {@code model.h5}, {@code pairs.h5} and, where they exist, {@code
 * trajectory.h5}, {@code simulate.csv} and {@code snapshots.h5}; writes {@code evaluation.h5} and
 * {@code evaluation.csv}, and with {@code evaluate.after_events} {@code after-events.csv}.
 *
 * @param spec the section {@code evaluate}
 * @param pairs name of the file of training samples
 * @param relations that the observables obey
 * @param remedies suggestions where a result is doubtful
 * @param system what the system itself adds
 */
public record EvaluateStage(
    EvaluateConfig spec,
    String pairs,
    List<LinearRelation> relations,
    Remedies remedies,
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

  @Override
  public List<String> inputs() {
    return EvaluationInputs.names(pairs, !spec.afterEvents().isEmpty());
  }

  @Override
  public List<String> outputs() {
    Stream<String> outputs = Stream.of(EvaluationFile.NAME, EvaluationFile.TABLE);
    return (spec.afterEvents().isEmpty()
            ? outputs
            : Stream.concat(outputs, Stream.of(AfterEvents.NAME)))
        .toList();
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    long seed = context.seed();
    EvaluationInputs inputs = EvaluationInputs.read(context, pairs);
    Evaluator evaluator = Evaluator.of(inputs.model(), spec, relations, seed);
    List<ConditionResult> results = new ArrayList<>();
    List<AfterEvents.Point> points = new ArrayList<>();
    try (Progress progress = context.progress().start(name(), inputs.predictions().size())) {
      for (Prediction prediction : inputs.predictions()) {
        Condition condition = inputs.condition(prediction);
        results.add(
            evaluator.evaluate(
                prediction,
                system.initialMeans(condition, seed).orElse(UNKNOWN_START),
                inputs.direct(prediction),
                inputs.calibration(prediction),
                SmallRuns.corrected(
                    inputs.small(prediction), system.sizeCorrections(directory, condition, seed)),
                Double.doubleToLongBits(prediction.value())));
        for (double events : spec.afterEvents()) {
          system
              .timeOf(directory, condition, events)
              .ifPresent(
                  time ->
                      points.add(
                          AfterEvents.point(prediction, inputs.direct(prediction), events, time)));
        }
        progress.step(1, condition.name());
      }
    }
    Evaluation evaluation = evaluator.evaluation(inputs, results).noted(remedies);
    context.commitHdf5(
        EvaluationFile.NAME,
        EvaluationInputs.provenance(context, pairs),
        writer -> EvaluationFile.write(writer, evaluation));
    context.commitText(EvaluationFile.TABLE, EvaluationFile.csv(evaluation));
    if (!spec.afterEvents().isEmpty()) {
      AfterEvents after = new AfterEvents(evaluation.parameter(), evaluation.observables(), points);
      context.commitText(AfterEvents.NAME, after.csv(evaluation.timeUnit()));
    }
  }
}
