package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.output.CsvWriter.CsvCell;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.evaluate.IntervalCheck.Coverage;
import org.latticelift.learn.experiment.Measured.FitResult;
import org.latticelift.learn.experiment.Measured.OfModels;
import org.latticelift.learn.experiment.Quantity.Column;
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

  /** The table as text, ratios below. */
  public List<String> lines() {
    ResultTable table =
        new ResultTable("variant", "quantity", "reference", "measured", "95 %", "doubtful");
    for (var row : rows.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        table.row(
            row.getKey(),
            cell.getKey().key(),
            number(config.published(cell.getKey(), row.getKey())),
            number(cell.getValue().value()),
            interval(cell.getValue()),
            marks(row.getKey(), cell.getKey()));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
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

  /** What the fits over sizes gave. */
  List<FitResult> fits() {
    SizeFits fits = new SizeFits(rows, seed);
    return config.fits().entrySet().stream()
        .flatMap(fit -> fits.of(fit.getKey(), fit.getValue()).stream())
        .toList();
  }

  private List<String> fitLines() {
    ResultTable table = new ResultTable("fit", "series", "reference", "measured", "95 %", "points");
    for (FitResult fit : fits()) {
      table.row(
          fit.name(),
          fit.series(),
          number(fit.published()),
          number(fit.measured().value()),
          interval(fit.measured()),
          Integer.toString(fit.points()));
    }
    return table.lines();
  }

  /** The fits for programs; comma-separated values, a header first. */
  public String fitsCsv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("fit", "series", "reference", "measured", "lower95", "upper95", "points"));
    for (FitResult fit : fits()) {
      lines.add(
          List.of(
              fit.name(),
              fit.series(),
              CsvCell.of(fit.published()),
              CsvCell.of(fit.measured().value()),
              CsvCell.of(fit.measured().interval().lower()),
              CsvCell.of(fit.measured().interval().upper()),
              Integer.toString(fit.points())));
    }
    return CsvWriter.text(lines);
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
    return one.value() < other.value() - allowed;
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
    Optional<OfModels> models = one.models().filter(m -> config.repeats() == 1);
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
    Bootstrap.Interval interval = difference.interval(seed);
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
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of("variant", "quantity", "reference", "measured", "lower95", "upper95", "doubtful"));
    for (var row : rows.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        Measured measured = cell.getValue();
        double published = config.published(cell.getKey(), row.getKey());
        lines.add(
            List.of(
                row.getKey(),
                cell.getKey().key(),
                CsvCell.of(published),
                CsvCell.of(measured.value()),
                CsvCell.of(measured.interval().lower()),
                CsvCell.of(measured.interval().upper()),
                marks(row.getKey(), cell.getKey())));
      }
    }
    return CsvWriter.text(lines);
  }

  /** What the values are means of, for programs; comma-separated values, a header first. */
  public String cells() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("variant", "quantity", "repeat", "start", "value"));
    for (var row : rows.entrySet()) {
      for (var cell : row.getValue().entrySet()) {
        int repeat = 1;
        for (double[] starts : cell.getValue().cells()) {
          for (int start = 0; start < starts.length; start++) {
            String name = starts.length > 1 ? config.starts().keys().get(start) : "";
            lines.add(
                List.of(
                    row.getKey(),
                    cell.getKey().key(),
                    Integer.toString(repeat),
                    name,
                    CsvCell.of(starts[start])));
          }
          repeat++;
        }
      }
    }
    return CsvWriter.text(lines);
  }

  /**
   * Every interval that was compared with the truth, for programs; comma-separated values, a header
   * first; nothing unless coverage was asked for.
   */
  public Optional<String> intervals() {
    if (coverages.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> lines = new ArrayList<>(List.of(Coverage.titles()));
    coverages.forEach(
        (variant, all) -> all.forEach(coverage -> lines.addAll(coverage.rows(variant))));
    return Optional.of(CsvWriter.text(lines));
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
    Bootstrap.Interval interval(long seed) {
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
