package org.latticelift.learn.evaluate;

import java.util.List;
import org.latticelift.learn.sde.Resampling;

/**
 * Everything the evaluation found.
 *
 * @param parameter name of the varied parameter with its unit, such as {@code temperature_K}
 * @param observables names, in the order of the components
 * @param conditions one entry per condition, ascending in the parameter
 * @param ruleDeficit what sum rules are short of zero by, on average: in an alloy the vacancies
 *     next to an atom; NaN where the system has no sum rules
 * @param timeUnit unit of times
 * @param resampling which models share their pairs
 */
public record Evaluation(
    String parameter,
    List<String> observables,
    List<ConditionResult> conditions,
    double ruleDeficit,
    String timeUnit,
    Resampling resampling) {

  /**
   * Copies the lists.
   *
   * @param parameter name of the varied parameter
   * @param observables names
   * @param conditions results
   * @param ruleDeficit what sum rules are short of zero by
   * @param timeUnit unit of times
   * @param resampling which models share their pairs
   */
  public Evaluation {
    observables = List.copyOf(observables);
    conditions = List.copyOf(conditions);
  }

  /**
   * The unit of a column.
   *
   * @param units as columns name it: s for every time
   * @return the unit of times for s, else as it is
   */
  String units(String units) {
    return units.equals("s") ? timeUnit : units;
  }

  /**
   * Whether any condition has direct runs.
   *
   * @return false if there is nothing to compare with
   */
  public boolean hasDirect() {
    return conditions.stream().anyMatch(condition -> condition.directRuns() > 0);
  }
}
