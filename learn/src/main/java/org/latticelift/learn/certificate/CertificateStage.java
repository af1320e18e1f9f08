package org.latticelift.learn.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * Makes {@code certificate.csv} from a model, its predictions, its pairs, and pairs that were made
 * in other ways (EX-33).
 */
public final class CertificateStage implements Stage {
  /** Fewer increments than this for each coefficient show nothing. */
  private static final int FEW = 20;

  /** Trajectories of all parameter sets together; their noise is common to what is compared. */
  private static final int TRAJECTORIES = 48;

  private static final int FEWEST = 4;

  private final String ensemble;
  private final double step;
  private final Map<Check, Path> others;
  private final Map<Check, String> skipped;

  /**
   * A stage.
   *
   * @param ensemble file of the predictions, whose start and horizon are used
   * @param step of predictions, scaled time
   * @param others files of pairs that were made in other ways, by check; of {@link
   *     Check#ADDITIVITY} with joint evolutions, or with increments of the whole as pairs
   * @param skipped why other checks are not made
   */
  public CertificateStage(
      String ensemble, double step, Map<Check, Path> others, Map<Check, String> skipped) {
    this.ensemble = ensemble;
    this.step = step;
    this.others = Map.copyOf(others);
    this.skipped = Map.copyOf(skipped);
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
    Path own = directory.file(PairsFile.NAME);
    Streams streams = new Streams(context.seed());
    List<Comparison> comparisons = new ArrayList<>();
    try (EnsembleFile predictions = EnsembleFile.open(directory.file(ensemble));
        PairsFile pairs = PairsFile.open(own)) {
      for (Condition condition : predictions.conditions()) {
        if (pairs.conditions().contains(condition)) {
          comparisons.add(
              new Comparison(
                  ensemble(model, predictions, condition, streams), pairs.mirror(), streams));
        }
      }
    }
    List<List<Bias>> found = new ArrayList<>();
    comparisons.forEach(each -> found.add(List.of()));
    TaskPool.run(
        context.threads(),
        comparisons.size(),
        c -> {
          List<Bias> biases = biases(comparisons.get((int) c), model, own);
          synchronized (found) {
            found.set((int) c, biases);
          }
        },
        context.stop());
    List<Bias> biases = found.stream().flatMap(List::stream).toList();
    Map<Check, String> missing = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      if (biases.stream().noneMatch(bias -> bias.check() == check)) {
        missing.put(
            check, skipped.getOrDefault(check, "there are too few evolutions of this kind"));
      }
    }
    return new Certificate(biases, missing);
  }

  private CorrectedEnsemble ensemble(
      SdeModel model, EnsembleFile predictions, Condition condition, Streams streams) {
    int m = predictions.observables().size();
    double[] time = predictions.time(condition);
    double unit = model.scaling().timeUnit(condition.value(), false);
    return new CorrectedEnsemble(
        model,
        condition,
        Arrays.copyOf(predictions.mean(condition), m),
        (time[time.length - 1] - time[0]) / unit,
        step,
        Math.max(FEWEST, TRAJECTORIES / model.models().size()),
        streams);
  }

  private List<Bias> biases(Comparison comparison, SdeModel model, Path pairs) {
    Condition condition = comparison.ensemble().condition();
    double value = condition.value();
    Residuals own = Residuals.of(Increments.pairs(pairs, model, condition), model, value);
    List<Bias> biases = new ArrayList<>();
    Increments joint = joint(pairs, model, condition);
    if (enough(joint)) {
      Residuals whole = Residuals.of(joint, model, value);
      biases.addAll(comparison.of(Check.ADDITIVITY, Correction.Estimate.drift(whole, own)));
      biases.addAll(comparison.of(Check.KAPPA, Correction.Estimate.noise(whole)));
    }
    for (Check check : Check.values()) {
      if (check.evolved() && others.containsKey(check)) {
        Increments increments = Increments.pairs(others.get(check), model, condition);
        if (enough(increments)) {
          Residuals other = Residuals.of(increments, model, value);
          biases.addAll(
              comparison.of(check, Correction.Estimate.drift(other, own).withNoise(other, own)));
        }
      }
    }
    return biases;
  }

  /** Joint evolutions of the pairs themselves, or else those that were made for the certificate. */
  private Increments joint(Path pairs, SdeModel model, Condition condition) {
    Increments own = Increments.joint(pairs, model, condition);
    Path other = others.get(Check.ADDITIVITY);
    if (enough(own) || other == null) {
      return own;
    }
    Increments made = Increments.joint(other, model, condition);
    return made.count() > 0 ? made : Increments.pairs(other, model, condition);
  }

  private static boolean enough(Increments increments) {
    return increments.count() >= FEW * (1 + increments.variables());
  }
}
