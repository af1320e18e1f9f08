package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.TimeScale;
import org.latticelift.learn.evaluate.AfterEvents;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.Prediction;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.predict.Hours;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.schedule.RealTime;

/** The figures about the prediction: against the condition, against time, and its quality. */
final class Figures {
  private static final int POINTS = 400;
  private static final double[] NONE = {};

  /** Colour of what the legend says about all components. */
  private static final int KEY = 7;

  private final ReportData data;
  private final Optional<RealTime> realTime;
  private final Evaluation evaluation;
  private final Axis observables;
  private final double[] values;

  /**
   * @param observables what all of them are, for the axes
   * @param realTime of the crystal that is asked for, in which paths are then drawn
   */
  Figures(ReportData data, String observables, Optional<RealTime> realTime) {
    this.data = data;
    this.realTime = realTime;
    this.observables = Axis.linear(observables);
    this.evaluation = data.evaluation();
    this.values = evaluation.conditions().stream().mapToDouble(ConditionResult::value).toArray();
  }

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(new ConditionFigures(data.curves(), observables).all());
    data.predictions().forEach(prediction -> figures.add(againstTime(prediction)));
    if (!Double.isNaN(evaluation.conditions().get(0).sumRules().predicted())) {
      figures.add(sumRules());
    }
    if (evaluation.conditions().stream().anyMatch(c -> c.calibration().pairs() > 0)) {
      figures.add(calibration());
    }
    figures.add(deviations());
    if (evaluation.conditions().stream().anyMatch(c -> c.distance().time().length > 1)) {
      figures.add(discrepancy());
    }
    figures.addAll(TrainingFigures.all(data));
    return figures;
  }

  private Axis parameter() {
    return Axis.ofParameter(evaluation.parameter());
  }

  private Figure againstTime(Prediction prediction) {
    List<TimeSeries> runs = data.direct().getOrDefault(prediction.condition(), List.of());
    double longest =
        Math.max(
            prediction.mean().end(), runs.stream().mapToDouble(TimeSeries::end).max().orElse(0));
    TimeScale scale = scale(prediction.value(), longest);
    String clock = realTime.isPresent() ? "time in the crystal" : "time";
    Axis time = Axis.ofTimes(scale.label(clock), prediction.mean().times());
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < evaluation.observables().size(); c++) {
      layers.add(band(prediction, c, scale, time));
    }
    for (int c = 0; c < evaluation.observables().size(); c++) {
      for (TimeSeries run : runs) {
        int[] kept = kept(run.times(), time);
        layers.add(
            Layer.thin("", c, scale.scaled(pick(run.times(), kept)), pick(run.column(c), kept)));
      }
    }
    int[] kept = kept(prediction.mean().times(), time);
    double[] x = scale.scaled(pick(prediction.mean().times(), kept));
    for (int c = 0; c < evaluation.observables().size(); c++) {
      double[] y = pick(prediction.mean().column(c), kept);
      layers.add(Layer.line(evaluation.observables().get(c), c, x, y));
      double[] spread = pick(prediction.deviation().column(c), kept);
      layers.add(Layer.dashed("", c, x, sum(y, spread, -1)));
      layers.add(Layer.dashed("", c, x, sum(y, spread, 1)));
    }
    boolean intervals = evaluation.resampling().resampled();
    if (intervals) {
      layers.add(Layer.band("95 % of the mean", KEY, NONE, NONE, NONE));
    }
    layers.add(Layer.dashed("\u00b1 1 std. of runs", KEY, NONE, NONE));
    if (!runs.isEmpty()) {
      layers.add(Layer.thin("direct", KEY, NONE, NONE));
    }
    String direct = runs.isEmpty() ? "" : " Thin lines: " + runs.size() + " direct runs.";
    return new Figure(
        "order-against-time-" + prediction.condition(),
        "Observables against time, " + prediction.condition(),
        "Thick lines: ensemble mean"
            + (intervals ? "; bands: its 95 % interval" : "")
            + "; dashed: one standard deviation of single predicted runs."
            + direct,
        time,
        observables,
        layers);
  }

  /** Units in which simulated times are drawn ({@code kelvin}: where the crystal is asked for). */
  private TimeScale scale(double kelvin, double longest) {
    return realTime
        .map(crystal -> Hours.scale(longest, crystal.ratio(kelvin)))
        .orElseGet(() -> TimeScale.of(longest, evaluation.timeUnit()));
  }

  /** The interval of the mean; of no width where there is none. */
  private static Layer band(Prediction prediction, int c, TimeScale scale, Axis time) {
    int[] kept = kept(prediction.mean().times(), time);
    double[] mean = pick(prediction.mean().column(c), kept);
    double[] half = pick(prediction.halfWidth().column(c), kept);
    for (int i = 0; i < half.length; i++) {
      half[i] = Double.isNaN(half[i]) ? 0 : half[i];
    }
    double[] x = scale.scaled(pick(prediction.mean().times(), kept));
    return Layer.band("", c, x, sum(mean, half, -1), sum(mean, half, 1));
  }

  private static double[] sum(double[] values, double[] widths, int sign) {
    double[] sum = values.clone();
    Arrays.setAll(sum, i -> values[i] + sign * widths[i]);
    return sum;
  }

  private Figure sumRules() {
    List<Layer> layers = new ArrayList<>();
    double[] none = new double[values.length];
    double[] predicted = condition(c -> c.sumRules().predicted());
    layers.add(Layer.line("predicted", 0, values, predicted));
    layers.add(Layer.points("", 0, true, values, predicted, none));
    if (evaluation.hasDirect()) {
      double[] direct = condition(c -> c.sumRules().direct());
      layers.add(Layer.points("direct", 1, false, values, direct, none));
    }
    layers.add(constant("allowed", 0.02));
    return new Figure(
        "sum-rule-residual",
        "Sum-rule residual",
        "Largest deviation from a linear relation that the observables of the system obey.",
        parameter(),
        Axis.linear("largest |residual|"),
        layers);
  }

  private Figure calibration() {
    double[] ratio = condition(c -> c.calibration().ratio());
    double[] error = condition(c -> c.calibration().error());
    return new Figure(
        "calibration",
        "Calibration of the learned diffusion",
        "Mean of the squared residuals of the training samples, standardised with the"
            + " learned covariance; 1 if the diffusion is right, above 1 if it is too small.",
        parameter(),
        Axis.linear("mean standardised square"),
        List.of(
            Layer.line("model", 0, values, ratio),
            Layer.points("", 0, true, values, ratio, error),
            constant("calibrated", 1)));
  }

  private Figure deviations() {
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < evaluation.observables().size(); c++) {
      double[] predicted = component(c, result -> result.predicted().deviation());
      layers.add(Layer.line(evaluation.observables().get(c), c, values, predicted));
      if (evaluation.hasDirect()) {
        double[] none = new double[values.length];
        double[] direct = component(c, result -> result.direct().deviation());
        layers.add(Layer.points("", c, false, values, direct, none));
      }
    }
    if (evaluation.hasDirect()) {
      layers.add(Layer.points("direct", KEY, false, NONE, NONE, NONE));
    }
    return new Figure(
        "late-deviation",
        "Equilibrium fluctuations",
        "Standard deviation of the large system after equilibration. Lines: prediction"
            + (evaluation.hasDirect() ? "; circles: direct simulation." : "."),
        parameter(),
        Axis.linear("standard deviation"),
        layers);
  }

  private Figure discrepancy() {
    double longest =
        evaluation.conditions().stream()
            .flatMapToDouble(c -> Arrays.stream(c.distance().time()))
            .max()
            .orElse(0);
    TimeScale scale = TimeScale.of(longest, evaluation.timeUnit());
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      ConditionResult condition = evaluation.conditions().get(i);
      double[] x = scale.scaled(condition.distance().time());
      layers.add(Layer.line(condition.condition(), i, x, condition.distance().biased()));
    }
    return new Figure(
        "discrepancy",
        "Discrepancy between predicted and direct trajectories",
        "Maximum mean discrepancy at each time in the scaled variables of the equation"
            + " (V-statistic: above 0 also for equal laws).",
        Axis.linear(scale.label("time")),
        Axis.linear("discrepancy"),
        layers);
  }

  private Layer constant(String legend, double value) {
    double[] level = new double[values.length];
    Arrays.fill(level, value);
    return Layer.dashed(legend, KEY, values, level);
  }

  private double[] component(int c, ToDoubleFunction<ComponentResult> value) {
    return condition(condition -> value.applyAsDouble(condition.components().get(c)));
  }

  private double[] condition(ToDoubleFunction<ConditionResult> value) {
    return evaluation.conditions().stream().mapToDouble(value).toArray();
  }

  /**
   * At most some 400 records, at equal distances on the axis where there are many, and the last.
   */
  private static int[] kept(double[] times, Axis axis) {
    boolean decades = axis.logarithmic();
    int last = times.length - 1;
    double[] later = Arrays.stream(times).filter(t -> t > 0).toArray();
    double ratio = later.length < 2 ? 1 : Math.pow(times[last] / later[0], 1.0 / POINTS);
    double step = (times[last] - times[0]) / POINTS;
    double[] next = {decades ? Double.MIN_VALUE : times[0]};
    return IntStream.rangeClosed(0, last)
        .filter(
            i -> {
              boolean kept = times[i] >= next[0] || i == last && times[i] > 0;
              next[0] = !kept ? next[0] : decades ? times[i] * ratio : times[i] + step;
              return kept;
            })
        .toArray();
  }

  private static double[] pick(double[] all, int[] kept) {
    return Arrays.stream(kept).mapToDouble(i -> all[i]).toArray();
  }

  /** The figures against the condition: late means, and observables after numbers of events. */
  static final class ConditionFigures {
    private static final double[] NONE = {};

    /** Colour of what the legend says about all components. */
    private static final int KEY = 7;

    private final ConditionCurves curves;
    private final Evaluation evaluation;
    private final Axis observables;
    private final double[] values;

    /**
     * @param observables their axis
     */
    ConditionFigures(ConditionCurves curves, Axis observables) {
      this.curves = curves;
      this.observables = observables;
      evaluation = curves.evaluation();
      values = evaluation.conditions().stream().mapToDouble(ConditionResult::value).toArray();
    }

    List<Figure> all() {
      List<Figure> figures = new ArrayList<>(List.of(againstCondition()));
      curves
          .after()
          .ifPresent(after -> after.events().forEach(n -> figures.add(afterEvents(after, n))));
      return figures;
    }

    private Figure againstCondition() {
      List<Layer> layers = new ArrayList<>();
      for (int c = 0; c < evaluation.observables().size(); c++) {
        double[] predicted = component(c, result -> result.predicted().mean());
        layers.add(Layer.line(evaluation.observables().get(c), c, values, predicted));
        layers.add(
            Layer.points(
                "",
                c,
                true,
                values,
                predicted,
                component(
                    c, result -> width(result.predicted().uncertainty().halfWidth(), result))));
        if (evaluation.hasDirect()) {
          layers.add(
              Layer.points(
                  "",
                  c,
                  false,
                  values,
                  component(c, result -> result.direct().mean()),
                  component(c, result -> result.direct().halfWidth())));
        }
      }
      if (evaluation.hasDirect()) {
        layers.add(Layer.points("direct", KEY, false, NONE, NONE, NONE));
      }
      String direct = evaluation.hasDirect() ? "; open circles: direct simulation" : "";
      return new Figure(
          "order-against-condition",
          "Equilibrium means, predicted" + (evaluation.hasDirect() ? " and direct" : ""),
          "Lines and dots: prediction"
              + direct
              + ". Bars: 95 % intervals"
              + (evaluation.resampling().resampled()
                  ? "."
                  : ", of predictions one standard error."),
          Axis.ofParameter(evaluation.parameter()),
          observables,
          layers);
    }

    /** As a simulation sees it that ends after so many events. */
    private Figure afterEvents(AfterEvents after, double events) {
      List<AfterEvents.Point> points = after.after(events);
      double[] x = points.stream().mapToDouble(AfterEvents.Point::value).toArray();
      List<Layer> layers = new ArrayList<>();
      for (int c = 0; c < evaluation.observables().size(); c++) {
        int component = c;
        List<Estimate> predicted = points.stream().map(p -> p.predicted().get(component)).toList();
        List<Estimate> direct = points.stream().map(p -> p.direct().get(component)).toList();
        layers.add(Layer.line(evaluation.observables().get(c), c, x, values(predicted)));
        layers.add(Layer.points("", c, true, x, values(predicted), halfWidths(predicted)));
        layers.add(Layer.points("", c, false, x, values(direct), halfWidths(direct)));
      }
      String count = String.format(Locale.ROOT, "%.0f", events);
      return new Figure(
          "order-after-" + count + "-events",
          "After " + count + " events per patch",
          "Lines and dots: ensemble mean at the time in which the small system makes so many events;"
              + " open circles: direct simulation. Bars: 95 % intervals.",
          Axis.ofParameter(evaluation.parameter()),
          observables,
          layers);
    }

    private static double[] values(List<Estimate> estimates) {
      return estimates.stream().mapToDouble(Estimate::value).toArray();
    }

    private static double[] halfWidths(List<Estimate> estimates) {
      return estimates.stream().mapToDouble(Estimate::halfWidth).toArray();
    }

    /** Where there is no interval, one standard error. */
    private static double width(double half, ComponentResult result) {
      return Double.isNaN(half) ? result.predicted().uncertainty().error() : half;
    }

    private double[] component(int c, ToDoubleFunction<ComponentResult> value) {
      return evaluation.conditions().stream()
          .mapToDouble(condition -> value.applyAsDouble(condition.components().get(c)))
          .toArray();
    }
  }

  /** The figures about the training pairs and the training. */
  static final class TrainingFigures {
    private static final int BINS_OF_THE_MEAN = 10;
    private static final int MOST_BINS = 400;

    private TrainingFigures() {}

    static List<Figure> all(ReportData data) {
      List<Figure> figures = new ArrayList<>();
      if (data.history().stream().anyMatch(h -> h.loss().length > 1)) {
        figures.add(loss(data.history()));
        figures.add(learningRate(data.history()));
      }
      if (!data.pairs().isEmpty()) {
        figures.add(durations(data));
        figures.add(events(data.pairs()));
      }
      return figures;
    }

    private static Figure loss(List<TrainingHistory> history) {
      List<Layer> layers = new ArrayList<>();
      for (int k = 0; k < history.size(); k++) {
        TrainingHistory h = history.get(k);
        layers.add(Layer.line(k == 0 ? "training" : "", 0, epochs(h), h.loss()));
        if (Arrays.stream(h.validationLoss()).anyMatch(Double::isFinite)) {
          layers.add(Layer.thin(k == 0 ? "validation" : "", 1, epochs(h), h.validationLoss()));
        }
      }
      return new Figure(
          "loss",
          "Loss",
          "Negative log-likelihood of the pairs up to constants, one curve per model.",
          Axis.linear("epoch"),
          Axis.linear("mean loss"),
          layers);
    }

    static Figure learningRate(List<TrainingHistory> history) {
      List<Layer> layers = new ArrayList<>();
      for (int k = 0; k < history.size(); k++) {
        double[] rate = history.get(k).learningRate();
        if (history.subList(0, k).stream().noneMatch(h -> Arrays.equals(h.learningRate(), rate))) {
          layers.add(Layer.line("model " + k, k, epochs(history.get(k)), rate));
        }
      }
      return new Figure(
          "learning-rate",
          "Learning rate",
          "Rate of the last step of every epoch; models with equal rates share a line.",
          Axis.linear("epoch"),
          Axis.logarithmic("learning rate"),
          layers);
    }

    private static double[] epochs(TrainingHistory history) {
      return IntStream.rangeClosed(1, history.loss().length).asDoubleStream().toArray();
    }

    private static Figure durations(ReportData data) {
      List<PairStatistics> pairs = data.pairs();
      double longest = pairs.stream().mapToDouble(PairStatistics::highDuration).max().orElse(1);
      TimeScale scale = TimeScale.of(longest, data.evaluation().timeUnit());
      double[] x = pairs.stream().mapToDouble(PairStatistics::value).toArray();
      double[] mean =
          scale.scaled(pairs.stream().mapToDouble(PairStatistics::meanDuration).toArray());
      double[] low =
          scale.scaled(pairs.stream().mapToDouble(PairStatistics::lowDuration).toArray());
      double[] high =
          scale.scaled(pairs.stream().mapToDouble(PairStatistics::highDuration).toArray());
      return new Figure(
          "pair-duration",
          "Duration of the training samples",
          "Mean; bars: 5 to 95 % of the pairs.",
          Axis.ofParameter(data.evaluation().parameter()),
          Axis.logarithmic(scale.label("duration")),
          List.of(
              Layer.line("", 0, x, mean),
              new Layer(Layer.Kind.FILLED_POINTS, "mean", 0, x, mean, low, high)));
    }

    static Figure events(List<PairStatistics> pairs) {
      List<Layer> layers = new ArrayList<>();
      for (int k = 0; k < pairs.size(); k++) {
        layers.add(histogram(pairs.get(k), k));
      }
      return new Figure(
          "pair-events",
          "Number of events per training sample",
          "Density over the number of events, in units of the mean of the condition: "
              + pairs.stream()
                  .map(p -> String.format(Locale.ROOT, "%.4g at %s", p.meanEvents(), p.condition()))
                  .collect(Collectors.joining(", "))
              + ".",
          Axis.linear("events / mean"),
          Axis.linear("density"),
          layers);
    }

    private static Layer histogram(PairStatistics pairs, int colour) {
      int most = Arrays.stream(pairs.events()).max().orElse(0);
      double mean = most == 0 ? 1 : pairs.meanEvents();
      int width = Math.max(most / MOST_BINS + 1, (int) Math.round(mean / BINS_OF_THE_MEAN));
      int bins = most / width + 1;
      double[] x = new double[2 * bins];
      double[] y = new double[2 * bins];
      for (int b = 0; b < bins; b++) {
        x[2 * b] = (b * width - 0.5) / mean;
        x[2 * b + 1] = ((b + 1) * width - 0.5) / mean;
      }
      double one = mean / width / pairs.events().length;
      for (int n : pairs.events()) {
        y[2 * (n / width)] += one;
        y[2 * (n / width) + 1] += one;
      }
      return Layer.line(pairs.condition(), colour, x, y);
    }
  }
}
