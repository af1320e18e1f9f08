package org.latticelift.sim.lift;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.EvolutionPlanner.SampleCosts;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.TimeScales;

/**
 * Decides what is evolved of the large states. All conditions have the same number of patches, so
 * that a training has one kappa.
 *
 * @param config what was asked for
 * @param costs of a sample
 */
record EvolutionPlanner(LiftConfig config, SampleCosts costs) {

  private LatticeSystem<?> system() {
    return costs.system();
  }

  /** The plan; an error where it is impossible. */
  EvolutionPlan plan() {
    Pairs pairs = config.pairs();
    long patches = patches();
    boolean together = patches > 1 && system().lifting().patchesMoveTogether();
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
    return mayEvolveTogether() && patches * evolutions >= Patches.AT_A_TIME;
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
      case AUTO -> system().costs().compensatorsPay() && !system().lifting().patchesContinueRuns();
    };
  }

  private long patches() {
    boolean automatic = config.pairs().patches().rule() == PatchCount.Rule.AUTO;
    long all = system().large().patches();
    long wanted = wantedPatches(all);
    if (config.patchInputs() && automatic) {
      return 1; // every patch is stored as encoders see it, before and after
    }
    if (config.patchInputs() && system().lifting().patchesMoveTogether()) {
      requireOne(wanted, "encoders do not see all patches of an evolution of the whole");
    }
    if (system().lifting().patchesMoveTogether()) {
      return automatic || wanted > 1 ? all : 1;
    }
    if (!costs.equalTimes() && automatic) {
      return 1;
    }
    if (system().lifting().patchesContinueRuns()) {
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
    return Math.min(wanted, system().lifting().distinctPatches(system().large()));
  }

  /** What a run did is known once, and nobody knows what else it might have done. */
  private void requireSeen() {
    Pairs pairs = config.pairs();
    if (pairs.twins()
        || pairs.patches().rule() == PatchCount.Rule.NUMBER
            && !pairs.patches().equals(PatchCount.ONE)
        || pairs.evolutions().orElse(1) > 1
        || pairs.joint().orElse(0) > 0
        || pairs.compensator() == Compensators.ON) {
      throw LatticeLiftException.badData(
          "further evolutions of patches that go on as their small runs did",
          "evolve",
          "patches: all, auto or 1, twins: false, evolutions: 1, joint: 0, compensator: off with closed_patch: run",
          "Remove these keys, or set evolve.closed_patch to tile");
    }
  }

  private long wantedPatches(long all) {
    boolean together = mayEvolveTogether();
    double one = costs.patch() * (together ? system().costs().simultaneousShare() : 1);
    PatchCount asked = config.pairs().patches();
    long wanted = asked.fixed(costs.snapshot(), one).orElse(all);
    return together && asked.rule() == PatchCount.Rule.AUTO
        ? Math.min(all, rounds(wanted) * Patches.AT_A_TIME)
        : wanted;
  }

  /** How often as many evolve as do at a time. */
  private static long rounds(long evolutions) {
    long atATime = Patches.AT_A_TIME;
    return (evolutions + atATime - 1) / atATime;
  }

  /**
   * Further patches of a state say more than further evolutions of the same ones, so these are made
   * unasked where all patches evolve.
   */
  private int evolutions(long patches) {
    AutoNumber wanted = config.pairs().evolutions();
    if (system().lifting().patchesContinueRuns()) {
      return 1;
    }
    if (wanted.orElse(1) > 1) {
      requireEqualEvolutions(wanted);
    }
    boolean all =
        patches
            == Math.min(
                system().large().patches(), system().lifting().distinctPatches(system().large()));
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
        Math.max(evolutions, rounds(patches * evolutions) * Patches.AT_A_TIME / patches));
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
    boolean copies = system().lifting().distinctPatches(system().large()) < all;
    if (copies && wanted.orElse(0) > 0) {
      throw LatticeLiftException.badData(
          "joint evolutions of states in which patches stand for others",
          "evolve.joint",
          "0 or auto; all patches must be there, and not as copies of each other",
          "Set evolve.joint to auto");
    }
    boolean independent = system().lifting().patchesAreIndependent() && wanted.isAuto();
    if (copies || all == 1 || independent) {
      return 0;
    }
    return JointCount.of(
        wanted, config.pairs().samples(), system().conditions().size(), moved, all);
  }

  private static void requireOne(long patches, String why) {
    if (patches > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state", "evolve.patches", "1: " + why, "Set evolve.patches to 1");
    }
  }

  /**
   * How many large states of a condition also evolve as a whole, so that kappa can be measured
   * (EX-03): a number, or {@code auto} for as many as cost no more than 5 % of the evolutions of
   * the pairs, up to those that give kappa within 1 %, and none where kappa would be off by more
   * than 10 %. Kappa should be known well: near a critical temperature 5 % of it are 7 % of the
   * susceptibility.
   */
  static final class JointCount {
    /** A variance of so many squares has a relative standard error of 1 %. */
    private static final int ENOUGH = 20_000;

    /** The same for 10 %, about as far as kappa is from K in the systems here. */
    private static final int FEWEST = 200;

    private static final double SHARE = 0.05;

    private JointCount() {}

    /**
     * The number for a condition ({@code evolved}: evolutions of patches of each state alone, each
     * counted with its surroundings; {@code patches}: K, the patches that a joint evolution moves);
     * 0 to samples.
     */
    static int of(AutoNumber given, int samples, int conditions, double evolved, long patches) {
      if (!given.isAuto()) {
        return Math.min(samples, given.orElse(0));
      }
      long cheap = (long) (SHARE * samples * evolved / patches);
      long wanted = Math.min(cheap, Math.min(samples, perCondition(ENOUGH, conditions)));
      return cheap * conditions < FEWEST ? 0 : (int) wanted;
    }

    private static int perCondition(int number, int conditions) {
      return (number + conditions - 1) / conditions;
    }
  }

  /**
   * How often each evolved patch of a large state evolves from it: a number, or {@code auto} for
   * what the costs of states and evolutions suggest.
   */
  static final class EvolutionCount {
    /** Beyond it hardly anything is left that a mean of evolutions could take away. */
    private static final int MOST = 16;

    /** The same where evolutions are made many at a time. */
    private static final int MOST_SIMULTANEOUS = 64;

    /**
     * Variance of the expected increment of a state, over that of its increment by all patches
     * given the state: 0.2 for the magnetisation of the Ising model at T = 2.27, L = 64 after a
     * time of 7.3 with compensators.
     */
    private static final double SHARE = 0.2;

    /** The same without compensators, which leave a fourth of the variance then. */
    private static final double PLAIN_SHARE = 0.05;

    private EvolutionCount() {}

    /**
     * With N evolutions a state costs c + N e and its mean increment has the variance S + C/N, so
     * the variance for a given cost is least at N = sqrt(c C / (e S)). {@code snapshotCost}: c, of
     * a state without any evolution. {@code evolutionCost}: e, of one evolution of all its patches.
     */
    static int cheapest(double snapshotCost, double evolutionCost) {
      return cheapest(snapshotCost / (evolutionCost * SHARE), MOST);
    }

    /** The same where evolutions are made many at a time, without compensators. */
    static int cheapestSimultaneous(double snapshotCost, double evolutionCost) {
      return cheapest(snapshotCost / (evolutionCost * PLAIN_SHARE), MOST_SIMULTANEOUS);
    }

    private static int cheapest(double square, int most) {
      return (int) Math.max(1, Math.min(most, Math.round(Math.sqrt(square))));
    }
  }

  /**
   * What a sample costs, from constants of the system and the mean time of an event, never from a
   * clock: equal runs decide alike. Seconds, within a factor of two.
   *
   * @param system the system
   * @param scales times of the small system at a condition
   */
  record SampleCosts(LatticeSystem<?> system, Function<Condition, TimeScales> scales) {

    /** Of one state, without any evolution: the mean over the conditions. */
    double snapshot() {
      CostEstimate costs = system.costs();
      double before = Math.max(0, costs.eventsPerSample() - mean(this::events));
      double relaxation = before * mean(costs::eventCost);
      return costs.readSites(system.large()) * costs.siteCost() + relaxation;
    }

    /**
     * Of one evolution of a patch alone, without its surroundings: the mean over the conditions.
     */
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
      if (system.lifting().patchesContinueRuns()) {
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
      if (system.lifting().patchesContinueRuns()) {
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
      return system.lifting().evolutionDuration(condition, scales.apply(condition));
    }

    private double mean(ToDoubleFunction<Condition> cost) {
      List<Condition> conditions = system.conditions();
      return conditions.stream().mapToDouble(cost).average().orElseThrow();
    }
  }
}
