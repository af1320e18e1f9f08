package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.SystemProvider.StageKeys;
import org.latticelift.sim.systems.spins.IsingDynamics.DirectDynamics;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig.LatticeConfig;
import org.latticelift.sim.systems.spins.SpinSetup.TemperaturesConfig;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;

/** Makes the Ising model from its configuration. */
public final class IsingProvider implements SystemProvider {
  static final String NAME = "ising";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String defaults() {
    return Presets.DEFAULTS;
  }

  @Override
  public Map<String, String> presets() {
    return Presets.ALL;
  }

  @Override
  public String preset(String preset, ConfigNode user) {
    String yaml = preset(preset);
    if (!preset.equals(Presets.TUNED)) {
      return yaml;
    }
    LatticeConfig lattice = Binder.bind(user.section("lattice"), LatticeConfig.class);
    List<Double> temperatures =
        TemperaturesConfig.conditions(user.get("conditions")).stream()
            .map(Condition::value)
            .toList();
    return TunedTrainings.yaml(lattice.small(), lattice.large(), temperatures)
        .map(tuned -> ConfigNode.parse(tuned, preset).over(ConfigNode.parse(yaml, preset)).toYaml())
        .orElse(yaml);
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    IsingSetup setup = setup(root);
    List<Condition> conditions = TemperaturesConfig.conditions(root.get("conditions"));
    GrowthFactors.of(setup.lattice().small(), setup.lattice().large());
    DirectDynamics direct =
        root.findPath("direct.dynamics").map(DirectDynamics::of).orElse(DirectDynamics.OWN);
    return new IsingSystem(setup, conditions, direct);
  }

  private static IsingSetup setup(ConfigNode root) {
    return new IsingSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), SpinUpsampleConfig.class, StageKeys.UPSAMPLE),
        Binder.bind(root.section("relax"), RelaxConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE),
        Map.of());
  }

  /**
   * Blocks of equal spins keep their walls for longer than windows can be relaxed near the critical
   * temperature (EX-20): to these states of largest entropy are compared.
   */
  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    IsingSetup setup = setup(resolved);
    if (setup.mixes()) {
      long more = (long) setup.upsample().mixing() << doublings;
      return Optional.of(
          resolved.with(
              key(SpinUpsampleConfig::mixing),
              (int) Math.min(more, SpinUpsampleConfig.MOST_MIXING)));
    }
    return setup.enlarges()
        ? Optional.of(
            resolved
                .with(key(SpinUpsampleConfig::states), LargeStates.MAXENT)
                .with(key(SpinUpsampleConfig::randomShare), 0.0)
                .with(Binder.section(RelaxConfig.class, sections()), "{}"))
        : Optional.empty();
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(TemperaturesConfig.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(SpinUpsampleConfig.class),
        "relax", List.of(RelaxConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }

  /**
   * Values that the authors tuned by hand for each size and temperature near the critical point
   * (PT-45, DI-27), for 16 x 16 small systems.
   */
  static final class TunedTrainings {
    private static final int SMALL = 16;

    private static final List<Row> TABLE =
        List.of(
            new Row(16, List.of(2.25, 2.26, 2.27, 2.29), 1e-5, 1, 25),
            new Row(16, List.of(2.28), 1e-5, 1, 50),
            new Row(32, List.of(2.25, 2.26), 1e-4, 2.5, 100),
            new Row(32, List.of(2.27, 2.28), 1e-4, 2.2, 100),
            new Row(32, List.of(2.29), 1e-4, 2.0, 100),
            new Row(48, List.of(2.25, 2.26), 1e-4, 6.0, 200),
            new Row(48, List.of(2.27), 1e-4, 5.4, 200),
            new Row(48, List.of(2.28), 1e-4, 5.0, 200),
            new Row(48, List.of(2.29), 1e-4, 4.5, 200),
            new Row(64, List.of(2.25, 2.27), 1e-4, 10, 200),
            new Row(64, List.of(2.26), 1e-4, 9, 100),
            new Row(64, List.of(2.28), 1e-4, 8, 200),
            new Row(64, List.of(2.29), 1e-4, 7, 200),
            new Row(128, List.of(2.27), 1e-4, 32, 500));

    private TunedTrainings() {}

    private record Row(
        int large, List<Double> temperatures, double epsilon, double kappa, int epochs) {
      String yaml() {
        return String.format(
            Locale.ROOT, "train: {epsilon: %s, kappa: %s, epochs: %d}", epsilon, kappa, epochs);
      }
    }

    /** The section {@code train} of a row; empty where the authors trained no such model. */
    static Optional<String> yaml(int small, int large, List<Double> temperatures) {
      return TABLE.stream()
          .filter(row -> small == SMALL && row.large() == large && temperatures.size() == 1)
          .filter(row -> row.temperatures().contains(temperatures.get(0)))
          .map(Row::yaml)
          .findFirst();
    }
  }

  /** Presets of the Ising model: the behaviour of the authors' public code. */
  static final class Presets {
    /**
     * Part 1 (section III.2, Figs. 3 and 4): IS-13, IS-15, IS-21, IS-31, IS-43, IS-50, ME-66,
     * ME-76. Kappa is K by default; the baseline sets {@code train.kappa: 1}.
     */
    private static final String PART_1 =
        """
        simulate: {sampling: events}
        upsample: {states: enlarged, random_share: 0.5}
        relax: {patch: 16, stride: 8, environment: periodic, duration: {events: 256}, random_passes: 0}
        evolve: {environment: periodic, auto: flips, patch_observable: seam}
        closure: {dim: 2, epochs: 10, batch: 512, drop_last: true, learning_rate: 2e-4, amsgrad: true}
        sde:
          embedding: 0
          drift: {type: plain}
          diffusion: {hidden: [64, 64, 64], lower: false}
          scaling: range
          time_unit: duration
        train: {epochs: 100, patience: 5}
        """;

    /**
     * Part 2 (Figs. 5 and 6): PT-03, PT-11...PT-13, PT-30...PT-32, PT-40. {@link TunedTrainings}
     * adds the values of PT-45 where they exist.
     */
    private static final String PART_2 =
        """
        lattice: {dynamics: sweeps}
        upsample: {states: enlarged}
        relax: {patch: 16, stride: 8, environment: ghost, duration: {events: 256}}
        evolve: {environment: periodic, auto: flips, patch_observable: seam}
        closure: {dim: 2, epochs: 10, batch: 512, drop_last: true, learning_rate: 2e-4, amsgrad: true}
        sde:
          embedding: 0
          drift: {type: plain}
          diffusion: {hidden: [64, 64, 64], lower: false}
          scaling: range
          time_unit: duration
        train: {epochs: 200, patience: 5, learning_rate: 2e-4}
        """;

    /**
     * Large states are right near the critical temperature, too (EX-20, EX-23). Partial evolutions
     * are long, so predictions step as long as they last; 1.1 allows for rounding.
     */
    static final String DEFAULTS =
        "{upsample: {states: maxent}, sde: {time_unit: duration}, ensemble: {step: 1.1}}";

    /** The preset that has a table of tuned values. */
    static final String TUNED = "authors_phase_transition";

    static final Map<String, String> ALL = Map.of("authors", PART_1, TUNED, PART_2);

    private Presets() {}
  }
}
