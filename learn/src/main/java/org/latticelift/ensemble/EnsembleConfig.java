package org.latticelift.ensemble;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.config.Default;
import org.latticelift.config.Doc;
import org.latticelift.config.Key;
import org.latticelift.config.Range;
import org.latticelift.error.LatticeLiftException;

/**
 * The key {@code ensemble}: what is predicted.
 *
 * @param trajectories per model and temperature
 * @param horizon length of the trajectories
 * @param step largest integration step as a fraction of the time unit
 * @param records stored states including the first
 * @param initial where trajectories start
 * @param conditions temperatures; default those trained
 * @param allowExtrapolation accept temperatures outside the trained range
 * @param keepTrajectories store every trajectory, not only statistics
 * @param quantiles levels that are stored
 */
public record EnsembleConfig(
    @Default("100") @Range(min = 1) @Doc("per model and temperature") int trajectories,
    @Default("{relaxations: 10}") @Doc("{time_s: T} or {relaxations: R}") Horizon horizon,
    @Default("0.005") @Range(min = 0, minOpen = true, max = 1) @Doc("fraction of the time unit")
        double step,
    @Default("201") @Range(min = 2) @Doc("stored states including the first") int records,
    @Default("random") @Doc("random, {observables: [...]} or {temperature_K: T}")
        InitialState initial,
    @Doc("temperatures; default those trained") Optional<Conditions> conditions,
    @Default("false") @Doc("accept temperatures outside the trained range")
        boolean allowExtrapolation,
    @Default("false") @Doc("store every trajectory") boolean keepTrajectories,
    @Default("[0.05, 0.25, 0.5, 0.75, 0.95]")
        @Range(min = 0, max = 1)
        @Doc("levels of the stored quantiles")
        List<Double> quantiles) {

  /**
   * The key {@code ensemble.conditions}.
   *
   * @param temperatures in K
   */
  public record Conditions(
      @Key("temperature_K") @Range(min = 0, minOpen = true) @Doc("in K")
          List<Double> temperatures) {}

  double[] temperatures(double[] trained) {
    return conditions
        .map(c -> c.temperatures().stream().mapToDouble(Double::doubleValue).toArray())
        .orElse(trained);
  }

  /**
   * Checks that the predicted temperatures lie in the trained range, or that this is not asked for.
   *
   * @param trained temperatures in K
   */
  public void requireRange(double[] trained) {
    double lowest = Arrays.stream(trained).min().orElse(0);
    double highest = Arrays.stream(trained).max().orElse(Double.POSITIVE_INFINITY);
    for (double kelvin : temperatures(trained)) {
      if (!allowExtrapolation && !(kelvin >= lowest && kelvin <= highest)) {
        throw LatticeLiftException.badData(
            "a prediction at " + kelvin + " K",
            "ensemble.conditions.temperature_K",
            "the trained range, " + lowest + " to " + highest + " K",
            "Change it, or set ensemble.allow_extrapolation: true");
      }
    }
  }

  double[] levels() {
    return quantiles.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
