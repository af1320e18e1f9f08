package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.experiment.Measured.FitResult;
import org.latticelift.learn.experiment.Measured.OfModels;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Coverage;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * What an experiment measured, beside what was published.
 *
 * @param config the experiment
 * @param rows measured quantities by variant, in order
 * @param faults what makes numbers doubtful, by variant; empty where nothing is known
 * @param coverages how often intervals hold the truth, by variant; empty unless asked for
 * @param seed of resampling
 */
public record ExperimentTable(
    ExperimentConfig config,
    Map<String, Map<Column, Measured>> rows,
    Map<String, List<Faults.Fault>> faults,
    Map<String, List<Coverage>> coverages,
    long seed) {
  /** One word for each thing that makes a number doubtful; empty for none. */
  String marks(String variant, Column column) {
    return Faults.marks(faults.getOrDefault(variant, List.of()), column);
  }

  private record Row(String variant, Column quantity, Measured of) {}

  private List<Row> measured() {
    List<Row> all = new ArrayList<>();
    rows.forEach((variant, row) -> row.forEach((q, value) -> all.add(new Row(variant, q, value))));
    return all;
  }

  private double published(Row row) {
    return config.published(row.quantity(), row.variant());
  }

  /** The table as text, ratios below. */
  public List<String> lines() {
    List<String> lines =
        new ArrayList<>(
            ResultTable.of(measured())
                .text("variant", Row::variant)
                .text("quantity", row -> row.quantity().key())
                .text("reference", row -> number(published(row)))
                .text("measured", row -> number(row.of().value()))
                .text("95 %", row -> interval(row.of()))
                .text("doubtful", row -> marks(row.variant(), row.quantity()))
                .table()
                .lines());
    faults.forEach(
        (variant, all) ->
            all.forEach(
                fault ->
                    lines.add(
                        "doubtful ("
                            + fault.mark().word()
                            + "), "
                            + variant
                            + ": "
                            + fault.text())));
    lines.addAll(ratios());
    config.contrast().ifPresent(contrast -> lines.addAll(contrasts(contrast)));
    config.enough().ifPresent(quantity -> lines.add(enough(quantity)));
    if (!config.fits().isEmpty()) {
      lines.addAll(fitLines());
    }
    coverages.forEach(
        (variant, all) -> all.forEach(coverage -> lines.add(coverage.sentence(variant))));
    return lines;
  }

  List<FitResult> fits() {
    SizeFits fits = new SizeFits(rows, seed);
    return config.fits().entrySet().stream()
        .flatMap(fit -> fits.of(fit.getKey(), fit.getValue()).stream())
        .toList();
  }

  private List<String> fitLines() {
    return ResultTable.of(fits())
        .text("fit", FitResult::name)
        .text("series", FitResult::series)
        .text("reference", fit -> number(fit.published()))
        .text("measured", fit -> number(fit.measured().value()))
        .text("95 %", fit -> interval(fit.measured()))
        .text("points", fit -> Integer.toString(fit.points()))
        .table()
        .lines();
  }

  /** The fits for programs; comma-separated values, a header first. */
  public String fitsCsv() {
    return ResultTable.of(fits())
        .text("fit", FitResult::name)
        .text("series", FitResult::series)
        .exact("reference", FitResult::published)
        .exact("measured", fit -> fit.measured().value())
        .exact("lower95", fit -> fit.measured().interval().lower())
        .exact("upper95", fit -> fit.measured().interval().upper())
        .text("points", fit -> Integer.toString(fit.points()))
        .table()
        .csv();
  }

  /** The first variant that no later one is better than by more than both intervals allow. */
  private String enough(Column quantity) {
    List<String> names = rows.keySet().stream().filter(n -> !n.equals(Variant.TRUTH)).toList();
    int first = 0;
    for (int later = 1; later < names.size(); later++) {
      if (better(cell(names.get(later), quantity), cell(names.get(first), quantity))) {
        first = later;
      }
    }
    Measured best = cell(names.get(first), quantity);
    String what = quantity.key() + " " + number(best.value()) + " with " + names.get(first);
    return first + 1 < names.size()
        ? what + ": none of the later variants is better beyond the intervals"
        : what + ", the last variant: more may help";
  }

  /** Whether the difference is larger than the half widths of both intervals together. */
  private static boolean better(Measured one, Measured other) {
    double allowed = Math.hypot(one.halfWidth(), other.halfWidth());
    return one.value() < other.value()
        && Verdict.of(one.value() - other.value(), allowed) == Verdict.OVER;
  }

  private Measured cell(String variant, Column quantity) {
    return rows.get(variant).get(quantity);
  }

  /** Differences of one variant to others, paired over repeats and initial states. */
  private List<String> contrasts(ExperimentConfig.Contrast contrast) {
    Column quantity = contrast.quantity();
    Measured one = cell(contrast.variant(), quantity);
    List<String> lines = new ArrayList<>();
    for (String name : contrast.against()) {
      Measured other = cell(name, quantity);
      lines.add(
          String.format(
              Locale.ROOT,
              "%s, %s minus %s: %s",
              quantity.key(),
              contrast.variant(),
              name,
              difference(one, other)));
    }
    return lines;
  }

  private String difference(Measured one, Measured other) {
    Optional<OfModels> models = one.models().filter(m -> config.runs().repeats() == 1);
    Optional<OfModels> others =
        other.models().filter(o -> models.filter(o::pairedWith).isPresent());
    if (others.isPresent()) {
      Measured paired = models.orElseThrow().minus(others.get());
      return String.format(
          Locale.ROOT,
          "%s, 95 %% %s to %s, %d models on the same parts of the data in pairs",
          number(paired.value()),
          number(paired.interval().lower()),
          number(paired.interval().upper()),
          models.get().values().length);
    }
    PairedDifference difference = new PairedDifference(one.cells(), other.cells());
    Interval interval = difference.interval(seed);
    return String.format(
        Locale.ROOT,
        "%s, 90 %% %s to %s, %d repeats and %d initial states in pairs",
        number(difference.mean()),
        number(interval.lower()),
        number(interval.upper()),
        one.cells().size(),
        one.cells().get(0).length);
  }

  private List<String> ratios() {
    List<String> lines = new ArrayList<>();
    config
        .ratio()
        .ifPresent(
            ratio -> {
              for (Column quantity : ratio.quantities()) {
                rows.keySet().forEach(name -> ratio(ratio, quantity, name, lines));
              }
            });
    return lines;
  }

  private void ratio(
      ExperimentConfig.Ratio ratio, Column quantity, String name, List<String> lines) {
    Variant below = new Variant(name);
    String above = ratio.of() + name.substring(below.series().length());
    if (!below.series().equals(ratio.to()) || !rows.containsKey(above)) {
      return;
    }
    double measured = value(above, quantity) / value(name, quantity);
    double published = config.published(quantity, above) / config.published(quantity, name);
    lines.add(
        quantity.key()
            + ", "
            + above
            + " over "
            + name
            + ": "
            + number(measured)
            + (Double.isNaN(published) ? "" : " (reference " + number(published) + ")"));
  }

  private double value(String variant, Column quantity) {
    Measured measured = cell(variant, quantity);
    return measured == null ? Double.NaN : measured.value();
  }

  /** The table for programs; comma-separated values, a header first. */
  public String csv() {
    return ResultTable.of(measured())
        .text("variant", Row::variant)
        .text("quantity", row -> row.quantity().key())
        .exact("reference", this::published)
        .exact("measured", row -> row.of().value())
        .exact("lower95", row -> row.of().interval().lower())
        .exact("upper95", row -> row.of().interval().upper())
        .text("doubtful", row -> marks(row.variant(), row.quantity()))
        .table()
        .csv();
  }

  /** What the values are means of, for programs; comma-separated values, a header first. */
  public String cells() {
    ResultTable table = new ResultTable("variant", "quantity", "repeat", "start", "value");
    for (Row row : measured()) {
      int repeat = 1;
      for (double[] starts : row.of().cells()) {
        for (int start = 0; start < starts.length; start++) {
          table.row(
              row.variant(),
              row.quantity().key(),
              Integer.toString(repeat),
              starts.length > 1 ? config.runs().starts().keys().get(start) : "",
              CsvCell.of(starts[start]));
        }
        repeat++;
      }
    }
    return table.csv();
  }

  /**
   * Every interval that was compared with the truth, for programs; comma-separated values, a header
   * first; nothing unless coverage was asked for.
   */
  public Optional<String> intervals() {
    return coverages.isEmpty() ? Optional.empty() : Optional.of(Coverage.csv(coverages));
  }

  private static String interval(Measured measured) {
    return Double.isNaN(measured.interval().lower())
        ? ""
        : number(measured.interval().lower()) + " to " + number(measured.interval().upper());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * Mean difference of two variants that share repeats (data, encoder, seeds) and initial states.
   *
   * @param one a row per repeat, a value per initial state
   * @param other the same of the other variant
   */
  record PairedDifference(List<double[]> one, List<double[]> other) {
    private static final int RESAMPLES = 5000;

    double mean() {
      int[] repeats = range(one.size());
      return mean(repeats, range(one.get(0).length));
    }

    private static int[] range(int length) {
      int[] range = new int[length];
      java.util.Arrays.setAll(range, i -> i);
      return range;
    }

    private double mean(int[] repeats, int[] starts) {
      double sum = 0;
      for (int repeat : repeats) {
        for (int start : starts) {
          sum += one.get(repeat)[start] - other.get(repeat)[start];
        }
      }
      return sum / repeats.length / starts.length;
    }

    /** Central 90 %: repeats and initial states are drawn with replacement, each on its own. */
    Interval interval(long seed) {
      RandomStream stream = new Streams(seed).stream(Purpose.BOOTSTRAP, 17);
      int[] repeats = new int[one.size()];
      int[] starts = new int[one.get(0).length];
      double[] values = new double[RESAMPLES];
      for (int i = 0; i < RESAMPLES; i++) {
        draw(repeats, stream);
        draw(starts, stream);
        values[i] = mean(repeats, starts);
      }
      return Bootstrap.central(values, 90);
    }

    private static void draw(int[] chosen, RandomStream stream) {
      int count = chosen.length;
      java.util.Arrays.setAll(chosen, i -> stream.below(count));
    }
  }
}
