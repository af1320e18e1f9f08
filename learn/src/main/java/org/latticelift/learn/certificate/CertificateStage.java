package org.latticelift.learn.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.Steps;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;

/**
 * Makes {@code certificate.csv} from a model, its predictions, its pairs, and pairs that were made
 * in other ways (EX-33).
 */
public final class CertificateStage implements Stage {
  private final String ensemble;
  private final Steps steps;
  private final boolean whole;
  private final FurtherPairs further;

  /**
   * A stage.
   *
   * @param ensemble file of the predictions, whose start and horizon are used
   * @param steps of predictions
   * @param whole whether the increments of the pairs are those of large states that evolved as a
   *     whole, so that there is nothing to add up
   * @param further pairs that were made in other ways
   */
  public CertificateStage(String ensemble, Steps steps, boolean whole, FurtherPairs further) {
    this.ensemble = ensemble;
    this.steps = steps;
    this.whole = whole;
    this.further = further;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "differences of predictions", 20, 10_000);
  }

  @Override
  public List<String> inputs() {
    return List.of(ModelFile.NAME, PairsFile.NAME, ensemble);
  }

  @Override
  public List<String> outputs() {
    return List.of(CertificateFile.NAME);
  }

  @Override
  public void run(StageContext context) {
    Certificate certificate = certificate(context);
    String text = CertificateFile.text(certificate);
    context
        .directory()
        .commit(
            CertificateFile.NAME,
            beside -> Files.writeString(beside, text, StandardCharsets.UTF_8));
  }

  private Certificate certificate(StageContext context) {
    RunDirectory directory = context.directory();
    SdeModel model = ModelFile.read(directory.file(ModelFile.NAME));
    RunResults results = new RunResults(directory, ensemble, steps);
    List<String> warnings =
        SourceStates.warnings(results.pairs(), directory.file(SnapshotsFile.NAME));
    if (!results.knows(model)) {
      return closed(warnings);
    }
    List<Comparison> predictions = results.predictions(model, new Streams(context.seed()));
    List<Bias> biases =
        biases(
            context,
            predictions,
            new ConditionChecks(results.pairs(), whole, further),
            results.direct(model.map().observables()));
    List<String> all = new ArrayList<>(warnings);
    predictions.forEach(each -> all.addAll(each.warnings()));
    return new Certificate(biases, missing(biases), all);
  }

  /** Closure variables are known of the pairs alone. */
  private static Certificate closed(List<String> warnings) {
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      if (check.compares()) {
        skipped.put(check, "the equation has closure variables, which other evolutions have not");
      }
    }
    return new Certificate(List.of(), skipped, warnings);
  }

  private static List<Bias> biases(
      StageContext context,
      List<Comparison> comparisons,
      ConditionChecks checks,
      Map<String, List<TimeSeries>> direct) {
    List<List<Bias>> found = new ArrayList<>();
    comparisons.forEach(each -> found.add(List.of()));
    TaskPool.run(
        context.threads(),
        comparisons.size(),
        c -> {
          Comparison comparison = comparisons.get((int) c);
          String condition = comparison.ensemble().condition().name();
          List<Bias> own = new ArrayList<>(checks.of(comparison));
          own.addAll(DirectDifference.of(comparison, direct.getOrDefault(condition, List.of())));
          synchronized (found) {
            found.set((int) c, own);
          }
        },
        context.stop());
    return found.stream().flatMap(List::stream).toList();
  }

  private Map<Check, String> missing(List<Bias> biases) {
    Map<Check, String> missing = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      if (check.compares() && biases.stream().noneMatch(bias -> bias.check() == check)) {
        missing.put(
            check,
            whole && check == Check.ADDITIVITY
                ? "the pairs are increments of the whole, so there is nothing to add up"
                : further
                    .skipped()
                    .getOrDefault(check, "there are too few evolutions of this kind"));
      }
    }
    return missing;
  }
}
