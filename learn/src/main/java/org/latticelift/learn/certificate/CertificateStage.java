package org.latticelift.learn.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.certificate.Certificate.CertificateFile;
import org.latticelift.learn.certificate.Check.FurtherPairs;
import org.latticelift.learn.certificate.Check.Quantity;
import org.latticelift.learn.certificate.Check.Quantity.Bias;
import org.latticelift.learn.certificate.Comparison.DirectRuns;
import org.latticelift.learn.certificate.Comparison.RunResults;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.Steps;
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

  /**
   * The difference of a prediction and direct runs of the large system, where a run has them: what
   * the checks together are to say. Its error is that of both; that of the prediction is the spread
   * over its models, each of which has other pairs (EX-31); a single model has no error of its own.
   */
  static final class DirectDifference {
    private DirectDifference() {}

    /** In the order of the observables; none without enough runs. */
    static List<Bias> of(Comparison comparison, List<TimeSeries> runs) {
      List<String> names = comparison.ensemble().model().map().observables();
      DirectRuns direct = new DirectRuns(runs, comparison.ensemble().model().map());
      List<Bias> found = new ArrayList<>();
      for (int i = 0; i < names.size() && direct.known(); i++) {
        for (Quantity quantity : comparison.quantities(i)) {
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
    private static double spread(Comparison comparison, Quantity quantity, int observable) {
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
        int runs = 1 + java.util.Arrays.stream(run).max().orElse(0);
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

      java.util.Optional<String> sentence(Condition condition) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size() && count > 1; i++) {
          double off = sum[i] / count;
          double error = Math.sqrt(Math.max(0, squares[i] / count - off * off) / count);
          double level = mean[i] / count;
          double deviation = Math.sqrt(Math.max(0, spread[i] / count - level * level));
          if (Math.abs(off) > ERRORS * error && Math.abs(off) > SHARE * deviation) {
            parts.add(String.format(Locale.ROOT, "%s by %+.4f (%.4f)", names.get(i), off, error));
          }
        }
        return parts.isEmpty()
            ? java.util.Optional.empty()
            : java.util.Optional.of(
                condition.name()
                    + ": large states differ from the snapshots they are made of: "
                    + String.join(", ", parts)
                    + ".");
      }
    }
  }
}
