package org.latticelift.sim.systems.curieweiss;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.LongerRelaxation;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StageKeys;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.systems.spin.TemperaturesConfig;
import org.latticelift.sim.systems.spin.UpsampleConfig;

/** Makes the Curie-Weiss model from its configuration. */
public final class CurieWeissProvider implements SystemProvider {
  static final String NAME = "curie-weiss";

  /** Found by {@link java.util.ServiceLoader}. */
  public CurieWeissProvider() {}

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
  public MicroscopicSystem<?> create(ConfigNode root) {
    CurieWeissSetup setup = setup(root);
    GrowthFactors.of(setup.lattice().small(), setup.lattice().large());
    return new CurieWeissSystem(setup, TemperaturesConfig.conditions(root.get("conditions")));
  }

  private static CurieWeissSetup setup(ConfigNode root) {
    return new CurieWeissSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE),
        Binder.bind(root.section("relax"), RelaxConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    return setup(resolved).enlarges()
        ? Optional.of(
            LongerRelaxation.ofWindows(resolved, doublings).with("relax.coupling", "whole"))
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
