package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Figure.Axis;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.plot.TimeScale;
import org.latticelift.learn.sde.TrainingHistory;

/** The figures about the training pairs and the training. */
final class TrainingFigures {
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
    double[] low = scale.scaled(pairs.stream().mapToDouble(PairStatistics::lowDuration).toArray());
    double[] high =
        scale.scaled(pairs.stream().mapToDouble(PairStatistics::highDuration).toArray());
    return new Figure(
        "pair-duration",
        "Duration of the training pairs",
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
        "Number of events per training pair",
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
