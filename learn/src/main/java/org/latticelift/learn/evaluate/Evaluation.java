package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
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
 * @param notes what is doubtful and what to do about it, in sentences
 */
public record Evaluation(
    String parameter,
    List<String> observables,
    List<ConditionResult> conditions,
    double ruleDeficit,
    String timeUnit,
    Resampling resampling,
    List<String> notes) {

  public Evaluation {
    observables = List.copyOf(observables);
    conditions = List.copyOf(conditions);
    notes = List.copyOf(notes);
  }

  /** The same results with notes on what is doubtful about them. */
  public Evaluation noted(Remedies remedies) {
    List<String> all = new ArrayList<>(remedies.shared());
    all.addAll(Limits.of(this, remedies));
    return new Evaluation(
        parameter, observables, conditions, ruleDeficit, timeUnit, resampling, all);
  }

  /**
   * The same but for the conditions ({@code others}: results, ascending in the parameter), with
   * these.
   */
  public Evaluation of(List<ConditionResult> others) {
    return new Evaluation(parameter, observables, others, ruleDeficit, timeUnit, resampling, notes);
  }

  /** Without details; the observables that are looked at first, and their results. */
  public Evaluation main() {
    int first = MainObservables.count(observables);
    return new Evaluation(
        parameter,
        observables.subList(0, first),
        conditions.stream().map(condition -> condition.first(first)).toList(),
        ruleDeficit,
        timeUnit,
        resampling,
        notes);
  }

  /** Whether any condition has direct runs; false if there is nothing to compare with. */
  public boolean hasDirect() {
    return conditions.stream().anyMatch(condition -> condition.amount().directRuns() > 0);
  }
}
