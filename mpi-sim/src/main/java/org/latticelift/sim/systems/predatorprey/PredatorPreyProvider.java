package org.latticelift.sim.systems.predatorprey;

import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionList;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StageKeys;
import org.latticelift.sim.system.SystemProvider;

/** Makes the predator-prey system from its configuration. */
public final class PredatorPreyProvider implements SystemProvider {
  static final String NAME = "predator-prey";

  private static final ConditionList CONDITIONS =
      new ConditionList("noise", noise -> noise > 0 && noise <= 1, "above 0, at most 1", "0.02");

  /** Found by {@link java.util.ServiceLoader}. */
  public PredatorPreyProvider() {}

  /**
   * Section {@code conditions}.
   *
   * @param noise levels of the noise (PP-02)
   */
  record Conditions(@Doc("sigma, levels of the noise; the paper has 0.02") List<Double> noise) {}

  /** What this system reads of section {@code upsample}: nothing. */
  record UpsampleConfig() {}

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
    Setup setup = setup(root);
    ConfigNode section = root.get("conditions");
    List<Condition> conditions =
        CONDITIONS.of(Binder.bind(section, Conditions.class).noise(), section);
    setup.check(conditions);
    return new PredatorPreySystem(setup, conditions);
  }

  private static Setup setup(ConfigNode root) {
    Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE);
    return new Setup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(Conditions.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(UpsampleConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }
}
