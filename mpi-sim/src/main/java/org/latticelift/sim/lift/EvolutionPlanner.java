package org.latticelift.sim.lift;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.LiftConfig.Compensators;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.SimultaneousPatches;

/**
 * Decides what is evolved of the large states, from constants of the system and the mean time of an
 * event, never from a clock: equal runs decide alike. All conditions have the same number of
 * patches, so that a training has one kappa.
 *
 * @param system the system
 * @param config what was asked for
 * @param siteSeconds making and observing a large state, per site
 * @param meanEventTime mean time of an event of a patch at a condition
 */
record EvolutionPlanner(
    LiftableSystem<?> system,
    LiftConfig config,
    double siteSeconds,
    ToDoubleFunction<Condition> meanEventTime) {

  /** The plan for dynamics of the system, which may choose their one patch themselves. */
  EvolutionPlan plan(LiftableDynamics<?> dynamics) {
    if (!(dynamics instanceof PatchDynamics<?>)) {
      requireOnePatch(config.pairs());
      return EvolutionPlan.ONE_PATCH;
    }
    return plan();
  }

  /** The plan; an error where it is impossible. */
  EvolutionPlan plan() {
    Pairs pairs = config.pairs();
    long patches = patches();
    boolean together = patches > 1 && system.patchesMoveTogether();
    if (together && pairs.twins()) {
      throw LatticeLiftException.badData(
          "twins of evolutions of the whole",
          "evolve.twins",
          "false where all patches move together, unless one patch alone is looked at",
          "Set evolve.twins to false, or evolve.patches to 1");
    }
    int evolutions = evolutions(patches);
    boolean simultaneous = simultaneous(patches, evolutions);
    return new EvolutionPlan(
        patches,
        together,
        evolutions,
        compensated() && !(simultaneous && pairs.compensator() == Compensators.AUTO),
        pairs.twins(),
        together ? 0 : joint(moved(patches * evolutions, simultaneous)),
        simultaneous);
  }

  /**
   * Where so many evolve at a time, the mean of further evolutions takes away what an integral of
   * the generator would, for less.
   */
  private boolean simultaneous(long patches, int evolutions) {
    return mayEvolveTogether() && patches * evolutions >= SimultaneousPatches.AT_A_TIME;
  }

  private boolean mayEvolveTogether() {
    Pairs pairs = config.pairs();
    return system.costs().simultaneousShare() < 1
        && !config.patchInputs()
        && !pairs.twins()
        && pairs.compensator() != Compensators.ON
        && equalTimes();
  }

  private boolean compensated() {
    return switch (config.pairs().compensator()) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> system.costs().compensatorsPay();
    };
  }

  private long patches() {
    boolean automatic = config.pairs().patches().rule() == PatchCount.Rule.AUTO;
    long all = system.large().patches();
    long wanted = wantedPatches(all);
    if (config.patchInputs() && automatic) {
      return 1; // every patch is stored as encoders see it, before and after
    }
    if (config.patchInputs() && system.patchesMoveTogether()) {
      requireOne(wanted, "encoders do not see all patches of an evolution of the whole");
    }
    if (system.patchesMoveTogether()) {
      return automatic || wanted > 1 ? all : 1;
    }
    if (!equalTimes() && automatic) {
      return 1;
    }
    if (!equalTimes() && wanted > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state with a duration by events",
          "evolve.patches",
          "1, or a duration in time, which is the same for all patches",
          "Set evolve.patches to 1, or evolve.duration to {mean_events: ...} or {time: ...}");
    }
    return Math.min(wanted, system.distinctPatches());
  }

  private long wantedPatches(long all) {
    boolean together = mayEvolveTogether();
    double one = patchCost() * (together ? system.costs().simultaneousShare() : 1);
    PatchCount asked = config.pairs().patches();
    long wanted = asked.fixed(snapshotCost(), one).orElse(all);
    return together && asked.rule() == PatchCount.Rule.AUTO
        ? Math.min(all, rounds(wanted) * SimultaneousPatches.AT_A_TIME)
        : wanted;
  }

  /** How often as many evolve as do at a time. */
  private static long rounds(long evolutions) {
    long atATime = SimultaneousPatches.AT_A_TIME;
    return (evolutions + atATime - 1) / atATime;
  }

  /**
   * Further patches of a state say more than further evolutions of the same ones, so these are made
   * unasked where all patches evolve.
   */
  private int evolutions(long patches) {
    EvolutionCount wanted = config.pairs().evolutions();
    if (wanted.several()) {
      requireEqualEvolutions(wanted);
    }
    boolean all = patches == Math.min(system.large().patches(), system.distinctPatches());
    boolean possible = all && !config.patchInputs() && equalTimes();
    return wanted.number().orElseGet(() -> possible ? cheapest(patches) : 1);
  }

  private int cheapest(long patches) {
    double evolution = patches * system.costs().surroundings() * patchCost();
    return mayEvolveTogether()
        ? filled(
            patches,
            EvolutionCount.cheapestSimultaneous(
                snapshotCost(), evolution * system.costs().simultaneousShare()))
        : EvolutionCount.cheapest(snapshotCost(), evolution);
  }

  /** As many as are evolved at no further cost, where patches evolve many at a time. */
  private static int filled(long patches, int evolutions) {
    return Math.toIntExact(
        Math.max(
            evolutions, rounds(patches * evolutions) * SimultaneousPatches.AT_A_TIME / patches));
  }

  /** Means of evolutions of different times belong to no time; an encoder sees one evolution. */
  private void requireEqualEvolutions(EvolutionCount wanted) {
    if (config.patchInputs() || !equalTimes()) {
      throw LatticeLiftException.badData(
          wanted.number().orElseThrow() + " evolutions of each patch",
          "evolve.evolutions",
          config.patchInputs()
              ? "1 with closure variables, whose encoder sees one evolution"
              : "1 with a duration by events; several need one in time",
          "Set evolve.evolutions to 1, or change "
              + (config.patchInputs() ? "closure.dim to 0" : "evolve.duration"));
    }
  }

  private boolean equalTimes() {
    return system.timeStep() > 0
        || system.conditions().stream()
            .allMatch(condition -> duration(condition).kind() == Duration.Kind.TIME);
  }

  private Duration duration(Condition condition) {
    return system.evolutionDuration(condition, meanEventTime.applyAsDouble(condition));
  }

  /**
   * What a sample costs, in evolutions of a patch without its surroundings; where patches evolve
   * many at a time most of it may be the state.
   */
  private double moved(long evolved, boolean simultaneous) {
    double one = system.costs().surroundings();
    return simultaneous
        ? evolved * one * system.costs().simultaneousShare() + snapshotCost() / patchCost()
        : evolved * one;
  }

  /**
   * Copies of one patch all expect the same change, which does not average out in a joint evolution
   * as it does in a large system: kappa would come out too small (EX-01).
   */
  private int joint(double moved) {
    JointCount wanted = config.pairs().joint();
    long all = system.large().patches();
    boolean copies = system.distinctPatches() < all;
    if (copies && wanted.number().orElse(0) > 0) {
      throw LatticeLiftException.badData(
          "joint evolutions of states in which patches stand for others",
          "evolve.joint",
          "0 or auto; all patches must be there, and not as copies of each other",
          "Set evolve.joint to auto");
    }
    boolean independent = system.patchesAreIndependent() && wanted.number().isEmpty();
    if (copies || all == 1 || independent) {
      return 0;
    }
    return wanted.count(config.pairs().samples(), system.conditions().size(), moved, all);
  }

  /** Of one state, without any evolution: the mean over the conditions. */
  private double snapshotCost() {
    double before = Math.max(0, system.costs().eventsPerSample() - mean(this::events));
    double relaxation = before * mean(system.costs()::eventCost);
    return system.costs().readSites(system.large()) * siteSeconds + relaxation;
  }

  private double patchCost() {
    return mean(condition -> events(condition) * system.costs().eventCost(condition));
  }

  /** Estimate for one sample of a condition: the state, and all evolutions of its patches. */
  double sampleSeconds(EvolutionPlan plan, Condition condition) {
    CostEstimate costs = system.costs();
    double evolved = (double) plan.patches() * plan.evolutions() + (plan.twins() ? 1 : 0);
    double sites = plan.together() ? 1 : costs.surroundings();
    double observed = plan.compensated() ? 1 + costs.compensatorShare() : 1;
    double share = plan.simultaneous() ? costs.simultaneousShare() : 1;
    double eventCost = costs.eventCost(condition) * sites * observed * share;
    return snapshotCost() + evolved * events(condition) * eventCost;
  }

  /** Mean number of events of an evolution of a patch. */
  double events(Condition condition) {
    Duration duration = duration(condition);
    double time = meanEventTime.applyAsDouble(condition);
    boolean counted = duration.kind() == Duration.Kind.EVENTS || !(time > 0);
    return Math.max(1, counted ? duration.value() : duration.value() / time);
  }

  /** All conditions, beside one patch of every state. */
  double eventsOfFurtherPatches(EvolutionPlan plan) {
    long all = system.large().patches();
    long evolved = plan.patches() * plan.evolutions();
    long once = config.pairs().samples() * (evolved - 1 + (plan.twins() ? 1 : 0));
    double perCondition = once + (double) plan.joint() * all;
    return perCondition * system.conditions().stream().mapToDouble(this::events).sum();
  }

  private double mean(ToDoubleFunction<Condition> cost) {
    List<Condition> conditions = system.conditions();
    return conditions.stream().mapToDouble(cost).average().orElseThrow();
  }

  private static void requireOnePatch(Pairs pairs) {
    if (pairs.patches().rule() != PatchCount.Rule.AUTO) {
      requireOne(pairs.patches().fixed(1, 1).orElse(2), "this system chooses the patch itself");
    }
    if (pairs.twins()
        || pairs.evolutions().several()
        || pairs.joint().number().orElse(0) > 0
        || pairs.compensator() == Compensators.ON) {
      throw LatticeLiftException.badData(
          "twins, further or joint evolutions or compensators of a system that evolves one patch only",
          "evolve",
          "systems whose dynamics implement PatchDynamics",
          "Remove evolve.twins, evolve.evolutions, evolve.joint and evolve.compensator");
    }
  }

  private static void requireOne(long patches, String why) {
    if (patches > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state", "evolve.patches", "1: " + why, "Set evolve.patches to 1");
    }
  }
}
