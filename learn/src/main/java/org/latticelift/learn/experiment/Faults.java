package org.latticelift.learn.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.latticelift.learn.certificate.Check;
import org.latticelift.learn.certificate.TrainingFit;
import org.latticelift.learn.evaluate.Calibration;
import org.latticelift.learn.evaluate.Calibration.PairCalibration;
import org.latticelift.learn.evaluate.Limits;
import org.latticelift.learn.evaluate.MeasuredRelaxation;
import org.latticelift.learn.judgement.Comparison;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.statistics.Criterion;
import org.latticelift.sim.statistics.Drift;
import org.latticelift.sim.statistics.LateAverages;

/**
 * What makes numbers of an experiment doubtful (DI-49): the rules that reports apply to runs,
 * applied to direct runs and predictions from every initial state. Late values, of the second half,
 * need trajectories that have forgotten their start; all numbers of a prediction need an equation
 * that has been trained to the end.
 */
final class Faults {
  /** Shifts beyond so many standard errors are no chance. */
  private static final double SIGNIFICANT = 3;

  private final ExperimentRuns runs;
  private final List<Column> late;
  private final List<Column> all;

  /** What is wrong, in one word for tables. */
  enum Mark {
    /** Trajectories still know where they began. */
    START,
    /** Trajectories lie apart. */
    MIXING,
    /** Too few independent values for an error. */
    FEW,
    /** The drift is not that of the pairs. */
    TRAINING,
    /** The diffusion is not that of the pairs. */
    NOISE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One doubt.
   *
   * @param columns which numbers of a row it concerns
   * @param text what is wrong and what to do
   */
  record Fault(Mark mark, List<Column> columns, String text) {}

  /**
   * @param columns of the table, without coverages
   */
  Faults(ExperimentRuns runs, List<Column> columns) {
    this.runs = runs;
    this.all = columns;
    this.late = columns.stream().filter(column -> column.quantity().ofObservables()).toList();
  }

  List<Fault> ofTruth(Path folder) {
    List<Fault> faults = new ArrayList<>();
    ComparedRun run = runs.of(folder);
    for (String start : late.isEmpty() ? List.<String>of() : runs.starts()) {
      Curves curves = Curves.of(runs.direct(folder, start));
      String what = "direct runs from " + start;
      OptionalDouble covered = covered(curves);
      String longer =
          run.remedies()
              .lengthenDirect(
                  run.condition().name(),
                  Math.max(2, Limits.FEW_RELAXATION_TIMES / covered.orElse(Double.MAX_VALUE)));
      faults.addAll(ofStart(covered, what, longer));
      Map<Criterion, List<Column>> failed = new LinkedHashMap<>();
      for (Column column : late) {
        List<double[]> values = values(curves, component(folder, column), column);
        int half = values.get(0).length / 2;
        for (Criterion each :
            LateAverages.of(List.of(values), half).observables().get(0).failed()) {
          failed.computeIfAbsent(each, e -> new ArrayList<>()).add(column);
        }
      }
      failed.forEach(
          (criterion, columns) ->
              faults.add(
                  new Fault(
                      mark(criterion),
                      columns,
                      what + ": " + criterion.failure() + of(columns) + ". " + longer)));
    }
    return faults;
  }

  private static Mark mark(Criterion criterion) {
    return switch (criterion) {
      case TRANSIENT, DRIFT -> Mark.START;
      case MIXING -> Mark.MIXING;
      case BLOCKS -> Mark.FEW;
    };
  }

  private List<Fault> ofStart(OptionalDouble covered, String what, String remedy) {
    if (!(covered.orElse(Double.MAX_VALUE) < Limits.FEW_RELAXATION_TIMES)) {
      return List.of();
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s cover only %.1f relaxation times (%.0f are advised). %s",
            what,
            covered.getAsDouble(),
            Limits.FEW_RELAXATION_TIMES,
            remedy);
    return List.of(new Fault(Mark.START, late, text));
  }

  /** Relaxation times in a trajectory, by the slowest observable that moves clearly. */
  private static OptionalDouble covered(Curves curves) {
    OptionalDouble longest = MeasuredRelaxation.longest(Curves.series(curves));
    double duration = curves.time()[curves.time().length - 1] - curves.time()[0];
    return longest.isPresent()
        ? OptionalDouble.of(duration / longest.getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * Of a prediction ({@code row}: what was measured of it: a shift of a late mean within its
   * interval is no fault).
   */
  List<Fault> ofPrediction(Path folder, Map<Column, Measured> row) {
    ComparedRun run = runs.of(folder);
    List<Fault> faults = new ArrayList<>();
    Curves first = null;
    for (String start : runs.starts()) {
      int m = runs.observables(folder, start).size();
      Curves curves = ExperimentRuns.predicted(folder, start).observables(m);
      if (curves.size() == 0) {
        continue; // all have diverged, which a column says
      }
      first = first == null ? curves : first;
      if (!late.isEmpty()) {
        String what = "predictions from " + start;
        faults.addAll(ofStart(covered(curves), what, run.remedies().predictLonger()));
        List<Column> drifting = late.stream().filter(c -> drifts(folder, curves, c)).toList();
        if (!drifting.isEmpty()) {
          String text = what + " still drift in their second half" + of(drifting) + ". ";
          faults.add(new Fault(Mark.START, drifting, text + run.remedies().predictLonger()));
        }
      }
    }
    SdeModel model = ModelFile.read(folder.resolve(ModelFile.NAME));
    if (first != null && run.wholeIncrements()) {
      faults.addAll(ofTraining(folder, model, first, row));
    }
    return faults;
  }

  private boolean drifts(Path folder, Curves curves, Column column) {
    List<double[]> values =
        values(curves, component(folder, column), column).stream()
            .map(run -> Arrays.copyOfRange(run, run.length / 2, run.length))
            .toList();
    Drift drift = Drift.of(values);
    boolean large = Verdict.of(drift.value(), runs.of(folder).smallDrift()) == Verdict.OVER;
    return large && !drift.steady();
  }

  private List<Fault> ofTraining(
      Path folder, SdeModel model, Curves curves, Map<Column, Measured> row) {
    List<Fault> faults = new ArrayList<>();
    Path closed = folder.resolve(PairsFile.LATENT);
    Path path = Files.exists(closed) ? closed : folder.resolve(PairsFile.NAME);
    Calibration noise;
    boolean known;
    try (PairsFile pairs = PairsFile.open(path)) {
      String condition = runs.of(folder).condition().name();
      known = pairs.observables().equals(model.map().observables());
      noise = known ? new PairCalibration(pairs, model).at(condition) : Calibration.NONE;
    }
    List<Column> own = all.stream().filter(column -> column.quantity().ofPredictions()).toList();
    if (noise.tooSmall() || noise.tooLarge()) {
      faults.add(
          new Fault(
              Mark.NOISE,
              own,
              String.format(
                  Locale.ROOT,
                  "the learned diffusion is %s: standardised residuals average %.2f, not 1. To"
                      + " do: %s.",
                  noise.tooSmall() ? "too small" : "too large",
                  noise.ratio(),
                  Check.FIT.remedy())));
    }
    boolean observed = model.map().observables().size() == curves.components();
    List<TrainingFit.Shift> shifts =
        known && observed ? shifts(folder, path, model, curves, row) : List.of();
    if (!shifts.isEmpty()) {
      String moved =
          shifts.stream()
              .map(
                  each ->
                      String.format(
                          Locale.ROOT,
                          "%+.4f +- %.4f in %s",
                          each.value(),
                          each.error(),
                          each.observable()))
              .collect(Collectors.joining(", "));
      String text =
          "%s: by its pairs equilibrium means would move by %s. To do: %s."
              .formatted(Check.FIT.meaning(), moved, Check.FIT.remedy());
      faults.add(new Fault(Mark.TRAINING, all, text));
    }
    return faults;
  }

  private List<TrainingFit.Shift> shifts(
      Path folder, Path pairs, SdeModel model, Curves curves, Map<Column, Measured> row) {
    int m = curves.components();
    double[] mean = new double[m];
    double[] deviation = new double[m];
    for (int c = 0; c < m; c++) {
      double[] values =
          new EquilibriumValues(List.<double[][]>of(EquilibriumValues.late(curves, c))).pooled();
      mean[c] = Arrays.stream(values).average().orElse(Double.NaN);
      double centre = mean[c];
      deviation[c] =
          Math.sqrt(
              Arrays.stream(values).map(v -> Math.pow(v - centre, 2)).average().orElse(Double.NaN));
    }
    ComparedRun run = runs.of(folder);
    return TrainingFit.shifts(pairs, model, run.condition(), mean, deviation).stream()
        .filter(
            shift ->
                Comparison.within(SIGNIFICANT, shift.value(), shift.error()).significant()
                    && Verdict.of(
                            shift.value(), Math.max(run.smallDrift(), half(folder, shift, row)))
                        == Verdict.OVER)
        .toList();
  }

  private double half(Path folder, TrainingFit.Shift shift, Map<Column, Measured> row) {
    List<String> names = runs.observables(folder, runs.firstStart());
    return row.entrySet().stream()
        .filter(one -> one.getKey().quantity() == Quantity.LATE_MEAN)
        .filter(one -> names.get(one.getKey().component(names)).equals(shift.observable()))
        .mapToDouble(one -> one.getValue().halfWidth())
        .findFirst()
        .orElse(0);
  }

  private int component(Path folder, Column column) {
    return column.component(runs.observables(folder, runs.firstStart()));
  }

  /** Of an observable, or its absolute values where the quantity is of these; one row a run. */
  private static List<double[]> values(Curves curves, int component, Column column) {
    boolean absolute = column.quantity().ofAbsoluteValues();
    return Arrays.stream(curves.values())
        .map(run -> curves.column(run, component))
        .map(run -> absolute ? Arrays.stream(run).map(Math::abs).toArray() : run)
        .toList();
  }

  private static String of(List<Column> columns) {
    List<String> names =
        columns.stream()
            .map(c -> c.observable().orElse(""))
            .distinct()
            .filter(n -> !n.isEmpty())
            .toList();
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }

  /** Faults of repeats as one list: the first of each kind, with the number of its repeats. */
  static List<Fault> together(List<List<Fault>> repeats) {
    if (repeats.size() == 1) {
      return repeats.get(0);
    }
    Map<Mark, List<Fault>> firsts = new LinkedHashMap<>();
    Map<Mark, Integer> counts = new LinkedHashMap<>();
    for (List<Fault> repeat : repeats) {
      repeat.stream()
          .collect(Collectors.groupingBy(Fault::mark, LinkedHashMap::new, Collectors.toList()))
          .forEach(
              (mark, each) -> {
                firsts.putIfAbsent(mark, each);
                counts.merge(mark, 1, Integer::sum);
              });
    }
    return firsts.entrySet().stream()
        .flatMap(
            one ->
                one.getValue().stream()
                    .map(
                        fault ->
                            new Fault(
                                fault.mark(),
                                fault.columns(),
                                "in %d of %d repeats, such as: %s"
                                    .formatted(
                                        counts.get(one.getKey()), repeats.size(), fault.text()))))
        .toList();
  }

  /** The marks of a number, without repetition. */
  static String marks(List<Fault> row, Column column) {
    return row.stream()
        .filter(fault -> fault.columns().contains(column))
        .map(Fault::mark)
        .distinct()
        .sorted()
        .map(Mark::word)
        .collect(Collectors.joining(" "));
  }

  /** A row as it is shown: numbers of trajectories that still know their start have no interval. */
  static Map<Column, Measured> shown(Map<Column, Measured> row, List<Fault> faults) {
    Map<Column, Measured> shown = new LinkedHashMap<>(row);
    faults.stream()
        .filter(fault -> fault.mark() == Mark.START)
        .flatMap(fault -> fault.columns().stream())
        .forEach(column -> shown.computeIfPresent(column, (c, cell) -> cell.withoutInterval()));
    return shown;
  }
}
