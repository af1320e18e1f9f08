package org.latticelift.learn.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The key {@code experiment}. Values of other keys are written with dots, {@code {lattice.small: 8,
 * train.kappa: 1}}; a variant overrides the size, and the command line overrides both.
 *
 * @param reference published values by quantity and variant
 * @param referenceWithPreset further ones, of quantities that only the preset has, such as errors
 *     of variables in the authors' scaling
 * @param fits fits over sizes, by name
 */
public record ExperimentConfig(
    @Part Runs runs,
    @Default("[error]")
        @Doc(
            "columns of the table: error, error_latents, diffusion, slope, bias, peak, mmd,"
                + " mmd_late, mmd_observables, diverged, coverage, path_coverage; of the first observable: late_mean,"
                + " late_std, relaxation_time, abs_mean, susceptibility, binder, reversals,"
                + " correlation_time, ks,"
                + " wasserstein; late_mean.NAME (of another), late_mean.all (of each)")
        List<Column> quantities,
    @Default("{}") @Doc("published values, by quantity and variant")
        Map<String, Map<String, Double>> reference,
    @Default("{}") @Doc("published values of quantities that are the same with a preset only")
        Map<String, Map<String, Double>> referenceWithPreset,
    @Default("auto") @Doc("records of equal time or index; auto: index where runs are by events")
        Comparison compare,
    @Doc("ratios between two series, such as {quantities: [error], of: baseline, to: ours}")
        Optional<Ratio> ratio,
    @Doc("differences, such as {quantity: mmd, variant: kappa-5, against: [kappa-1, kappa-20]}")
        Optional<Contrast> contrast,
    @Doc("a column: reports from which variant on later ones do not make it smaller")
        Optional<Column> enough,
    @Default("{}")
        @Doc("fits over sizes, by name, such as {exponent: {kind: power, quantity: abs_mean}}")
        Map<String, SizeFitConfig> fits,
    @Doc(
            "{quantity: error} against the number in names of variants, {start: NAME}: curves,"
                + " {density: OBSERVABLE} or {panels: OBSERVABLE}")
        Optional<FigureSpec> figure) {
  private static final String DIRECT = "direct";
  private static final String VARIANTS = "variants";

  /** What the repeats of an experiment recompute. */
  public enum Repeated {
    /** All of a run. */
    RUN,
    TRAINING
  }

  /** Which records are compared. */
  public enum Comparison {
    /** By index where direct runs are recorded by events, else by time. */
    AUTO,
    /** Direct runs are interpolated at the times of the prediction. */
    TIME,
    /** The k-th record of one with the k-th of the other. */
    INDEX
  }

  /** Ratios of quantities. */
  public record Ratio(
      @Doc("columns of the table") List<Column> quantities,
      @Doc("series above") String of,
      @Doc("series below") String to) {}

  /** Differences of one variant to others. */
  public record Contrast(
      @Doc("a column of the table") Column quantity,
      @Doc("from which the others are subtracted") String variant,
      @Doc("the others") List<String> against) {}

  /** What is drawn. */
  public record FigureSpec(
      @Doc("a column, against the number in names of variants") Optional<Column> quantity,
      @Doc("mean and deviation against time from this initial state") Optional<String> start,
      @Doc("density of this observable over the second half") Optional<String> density,
      @Doc(
              "one trajectory of this observable, and its density, for each variant beside direct"
                  + " runs")
          Optional<String> panels,
      @Doc("variants drawn as curves, densities and panels; default all")
          Optional<List<String>> variants,
      @Default("small system") @Doc("title of the axis of the numbers in names of variants")
          String axis) {
    /** Curves against time are drawn where they are asked for, and where nothing else is. */
    boolean againstTime() {
      return start.isPresent() || quantity.isEmpty() && density.isEmpty() && panels.isEmpty();
    }
  }

  /** Checks names. */
  public ExperimentConfig {
    if (runs.variants.keys().isEmpty()) {
      throw mistake("no variants", "experiment.variants", "at least one");
    }
    if (!runs.sizes.keys().isEmpty() && !runs.sizes.keys().contains(runs.size)) {
      throw mistake(
          "no size '" + runs.size + "'", "experiment.size", "one of " + runs.sizes.keys());
    }
    boolean needsStarts = quantities.stream().anyMatch(column -> column.quantity().ofPredictions());
    if (needsStarts && runs.starts.keys().isEmpty()) {
      throw mistake(
          "quantities of predictions without initial states",
          "experiment.starts",
          "at least one, such as up: {lattice.large_start: 0.5}");
    }
    ComparedWith.check(runs.variants);
    checkSeries(runs.sizes.section(runs.size), runs.variants);
    requireKnown(reference, runs.variants, "experiment.reference");
    requireKnown(referenceWithPreset, runs.variants, "experiment.reference_with_preset");
    contrast.ifPresent(
        both -> {
          requireVariant(runs.variants, both.variant(), "experiment.contrast.variant");
          both.against()
              .forEach(name -> requireVariant(runs.variants, name, "experiment.contrast.against"));
        });
  }

  private static void requireKnown(
      Map<String, Map<String, Double>> values, ConfigNode variants, String key) {
    for (Map.Entry<String, Map<String, Double>> column : values.entrySet()) {
      Column.of(column.getKey(), key);
      for (String variant : column.getValue().keySet()) {
        if (!Variant.isTruth(variant)) {
          requireVariant(variants, variant, key + "." + column.getKey());
        }
      }
    }
  }

  private static void requireVariant(ConfigNode variants, String name, String key) {
    if (!variants.keys().contains(name)) {
      throw mistake("no variant '" + name + "'", key, "one of " + variants.keys());
    }
  }

  private static LatticeLiftException mistake(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the section");
  }

  /**
   * The keys that an amount of work changes for all variants ({@code work}: one of the sizes, or
   * any other name for none).
   */
  public ConfigNode ofSize(String work) {
    return runs.sizes.section(work).without(Set.of(VARIANTS));
  }

  /**
   * The keys that a variant changes ({@code work}: one of the sizes, which may have values for
   * series of variants, or any other name); values of other keys; those of the variant itself come
   * before those of its series.
   */
  public ConfigNode values(String variant, String work) {
    ConfigNode values = runs.variants.get(variant).without(Set.of(ComparedWith.KEY));
    ConfigNode series = runs.sizes.section(work).section(VARIANTS);
    for (String name : series.keys()) {
      if (isOf(variant, name)) {
        values = values.over(series.get(name));
      }
    }
    return values;
  }

  /** Whether a variant is a series of one, or one of a series, such as ours-64-2.27 of ours-64. */
  private static boolean isOf(String variant, String series) {
    return variant.equals(series) || variant.startsWith(series + "-");
  }

  /** Of the chosen size alone, as the variants may be others than those of the file. */
  private static void checkSeries(ConfigNode size, ConfigNode variants) {
    for (String series : size.section(VARIANTS).keys()) {
      if (variants.keys().stream().noneMatch(variant -> isOf(variant, series))) {
        throw mistake(
            "no variant '" + series + "', and none that begins so",
            size.section(VARIANTS).get(series).where(),
            "one of " + variants.keys() + ", or what names begin with before a '-'");
      }
    }
  }

  /**
   * The keys of section {@code direct} that a variant changes: they hold for the direct runs of its
   * size ({@code work}: one of the sizes, or any other name for none); values of other keys; none
   * for most variants.
   */
  public ConfigNode direct(String variant, String work) {
    ConfigNode values = values(variant, work);
    Set<String> keys =
        values.keys().stream()
            .filter(key -> key.equals(DIRECT) || key.startsWith(DIRECT + "."))
            .collect(Collectors.toSet());
    return values.only(keys);
  }

  /**
   * Whose direct runs a variant is compared with; itself, or the variant at the end of what {@code
   * compare_with} names.
   */
  public String comparedWith(String variant) {
    return ComparedWith.end(runs.variants, variant);
  }

  /**
   * Which repeat makes the data and the encoder of another ({@code repeat}: 0 for the first);
   * itself, or the first where only trainings are repeated.
   */
  public int dataOf(int repeat) {
    return runs.repeatOf == Repeated.TRAINING ? 0 : repeat;
  }

  /** The published value ({@code variant}: row); NaN if there is none. */
  double published(Column quantity, String variant) {
    return reference.getOrDefault(quantity.key(), Map.of()).getOrDefault(variant, Double.NaN);
  }

  /** The experiment with a preset. */
  public ExperimentConfig ofPreset() {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>(reference);
    all.putAll(referenceWithPreset);
    return with(quantities, all, Map.of(), ratio);
  }

  private ExperimentConfig with(
      List<Column> columns,
      Map<String, Map<String, Double>> published,
      Map<String, Map<String, Double>> publishedWithPreset,
      Optional<Ratio> ratios) {
    return new ExperimentConfig(
        runs,
        columns,
        published,
        publishedWithPreset,
        compare,
        ratios,
        contrast,
        enough,
        fits,
        figure);
  }

  /**
   * Whether a quantity compares all variables of the equation; true where direct runs must hold
   * closure variables, if there are some.
   */
  public boolean ofLatents() {
    return quantities.stream().anyMatch(column -> column.quantity().ofLatents());
  }

  /**
   * The experiment with a column for each observable that columns stand for ({@code observables}:
   * their names, in order; {@code parameter}: that conditions vary, such as {@code temperature}),
   * without {@code all}; an error where a column is of no observable, or of none of the table, or
   * makes no sense for this parameter.
   */
  public ExperimentConfig of(List<String> observables, String parameter) {
    List<Column> columns = expanded(quantities, observables);
    requireTemperature(columns, parameter);
    contrast.ifPresent(it -> requireOne(it.quantity(), columns, "experiment.contrast"));
    enough.ifPresent(it -> requireOne(it, columns, "experiment.enough"));
    fits.forEach((name, it) -> requireOne(it.quantity(), columns, "experiment.fits." + name));
    figure
        .flatMap(FigureSpec::quantity)
        .ifPresent(
            it ->
                it.expanded(observables)
                    .forEach(each -> requireOne(each, columns, "experiment.figure")));
    figure.stream()
        .flatMap(it -> Stream.concat(it.density().stream(), it.panels().stream()))
        .forEach(it -> new Column(Quantity.LATE_MEAN, Optional.of(it)).expanded(observables));
    Optional<Ratio> ratios =
        ratio.map(it -> new Ratio(expanded(it.quantities(), observables), it.of(), it.to()));
    return with(columns, reference, referenceWithPreset, ratios);
  }

  /**
   * Whether something is measured of single trajectories of predictions; true where {@code
   * ensemble.keep_trajectories} is needed.
   */
  public boolean needsTrajectories() {
    return quantities.stream()
        .map(Column::quantity)
        .anyMatch(it -> it.ofPredictions() && it != Quantity.DIVERGED);
  }

  private static void requireTemperature(List<Column> columns, String parameter) {
    boolean wanted = columns.stream().anyMatch(c -> c.quantity() == Quantity.SUSCEPTIBILITY);
    if (wanted && !parameter.startsWith("temperature")) {
      throw mistake(
          "a susceptibility where conditions are of " + parameter,
          "experiment.quantities",
          "systems with a temperature");
    }
  }

  private static List<Column> expanded(List<Column> columns, List<String> observables) {
    return columns.stream().flatMap(each -> each.expanded(observables).stream()).toList();
  }

  private static void requireOne(Column column, List<Column> columns, String key) {
    if (!columns.contains(column)) {
      throw mistake(
          "no column '" + column.key() + "'",
          key,
          "one of experiment.quantities: " + columns.stream().map(Column::key).toList());
    }
  }

  /**
   * The key {@code compare_with} of variants: another variant whose direct runs a variant is
   * compared with, such as those of a smaller system where its own would take too long.
   */
  static final class ComparedWith {
    static final String KEY = "compare_with";

    private ComparedWith() {}

    /** An error where a variant names none, itself or a circle, or has the name of direct runs. */
    static void check(ConfigNode variants) {
      for (String variant : variants.keys()) {
        if (Variant.isTruth(variant)) {
          throw LatticeLiftException.badData(
              "'" + variant + "' is a name of direct runs",
              variants.get(variant).where(),
              "a name other than truth and truth-SIZE",
              "Rename the variant");
        }
        end(variants, variant);
      }
    }

    /** The last variant of the chain that begins with one. */
    static String end(ConfigNode variants, String variant) {
      Set<String> chain = new LinkedHashSet<>();
      String last = variant;
      Optional<ConfigNode> next = next(variants, last);
      while (next.isPresent()) {
        chain.add(last);
        String name = next.get().text();
        if (!variants.keys().contains(name)) {
          throw mistake("no variant '" + name + "'", next.get(), others(variants, last));
        }
        if (name.equals(last)) {
          throw mistake(
              "'" + name + "' is compared with itself", next.get(), others(variants, last));
        }
        if (chain.contains(name)) {
          throw mistake(
              "a circle: " + String.join(", ", chain) + ", " + name,
              next.get(),
              List.of("a chain that ends at a variant without " + KEY));
        }
        last = name;
        next = next(variants, last);
      }
      return last;
    }

    private static Optional<ConfigNode> next(ConfigNode variants, String variant) {
      return variants.get(variant).find(KEY);
    }

    private static List<String> others(ConfigNode variants, String variant) {
      return variants.keys().stream().filter(name -> !name.equals(variant)).toList();
    }

    private static LatticeLiftException mistake(String what, ConfigNode at, List<String> allowed) {
      return LatticeLiftException.badData(
          what, at.where(), "one of " + allowed, "Correct " + KEY + " or leave it out");
    }
  }

  /** What is run: variants in one of the sizes. */
  public record Runs(
      @Default("quick") @Doc("which of 'sizes' is run") String size,
      @Default("{}")
          @Doc(
              "amounts of work: values of other keys, by name; variants: values for variants whose"
                  + " names begin so")
          ConfigNode sizes,
      @Default("{}") @Doc("values of other keys that hold with a preset") ConfigNode withPreset,
      @Doc(
              "runs: values of other keys, by name; compare_with names a variant whose direct runs"
                  + " are those of this one")
          ConfigNode variants,
      @Default("{}") @Doc("initial states of predictions and direct runs, by name")
          ConfigNode starts,
      @Default("1") @Range(min = 1, max = 1000) @Doc("runs of each variant, seeds following")
          int repeats,
      @Default("run")
          @Doc("what repeats recompute: all of a run, or only what follows its encoder and pairs")
          Repeated repeatOf) {}
}
