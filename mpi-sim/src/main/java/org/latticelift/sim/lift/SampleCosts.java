package org.latticelift.sim.lift;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.TimeScales;

/**
 * What a sample costs, from constants of the system and the mean time of an event, never from a
 * clock: equal runs decide alike. Seconds, within a factor of two.
 *
 * @param system the system
 * @param scales times of the small system at a condition
 */
record SampleCosts(LiftableSystem<?> system, Function<Condition, TimeScales> scales) {

  /** Of one state, without any evolution: the mean over the conditions. */
  double snapshot() {
    CostEstimate costs = system.costs();
    double before = Math.max(0, costs.eventsPerSample() - mean(this::events));
    double relaxation = before * mean(costs::eventCost);
    return costs.readSites(system.large()) * costs.siteCost() + relaxation;
  }

  /** Of one evolution of a patch alone, without its surroundings: the mean over the conditions. */
  double patch() {
    return mean(condition -> events(condition) * system.costs().eventCost(condition));
  }

  /** Of one evolution of so many patches with their surroundings. */
  double evolution(long patches) {
    return patches * system.costs().surroundings() * patch();
  }

  /**
   * A sample, in evolutions of a patch without its surroundings; where patches evolve many at a
   * time most of it may be the state.
   *
   * @param evolved evolutions of patches alone
   */
  double inPatches(long evolved, boolean simultaneous) {
    double one = system.costs().surroundings();
    return simultaneous
        ? evolved * one * system.costs().simultaneousShare() + snapshot() / patch()
        : evolved * one;
  }

  /** The state of a sample of a condition, and all evolutions of its patches. */
  double sample(EvolutionPlan plan, Condition condition) {
    CostEstimate costs = system.costs();
    if (system.patchesContinueRuns()) {
      return 2 * snapshot();
    }
    double evolved = (double) plan.patches() * plan.evolutions() + (plan.twins() ? 1 : 0);
    double sites = plan.together() ? 1 : costs.surroundings();
    double observed = plan.compensated() ? 1 + costs.compensatorShare() : 1;
    double share = plan.simultaneous() ? costs.simultaneousShare() : 1;
    double eventCost = costs.eventCost(condition) * sites * observed * share;
    return snapshot() + evolved * events(condition) * eventCost;
  }

  /** All samples of all conditions, and the joint evolutions. */
  double all(EvolutionPlan plan, int samples) {
    double joint = (double) plan.joint() * system.large().patches() * patch();
    return system.conditions().size() * joint
        + samples * system.conditions().stream().mapToDouble(c -> sample(plan, c)).sum();
  }

  /** Of an evolution of a patch, on average. */
  double events(Condition condition) {
    Duration duration = duration(condition);
    double time = scales.apply(condition).event();
    boolean counted = duration.kind() == Duration.Kind.EVENTS || !(time > 0);
    return Math.max(1, counted ? duration.value() : duration.value() / time);
  }

  /** All conditions, beside one patch of every state. */
  double eventsOfFurtherPatches(EvolutionPlan plan, int samples) {
    if (system.patchesContinueRuns()) {
      return 0;
    }
    long all = system.large().patches();
    long evolved = plan.patches() * plan.evolutions();
    long once = samples * (evolved - 1 + (plan.twins() ? 1 : 0));
    double perCondition = once + (double) plan.joint() * all;
    return perCondition * system.conditions().stream().mapToDouble(this::events).sum();
  }

  /** Whether all evolutions of a condition last equally long. */
  boolean equalTimes() {
    return system.timeStep() > 0
        || system.conditions().stream()
            .allMatch(condition -> duration(condition).kind() == Duration.Kind.TIME);
  }

  private Duration duration(Condition condition) {
    return system.evolutionDuration(condition, scales.apply(condition));
  }

  private double mean(ToDoubleFunction<Condition> cost) {
    List<Condition> conditions = system.conditions();
    return conditions.stream().mapToDouble(cost).average().orElseThrow();
  }
}
