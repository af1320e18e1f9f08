package org.latticelift.sim.systems.ising;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StageKeys;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.systems.spin.TemperaturesConfig;
import org.latticelift.sim.systems.spin.UpsampleConfig;

/** Makes the Ising model from its configuration. */
public final class IsingProvider implements SystemProvider {
  static final String NAME = "ising";

  /** Found by {@link java.util.ServiceLoader}. */
  public IsingProvider() {}

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
  public MicroscopicSystem<?> create(ConfigNode root) {
    IsingSetup setup = setup(root);
    List<Condition> conditions = TemperaturesConfig.conditions(root.get("conditions"));
    GrowthFactors.of(setup.lattice().small(), setup.lattice().large());
    DirectDynamics direct =
        root.find("direct")
            .filter(ConfigNode::isMapping)
            .flatMap(section -> section.find("dynamics"))
            .map(DirectDynamics::of)
            .orElse(DirectDynamics.OWN);
    return new IsingSystem(setup, conditions, direct);
  }

  private static IsingSetup setup(ConfigNode root) {
    return new IsingSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE),
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
          resolved.with("upsample.mixing", Math.min(more, UpsampleConfig.MOST_MIXING)));
    }
    return setup.enlarges()
        ? Optional.of(
            resolved
                .with("upsample.states", "maxent")
                .with("upsample.random_share", 0)
                .with("relax", "{}"))
        : Optional.empty();
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(TemperaturesConfig.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(UpsampleConfig.class),
        "relax", List.of(RelaxConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }
}
