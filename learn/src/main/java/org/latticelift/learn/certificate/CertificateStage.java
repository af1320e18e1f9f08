package org.latticelift.learn.certificate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.judgement.Comparison;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;

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
   * @param whole whether the increments of the pairs are those of large states that evolved as a
   *     whole, so that there is nothing to add up
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
    context.commitText(CertificateFile.NAME, text);
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
    List<CorrectedPrediction> predictions = results.predictions(model, new Streams(context.seed()));
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
      List<CorrectedPrediction> comparisons,
      ConditionChecks checks,
      Map<String, List<TimeSeries>> direct) {
    List<List<Bias>> found = new ArrayList<>();
    comparisons.forEach(each -> found.add(List.of()));
    TaskPool.run(
        context.threads(),
        comparisons.size(),
        c -> {
          CorrectedPrediction comparison = comparisons.get((int) c);
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

  /**
   * The difference of a prediction and direct runs of the large system, where a run has them: what
   * the checks together are to say. Its error is that of both; that of the prediction is the spread
   * over its models, each of which has other pairs (EX-31); a single model has no error of its own.
   */
  static final class DirectDifference {
    private DirectDifference() {}

    /** In the order of the observables; none without enough runs. */
    static List<Bias> of(CorrectedPrediction comparison, List<TimeSeries> runs) {
      List<String> names = comparison.ensemble().model().map().observables();
      DirectRuns direct = new DirectRuns(runs, comparison.ensemble().model().map());
      List<Bias> found = new ArrayList<>();
      for (int i = 0; i < names.size() && direct.known(); i++) {
        for (BiasedValue quantity : comparison.quantities(i)) {
          double predicted = comparison.plain().value(quantity, i);
          found.add(
              new Bias(
                  Check.DIRECT,
                  comparison.ensemble().condition().name(),
                  names.get(i),
                  quantity,
                  predicted,
                  predicted - direct.value(quantity, i),
                  Math.hypot(spread(comparison, quantity, i), direct.error(quantity, i))));
        }
      }
      return found;
    }

    /** Of one more model about the mean of all; of a single one the error of its trajectories. */
    private static double spread(
        CorrectedPrediction comparison, BiasedValue quantity, int observable) {
      int models = comparison.ensemble().model().models().size();
      int each = comparison.ensemble().trajectories();
      if (models == 1) {
        return comparison.plain().error(quantity, observable);
      }
      double mean = 0;
      double square = 0;
      for (int k = 0; k < models; k++) {
        double value =
            comparison.plain().part(k * each, (k + 1) * each).value(quantity, observable);
        mean += value / models;
        square += value * value / models;
      }
      double variance = Math.max(0, square - mean * mean) * models / (models - 1.0);
      return Math.sqrt(variance * (1 + 1.0 / models));
    }
  }

  /**
   * Whether large states have the observables of the snapshots that they are made of. Where they
   * have not, upsampling has changed what is learned from; that is no bias by itself, as an
   * equation is learned at the states that there are.
   */
  static final class SourceStates {
    /** A mean difference below this share of the spread of the states is nothing to speak of. */
    private static final double SHARE = 0.25;

    private static final double ERRORS = 4;

    private SourceStates() {}

    /** In sentences; none where the pairs do not know what they are made of. */
    static List<String> warnings(Path pairs, Path snapshots) {
      List<String> warnings = new ArrayList<>();
      if (!Files.exists(snapshots)) {
        return warnings;
      }
      try (PairsFile file = PairsFile.open(pairs);
          SnapshotsFile small = SnapshotsFile.open(snapshots)) {
        if (!file.has(PairColumn.SOURCE_RUN) || !file.has(PairColumn.SOURCE_RECORD)) {
          return warnings;
        }
        for (int c = 0; c < file.conditions().size(); c++) {
          Condition condition = file.conditions().get(c);
          Difference difference = new Difference(file.observables());
          difference.add(file, c, small.run(condition), small);
          difference.sentence(condition).ifPresent(warnings::add);
        }
      }
      return warnings;
    }

    /** Sums over the pairs of a condition. */
    private static final class Difference {
      private final List<String> names;
      private final double[] sum;
      private final double[] squares;
      private final double[] mean;
      private final double[] spread;
      private int count;

      Difference(List<String> names) {
        this.names = names;
        int m = names.size();
        sum = new double[m];
        squares = new double[m];
        mean = new double[m];
        spread = new double[m];
      }

      void add(PairsFile file, int condition, int[] run, SnapshotsFile small) {
        int m = names.size();
        double[] own = small.observables(file.conditions().get(condition), run.length, m);
        int runs = 1 + Arrays.stream(run).max().orElse(0);
        int records = run.length / runs;
        int[] of = file.ints(PairColumn.CONDITION);
        int[] sourceRun = file.ints(PairColumn.SOURCE_RUN);
        int[] sourceRecord = file.ints(PairColumn.SOURCE_RECORD);
        double[] z0 = file.doubles(PairColumn.Z0);
        for (int k = 0; k < of.length; k++) {
          long state = (long) sourceRun[k] * records + sourceRecord[k];
          if (of[k] == condition && sourceRun[k] >= 0 && state < run.length) {
            add(z0, k * m, own, (int) state * m);
          }
        }
      }

      private void add(double[] large, int at, double[] small, int from) {
        count++;
        for (int i = 0; i < names.size(); i++) {
          double difference = large[at + i] - small[from + i];
          sum[i] += difference;
          squares[i] += difference * difference;
          mean[i] += large[at + i];
          spread[i] += large[at + i] * large[at + i];
        }
      }

      Optional<String> sentence(Condition condition) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size() && count > 1; i++) {
          double off = sum[i] / count;
          double error = Math.sqrt(Math.max(0, squares[i] / count - off * off) / count);
          double level = mean[i] / count;
          double deviation = Math.sqrt(Math.max(0, spread[i] / count - level * level));
          if (Comparison.within(ERRORS, off, error).significant()
              && Verdict.of(off, SHARE * deviation) == Verdict.OVER) {
            parts.add(String.format(Locale.ROOT, "%s by %+.4f (%.4f)", names.get(i), off, error));
          }
        }
        return parts.isEmpty()
            ? Optional.empty()
            : Optional.of(
                condition.name()
                    + ": large states differ from the snapshots they are made of: "
                    + String.join(", ", parts)
                    + ".");
      }
    }
  }

  /**
   * The checks of one condition after the other.
   *
   * @param pairs those of the run
   * @param whole whether their increments are those of the whole
   * @param further pairs made in other ways
   */
  record ConditionChecks(Path pairs, boolean whole, FurtherPairs further) {
    List<Bias> of(CorrectedPrediction comparison) {
      return new Single(comparison).biases();
    }

    private final class Single {
      private final CorrectedPrediction comparison;
      private final SdeModel model;
      private final Condition condition;
      private final List<Bias> biases = new ArrayList<>();
      private Neighbourhood near;
      private int checks;

      Single(CorrectedPrediction comparison) {
        this.comparison = comparison;
        this.model = comparison.ensemble().model();
        this.condition = comparison.ensemble().condition();
      }

      List<Bias> biases() {
        Increments all = Increments.pairs(pairs, model, condition);
        if (!enough(all)) {
          return List.of();
        }
        near = neighbourhood(all);
        Residuals own = residuals(all);
        add(Check.FIT, CorrectionEstimate.misfit(own));
        Optional<Residuals> joint = joint().map(this::residuals);
        joint.ifPresent(
            r -> {
              if (!whole) {
                add(Check.ADDITIVITY, CorrectionEstimate.drift(r, own));
              }
              add(Check.KAPPA, CorrectionEstimate.noise(r));
            });
        Optional<CorrectionEstimate> half = duration(own, joint);
        Optional<Residuals> relaxed = made(Check.RELAXATION).map(this::residuals);
        relaxed.ifPresent(
            r ->
                add(
                    Check.RELAXATION,
                    CorrectionEstimate.drift(r, own).withNoise(CorrectionEstimate.ratio(r, own))));
        if (checks > 1) {
          together(best(own, joint, relaxed), half);
        }
        return biases;
      }

      /**
       * Where late values live by what all increments show. A fit to all states may lead out of
       * them; then they live where the prediction says.
       */
      private Neighbourhood neighbourhood(Increments all) {
        near = Neighbourhood.everywhere(all.variables());
        CorrectionEstimate first =
            best(
                residuals(all),
                joint().map(this::residuals),
                made(Check.RELAXATION).map(this::residuals));
        EquilibriumShift late = comparison.ensemble().quarter().run(List.of(first.best()), false);
        return Neighbourhood.of(late.leaves() ? comparison.plain() : late, model);
      }

      /**
       * What is closest to the large system: the whole of states that are relaxed longer. One set
       * of evolutions has one error; a sum of what each check mends would have the errors of all.
       * It is the equation itself that is mended, not its pairs: what it misses of these counts as
       * well.
       */
      private CorrectionEstimate best(
          Residuals own, Optional<Residuals> joint, Optional<Residuals> relaxed) {
        Optional<Residuals> jointOfRelaxed =
            whole ? relaxed : madeJoint(Check.RELAXATION).map(this::residuals);
        if (jointOfRelaxed.isPresent()) {
          Residuals r = jointOfRelaxed.get();
          Residuals measured = whole ? own : joint.orElse(own); // what kappa comes from
          return CorrectionEstimate.misfit(r, own).withNoise(CorrectionEstimate.noise(r, measured));
        }
        if (relaxed.isPresent()) {
          return CorrectionEstimate.misfit(relaxed.get(), own)
              .withNoise(CorrectionEstimate.ratio(relaxed.get(), own));
        }
        CorrectionEstimate noise =
            joint
                .map(r -> CorrectionEstimate.noise(r, own))
                .orElseGet(() -> CorrectionEstimate.misfit(own));
        return (joint.isEmpty() || whole
                ? CorrectionEstimate.misfit(own)
                : CorrectionEstimate.misfit(joint.get(), own))
            .withNoise(noise);
      }

      /** Half of the duration joins where it shows anything: else it would add its error alone. */
      private void together(CorrectionEstimate best, Optional<CorrectionEstimate> half) {
        boolean shorter =
            half.isPresent()
                && biases.stream().anyMatch(b -> b.check() == Check.DURATION && !b.silent());
        List<CorrectionEstimate> estimates =
            shorter ? List.of(best, half.orElseThrow()) : List.of(best);
        biases.addAll(comparison.of(Check.TOGETHER, estimates, shorter));
      }

      /**
       * Evolutions of the whole of half the duration against those of the duration, where there are
       * both: what patches miss is not counted twice. Else single patches of either duration.
       */
      private Optional<CorrectionEstimate> duration(Residuals own, Optional<Residuals> joint) {
        Optional<Residuals> half =
            joint.isEmpty()
                ? Optional.empty()
                : (whole ? made(Check.DURATION) : madeJoint(Check.DURATION)).map(this::residuals);
        Residuals base = half.isPresent() ? joint.orElseThrow() : own;
        Optional<CorrectionEstimate> estimate =
            half.or(() -> made(Check.DURATION).map(this::residuals))
                .map(
                    r ->
                        CorrectionEstimate.drift(r, base)
                            .withNoise(CorrectionEstimate.ratio(r, base)));
        estimate.ifPresent(each -> add(Check.DURATION, each));
        return estimate;
      }

      private void add(Check check, CorrectionEstimate estimate) {
        checks++;
        biases.addAll(comparison.of(check, List.of(estimate), check == Check.DURATION));
      }

      private Residuals residuals(Increments increments) {
        return Residuals.of(increments, model, condition.value(), comparison.signs(), near);
      }

      /**
       * Increments of the whole: of the pairs themselves, or else those made for the certificate.
       */
      private Optional<Increments> joint() {
        if (whole) {
          return Optional.of(Increments.pairs(pairs, model, condition))
              .filter(ConditionChecks::enough);
        }
        Optional<Increments> own =
            Optional.of(Increments.joint(pairs, model, condition)).filter(ConditionChecks::enough);
        return own.isPresent() ? own : madeJoint(Check.ADDITIVITY);
      }

      private Optional<Increments> made(Check check) {
        return Optional.ofNullable(further.files().get(check))
            .map(path -> Increments.pairs(path, model, condition))
            .filter(ConditionChecks::enough);
      }

      private Optional<Increments> madeJoint(Check check) {
        return Optional.ofNullable(further.files().get(check))
            .map(path -> Increments.joint(path, model, condition))
            .filter(ConditionChecks::enough);
      }
    }

    private static boolean enough(Increments increments) {
      return Residuals.enough(increments.count(), increments.variables());
    }
  }
}
