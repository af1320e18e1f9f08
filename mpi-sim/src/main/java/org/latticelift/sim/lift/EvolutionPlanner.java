package org.latticelift.sim.lift;

import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.LiftConfig.Compensators;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.SimultaneousPatches;

/**
 * Decides what is evolved of the large states. All conditions have the same number of patches, so
 * that a training has one kappa.
 *
 * @param config what was asked for
 * @param costs of a sample
 */
record EvolutionPlanner(LiftConfig config, SampleCosts costs) {

  /** The plan for dynamics of the system, which may choose their one patch themselves. */
  EvolutionPlan plan(LiftableDynamics<?> dynamics) {
    if (!(dynamics instanceof PatchDynamics<?>)) {
      requireOnePatch(config.pairs());
      return EvolutionPlan.ONE_PATCH;
    }
    return plan();
  }

  private LiftableSystem<?> system() {
    return costs.system();
  }

  /** The plan; an error where it is impossible. */
  EvolutionPlan plan() {
    Pairs pairs = config.pairs();
    long patches = patches();
    boolean together = patches > 1 && system().patchesMoveTogether();
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
        together ? 0 : joint(costs.inPatches(patches * evolutions, simultaneous)),
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
    return system().costs().simultaneousShare() < 1
        && !config.patchInputs()
        && !pairs.twins()
        && pairs.compensator() != Compensators.ON
        && costs.equalTimes();
  }

  private boolean compensated() {
    return switch (config.pairs().compensator()) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> system().costs().compensatorsPay() && !system().patchesContinueRuns();
    };
  }

  private long patches() {
    boolean automatic = config.pairs().patches().rule() == PatchCount.Rule.AUTO;
    long all = system().large().patches();
    long wanted = wantedPatches(all);
    if (config.patchInputs() && automatic) {
      return 1; // every patch is stored as encoders see it, before and after
    }
    if (config.patchInputs() && system().patchesMoveTogether()) {
      requireOne(wanted, "encoders do not see all patches of an evolution of the whole");
    }
    if (system().patchesMoveTogether()) {
      return automatic || wanted > 1 ? all : 1;
    }
    if (!costs.equalTimes() && automatic) {
      return 1;
    }
    if (system().patchesContinueRuns()) {
      requireSeen();
      return 1;
    }
    if (!costs.equalTimes() && wanted > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state with a duration by events",
          "evolve.patches",
          "1, or a duration in time, which is the same for all patches",
          "Set evolve.patches to 1, or evolve.duration to {mean_events: ...} or {time: ...}");
    }
    return Math.min(wanted, system().distinctPatches());
  }

  /** Of what a run did there is one course, and nobody knows what else it might have done. */
  private void requireSeen() {
    Pairs pairs = config.pairs();
    if (pairs.twins()
        || !(pairs.patches().rule() == PatchCount.Rule.AUTO
            || pairs.patches().equals(PatchCount.ONE))
        || pairs.evolutions().orElse(1) > 1
        || pairs.joint().orElse(0) > 0
        || pairs.compensator() == Compensators.ON) {
      throw LatticeLiftException.badData(
          "further evolutions of patches that go on as their small runs did",
          "evolve",
          "patches: auto, twins: false, evolutions: 1, joint: 0, compensator: off with closed_patch: run",
          "Remove these keys, or set evolve.closed_patch to tile");
    }
  }

  private long wantedPatches(long all) {
    boolean together = mayEvolveTogether();
    double one = costs.patch() * (together ? system().costs().simultaneousShare() : 1);
    PatchCount asked = config.pairs().patches();
    long wanted = asked.fixed(costs.snapshot(), one).orElse(all);
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
    AutoNumber wanted = config.pairs().evolutions();
    if (system().patchesContinueRuns()) {
      return 1;
    }
    if (wanted.orElse(1) > 1) {
      requireEqualEvolutions(wanted);
    }
    boolean all = patches == Math.min(system().large().patches(), system().distinctPatches());
    boolean possible = all && !config.patchInputs() && costs.equalTimes();
    return wanted.orElse(possible && wanted.isAuto() ? cheapest(patches) : 1);
  }

  private int cheapest(long patches) {
    double evolution = costs.evolution(patches);
    return mayEvolveTogether()
        ? filled(
            patches,
            EvolutionCount.cheapestSimultaneous(
                costs.snapshot(), evolution * system().costs().simultaneousShare()))
        : EvolutionCount.cheapest(costs.snapshot(), evolution);
  }

  /** As many as are evolved at no further cost, where patches evolve many at a time. */
  private static int filled(long patches, int evolutions) {
    return Math.toIntExact(
        Math.max(
            evolutions, rounds(patches * evolutions) * SimultaneousPatches.AT_A_TIME / patches));
  }

  /** Means of evolutions of different times belong to no time; an encoder sees one evolution. */
  private void requireEqualEvolutions(AutoNumber wanted) {
    if (config.patchInputs() || !costs.equalTimes()) {
      throw LatticeLiftException.badData(
          wanted.orElse(1) + " evolutions of each patch",
          "evolve.evolutions",
          config.patchInputs()
              ? "1 with closure variables, whose encoder sees one evolution"
              : "1 with a duration by events; several need one in time",
          "Set evolve.evolutions to 1, or change "
              + (config.patchInputs() ? "closure.dim to 0" : "evolve.duration"));
    }
  }

  /**
   * Copies of one patch all expect the same change, which does not average out in a joint evolution
   * as it does in a large system: kappa would come out too small (EX-01).
   */
  private int joint(double moved) {
    AutoNumber wanted = config.pairs().joint();
    long all = system().large().patches();
    boolean copies = system().distinctPatches() < all;
    if (copies && wanted.orElse(0) > 0) {
      throw LatticeLiftException.badData(
          "joint evolutions of states in which patches stand for others",
          "evolve.joint",
          "0 or auto; all patches must be there, and not as copies of each other",
          "Set evolve.joint to auto");
    }
    boolean independent = system().patchesAreIndependent() && wanted.isAuto();
    if (copies || all == 1 || independent) {
      return 0;
    }
    return JointCount.of(
        wanted, config.pairs().samples(), system().conditions().size(), moved, all);
  }

  private static void requireOnePatch(Pairs pairs) {
    if (pairs.patches().rule() != PatchCount.Rule.AUTO) {
      requireOne(pairs.patches().fixed(1, 1).orElse(2), "this system chooses the patch itself");
    }
    if (pairs.twins()
        || pairs.evolutions().orElse(1) > 1
        || pairs.joint().orElse(0) > 0
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
