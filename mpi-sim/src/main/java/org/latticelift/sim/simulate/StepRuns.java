package org.latticelift.sim.simulate;

import java.util.Comparator;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;

/**
 * Runs that begin where runs at another condition ended: what a system meets whose condition has
 * changed in one step. Runs from random states never visit such states, so pairs from them alone
 * say nothing of heating, and little of quenches.
 */
final class StepRuns {
  /** Groups of runs, each of which pairs are independent of the others (EX-07), at most. */
  private static final int GROUPS = 8;

  private StepRuns() {}

  /**
   * Where a run comes from: the extreme conditions first, then those between them, in turn.
   *
   * @param all conditions, at least two
   * @param condition of the run
   * @param step number of the run among those after steps
   */
  static Condition origin(List<Condition> all, Condition condition, int step) {
    double middle =
        (all.stream().mapToDouble(Condition::value).min().orElseThrow()
                + all.stream().mapToDouble(Condition::value).max().orElseThrow())
            / 2;
    List<Condition> others =
        all.stream()
            .filter(other -> !other.equals(condition))
            .sorted(
                Comparator.<Condition>comparingDouble(c -> -Math.abs(c.value() - middle))
                    .thenComparing(c -> -c.value()))
            .toList();
    return others.get(step % others.size());
  }

  /**
   * The run whose last state it begins with: of the same group, so that groups stay independent.
   *
   * @param run number of the run among all of its condition
   * @param runs those that begin by themselves
   */
  static int run(int run, int runs) {
    return runs < GROUPS ? run % runs : run % GROUPS;
  }

  static void check(String stage, SimulateConfig config, List<Condition> conditions) {
    if (config.stepRuns() == 0) {
      return;
    }
    if (!stage.equals("simulate")) {
      throw LatticeLiftException.badData(
          "runs after steps among " + stage + " runs",
          stage + ".step_runs",
          "the key belongs to 'simulate'",
          "Remove it");
    }
    if (conditions.size() < 2) {
      throw LatticeLiftException.badData(
          "runs after a step of the condition, of which there is one",
          stage + ".step_runs",
          "at least two conditions",
          "Remove the key, or add a condition");
    }
  }
}
