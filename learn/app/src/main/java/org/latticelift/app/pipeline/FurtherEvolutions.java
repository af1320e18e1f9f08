package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.certificate.Check;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration.TimeKey;
import org.latticelift.sim.system.Duration.TimeScales;
import org.latticelift.sim.system.LatticeSystem;

/**
 * The ways in which large states of a run are evolved once more, so that checks have something to
 * compare with (EX-33): as a whole, for half as long, and after a longer relaxation.
 *
 * @param resolved configuration of the run with every default
 * @param pipeline of it
 * @param samples large states of each condition; 0 for none
 * @param doublings of the relaxation
 */
record FurtherEvolutions(ConfigNode resolved, Pipeline pipeline, int samples, int doublings) {
  private static final String EVOLVE = "evolve";
  private static final String DURATION = "duration";
  private static final double HALF = 0.5;
  private static final TimeScales UNIT = new TimeScales(1, 1, 1, 1e-9);

  /** So many joint evolutions of a condition and a variable make others needless. */
  private static final int ENOUGH = 100;

  /**
   * With the times that the pairs took in place of relaxation times, whose measurement knows how
   * many pairs there are.
   *
   * @return the same where durations are given otherwise
   */
  static ConfigNode withTimes(ConfigNode resolved, Path pairs) {
    ConfigNode duration = resolved.get(EVOLVE).get(DURATION);
    if (!duration.isMapping() || !duration.keys().equals(List.of("relaxations"))) {
      return resolved;
    }
    try (PairsFile file = PairsFile.open(pairs)) {
      PairsCommon common = file.common();
      String times =
          IntStream.range(0, common.conditions().size())
              .mapToObj(c -> common.conditions().get(c).value() + ": " + common.durations()[c])
              .collect(Collectors.joining(", "));
      return resolved.with(
          EVOLVE + "." + DURATION, "{" + TimeKey.of(common.timeUnit()) + ": {" + times + "}}");
    }
  }

  /**
   * Why nothing is evolved for a check.
   *
   * @return empty if it is
   */
  Optional<String> reasonAgainst(Check check, Path pairs) {
    if (samples == 0) {
      return Optional.of("no further evolutions were asked for (--samples 0)");
    }
    if (pipeline.config().closure().wanted()) {
      return Optional.of("the equation has closure variables, which other evolutions have not");
    }
    return switch (check) {
      case ADDITIVITY -> againstJoint(pairs);
      case DURATION ->
          shorter()
              ? Optional.empty()
              : Optional.of("an evolution is one event or step, which has no half");
      case RELAXATION ->
          relaxed().isPresent()
              ? Optional.empty()
              : Optional.of(
                  "nothing of these large states is relaxed, such as copies without seams or states"
                      + " of the large system itself");
      case FIT, KAPPA, TOGETHER, DIRECT -> Optional.of("it needs none of its own");
    };
  }

  private Optional<String> againstJoint(Path pairs) {
    if (system().lifting().patchesContinueRuns()) {
      return Optional.of("patches go on as their small runs did, each by itself");
    }
    if (pipeline.together()) {
      return Optional.of("the pairs are increments of the whole");
    }
    if (copies()) {
      return Optional.of(
          system().lifting().largeStatesAreWhole()
              ? "large states are copies of one block, whose patches all expect the same change"
              : "of large states only blocks are made, and so no whole that could evolve");
    }
    try (PairsFile file = PairsFile.open(pairs)) {
      JointPairs joint = file.joint();
      int enough = ENOUGH * file.conditions().size() * file.observables().size();
      boolean quiet = joint.compensator().length > 0 || !quieterOneByOne();
      return joint.count() >= enough && quiet
          ? Optional.of("the pairs have enough joint evolutions")
          : Optional.empty();
    }
  }

  private boolean copies() {
    return system().lifting().patchesContinueRuns()
        || system().lifting().distinctPatches(system().large()) < system().large().patches();
  }

  private LatticeSystem<?> system() {
    return LatticeSystem.liftable(pipeline.system());
  }

  /** The configuration of the evolutions of a check that there is no reason against. */
  ConfigNode configuration(Check check) {
    return switch (check) {
      case ADDITIVITY -> few(resolved).with("evolve.joint", samples);
      case DURATION -> halved().with("evolve.joint", pipeline.together() || copies() ? 0 : samples);
      case RELAXATION -> asWhole(relaxed().orElseThrow());
      case FIT, KAPPA, TOGETHER, DIRECT -> throw new IllegalArgumentException(check.key());
    };
  }

  /** With joint evolutions, which show at once what patches and their states miss. */
  private ConfigNode asWhole(ConfigNode root) {
    LatticeSystem<?> system =
        LatticeSystem.liftable(ResolvedConfiguration.ofResolved(root, "relaxed").system());
    boolean possible =
        !pipeline.together()
            && system.lifting().distinctPatches(system.large()) == system.large().patches();
    return root.with("evolve.joint", possible ? samples : 0);
  }

  private ConfigNode few(ConfigNode root) {
    ConfigNode few =
        root.with("evolve.samples", samples)
            .with("evolve.twins", "false")
            .with("evolve.joint", 0)
            .with("upsample.keep", "none");
    return quieterOneByOne() ? few.with("evolve.compensator", "on") : few;
  }

  /**
   * Whether pairs have no compensators as their patches evolve many at a time; joint evolutions,
   * which do not, then have noise that compensators would know.
   */
  private boolean quieterOneByOne() {
    CostEstimate costs = system().costs();
    return resolved.get(EVOLVE).get("compensator").isWord("auto")
        && costs.simultaneousShare() < 1
        && costs.compensatorsPay();
  }

  private Optional<ConfigNode> relaxed() {
    return pipeline.configuration().provider().relaxedLonger(few(resolved), doublings);
  }

  /** Whether half of the duration is less than it, in whole events or steps. */
  private boolean shorter() {
    LatticeSystem<?> half =
        LatticeSystem.liftable(ResolvedConfiguration.ofResolved(halved(), "half").system());
    LatticeSystem<?> whole = LatticeSystem.liftable(pipeline.system());
    return half.conditions().stream()
        .noneMatch(
            c ->
                half.lifting()
                    .evolutionDuration(c, UNIT)
                    .equals(whole.lifting().evolutionDuration(c, UNIT)));
  }

  private ConfigNode halved() {
    ConfigNode duration = resolved.get(EVOLVE).get(DURATION);
    if (duration.isScalar()) {
      return half("{auto: " + HALF + "}");
    }
    String kind = duration.keys().get(0);
    ConfigNode value = duration.get(kind);
    if (value.isScalar()) {
      return half("{" + kind + ": " + halfOf(value, kind) + "}");
    }
    List<String> conditions =
        value.keys().stream().map(c -> c + ": " + halfOf(value.get(c), kind)).toList();
    return half("{" + kind + ": {" + String.join(", ", conditions) + "}}");
  }

  private ConfigNode half(String duration) {
    return few(resolved).with(EVOLVE + "." + DURATION, duration);
  }

  private static double halfOf(ConfigNode value, String kind) {
    double half = value.number() * HALF;
    return kind.equals("events") ? Math.max(1, Math.round(half)) : half;
  }
}
