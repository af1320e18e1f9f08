package org.latticelift.bench.speed;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Gain from resolving flicker at one temperature: medians over independent states.
 *
 * @param model name of the barrier model
 * @param temperatureK K
 * @param states number of states measured
 * @param ratio jumps per second, resolved over plain
 * @param lowerQuartile of the ratio
 * @param upperQuartile of the ratio
 * @param plain jumps per second of processor time, plain with cache
 * @param jumpsPerPassage jumps resolved at once
 * @param basinStates states per basin
 * @param resolvedShare share of the jumps that were resolved
 * @param ceiling ratio if resolving cost nothing: each passage still jumps into one new state and
 *     evaluates its barriers where the cache does not have them
 */
public record FlickerGain(
    String model,
    double temperatureK,
    int states,
    double ratio,
    double lowerQuartile,
    double upperQuartile,
    double plain,
    double jumpsPerPassage,
    double basinStates,
    double resolvedShare,
    double ceiling) {

  /** Heads the columns of {@link #line}. */
  public static final String HEADER =
      "model         K   ratio   (quartiles)        plain jumps/s   jumps/passage   states"
          + "   resolved   ceiling";

  static FlickerGain of(
      String model, double kelvin, List<FlickerSample> samples, double evaluationsPerSecond) {
    return new FlickerGain(
        model,
        kelvin,
        samples.size(),
        quantile(samples, FlickerSample::ratio, 0.5),
        quantile(samples, FlickerSample::ratio, 0.25),
        quantile(samples, FlickerSample::ratio, 0.75),
        quantile(samples, FlickerSample::plain, 0.5),
        quantile(samples, FlickerSample::jumpsPerPassage, 0.5),
        quantile(samples, FlickerSample::states, 0.5),
        quantile(samples, FlickerSample::share, 0.5),
        quantile(samples, sample -> sample.ceiling(evaluationsPerSecond), 0.5));
  }

  private static double quantile(
      List<FlickerSample> samples, ToDoubleFunction<FlickerSample> value, double share) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * One line for people.
   *
   * @return the gain in a table row
   */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-10s %4.0f %7.3g   (%.3g - %.3g)   %12.0f   %13.3g   %6.1f   %8.4f   %7.3g",
        model,
        temperatureK,
        ratio,
        lowerQuartile,
        upperQuartile,
        plain,
        jumpsPerPassage,
        basinStates,
        resolvedShare,
        ceiling);
  }
}
