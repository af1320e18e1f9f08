package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The configuration section {@code evaluate}.
 *
 * @param tolerance difference of late means that is allowed beside the intervals, by condition
 *     name, {@code default} for others; empty: none
 */
public record EvaluateConfig(
    @Default("{}")
        @Doc(
            "Difference of equilibrium means that verdicts allow beside the intervals, by"
                + " condition, such as T1000; 'default' for all others.")
        Map<String, Double> tolerance,
    @Default("0.01")
        @Range(min = 0)
        @Doc(
            "Drift of a prediction between the halves of its part after equilibration that"
                + " is too small to matter.")
        double stationaryThreshold,
    @Default("[]")
        @Range(min = 0, minOpen = true, max = 1e15)
        @Doc(
            "Numbers of events per patch after which observables are reported beside their"
                + " equilibrium means (after-events.csv), such as [625000].")
        List<Double> afterEvents) {

  static final String DEFAULT = "default";

  /** Checks the tolerances. */
  public EvaluateConfig {
    tolerance = Map.copyOf(tolerance);
    afterEvents = afterEvents.stream().distinct().sorted().toList();
    tolerance.forEach(
        (condition, value) -> {
          if (!(value > 0)) {
            throw LatticeLiftException.badData(
                "tolerance " + value,
                "evaluate.tolerance." + condition,
                "a number above 0",
                "Correct the value");
          }
        });
  }

  /**
   * The allowed difference of a condition ({@code condition}: name, such as {@code T1000}); NaN if
   * none is configured.
   */
  double allowed(String condition) {
    Double own = tolerance.get(condition);
    return own != null ? own : tolerance.getOrDefault(DEFAULT, Double.NaN);
  }

  /**
   * Checks the names in {@code tolerance} ({@code conditions}: names of all conditions that are
   * simulated or predicted).
   */
  public void requireConditions(Collection<String> conditions) {
    List<String> known = new ArrayList<>(List.of(DEFAULT));
    known.addAll(conditions);
    for (String name : new TreeSet<>(tolerance.keySet())) {
      if (!known.contains(name)) {
        throw UnknownKey.error(name, "evaluate.tolerance", known);
      }
    }
  }
}
