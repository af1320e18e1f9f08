package org.latticelift.sim.lift;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.LiftConfig.Compensators;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.PatchDynamics;

/**
 * Decides what is evolved of the large states of a condition, from constants of the system and the
 * mean time of an event, never from a clock: equal runs decide alike.
 *
 * @param system the system
 * @param config what was asked for
 * @param siteSeconds making and observing a large state, per site
 */
record EvolutionPlanner(MicroscopicSystem<?> system, LiftConfig config, double siteSeconds) {
  EvolutionPlan plan(
      Dynamics<?> dynamics, Condition condition, Duration duration, double meanEventTime) {
    Pairs pairs = config.pairs();
    if (!(dynamics instanceof PatchDynamics<?>)) {
      requireOnePatch(pairs);
      return EvolutionPlan.ONE_PATCH;
    }
    boolean automatic = pairs.patches().rule() == PatchCount.Rule.AUTO;
    long patches =
        pairs
            .patches()
            .fixed(snapshotCost(condition), patchCost(condition, duration, meanEventTime))
            .orElse(system.large().patches());
    if (config.patchInputs()) {
      requireOne(automatic ? 1 : patches, "closure variables are encoded from one patch");
      patches = 1;
    }
    patches = Math.min(patches, system.large().patches());
    EvolutionPlan.Joint joint =
        new EvolutionPlan.Joint(pairs.joint(), pairs.samples(), system.conditions().size());
    boolean compensated = pairs.compensator() != Compensators.OFF;
    boolean equalTimes = duration.kind() == Duration.Kind.TIME || system.timeStep() > 0;
    return new EvolutionPlan(patches, automatic, equalTimes, compensated, pairs.twins(), joint);
  }

  private double patchCost(Condition condition, Duration duration, double meanEventTime) {
    double events =
        duration.kind() == Duration.Kind.EVENTS || !(meanEventTime > 0)
            ? duration.value()
            : duration.value() / meanEventTime;
    return Math.max(1, events) * system.costs().eventCost(condition);
  }

  private double snapshotCost(Condition condition) {
    return system.large().sites() * siteSeconds
        + system.costs().eventsPerSample() * system.costs().eventCost(condition);
  }

  private void requireOnePatch(Pairs pairs) {
    if (pairs.patches().rule() != PatchCount.Rule.AUTO) {
      requireOne(pairs.patches().fixed(1, 1).orElse(2), "this system chooses the patch itself");
    }
    if (pairs.twins()
        || pairs.joint().number().orElse(0) > 0
        || pairs.compensator() == Compensators.ON) {
      throw LatticeLiftException.badData(
          "twins, joint evolutions or compensators of a system that evolves one patch only",
          "evolve",
          "systems whose dynamics implement PatchDynamics",
          "Remove evolve.twins, evolve.joint and evolve.compensator");
    }
  }

  private static void requireOne(long patches, String why) {
    if (patches > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state", "evolve.patches", "1: " + why, "Set evolve.patches to 1");
    }
  }
}
