package org.latticelift.learn.report;

import java.util.List;
import java.util.Locale;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;

/**
 * What a run was asked.
 *
 * @param name of the configuration
 * @param system its name
 * @param small size that was simulated
 * @param large size that is predicted
 * @param axis what all observables are, for figures
 * @param explanation what observables and system are, in sentences
 * @param caveats what a reader must know of the system, in sentences
 */
public record Question(
    String name,
    String system,
    Extent small,
    Extent large,
    String axis,
    List<String> explanation,
    List<String> caveats) {
  public Question {
    explanation = List.copyOf(explanation);
    caveats = List.copyOf(caveats);
  }

  /** What a configuration asks of a system. */
  public static Question of(String name, LatticeSystem<?> system) {
    return new Question(
        name,
        system.name(),
        system.small(),
        system.large(),
        system.axis(),
        system.explanation(),
        system.caveats());
  }

  String sentence(Evaluation evaluation) {
    String observables = String.join(", ", evaluation.observables());
    List<ConditionResult> conditions = evaluation.conditions();
    String values = String.join(", ", conditions.stream().map(ConditionResult::condition).toList());
    return String.format(
        Locale.ROOT,
        "Equilibrium means, time course and fluctuations of %s at %s (%s): system %s,"
            + " %s, predicted from simulations of %s.",
        observables,
        values,
        evaluation.parameter(),
        system,
        size(large),
        size(small));
  }

  private static String size(Extent extent) {
    return String.format(Locale.ROOT, "%s (%d sites)", extent.name(), extent.sites());
  }
}
