package org.latticelift.sim.systems.predatorprey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StageKeys;
import org.latticelift.sim.system.SystemProvider;

/** Makes the predator-prey system from its configuration. */
public final class PredatorPreyProvider implements SystemProvider {
  static final String NAME = "predator-prey";

  private static final String NOISE = "noise";

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
  public Set<String> keys() {
    return Set.of("conditions", "lattice");
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
    List<Condition> conditions = conditions(root.get("conditions"));
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
  public ConfigNode resolve(ConfigNode root) {
    Setup setup = setup(root);
    return root.only(keys())
        .with("lattice", Binder.resolve(setup.lattice()))
        .with("upsample", "{}")
        .with("evolve", Binder.resolve(setup.evolve()));
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(Conditions.class),
        "lattice", List.of(LatticeConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }

  private static List<Condition> conditions(ConfigNode node) {
    List<Condition> conditions = new ArrayList<>();
    for (double noise : Binder.bind(node, Conditions.class).noise()) {
      if (!(noise > 0 && noise <= 1)) {
        throw mistake("a noise of " + noise, node, "above 0, at most 1");
      }
      if (conditions.stream().anyMatch(c -> c.value() == noise)) {
        throw mistake("noise " + noise + " twice", node, "different levels");
      }
      conditions.add(Condition.of(NOISE, noise));
    }
    if (conditions.isEmpty()) {
      throw mistake("no level of the noise", node, "at least one, such as noise: [0.02]");
    }
    return conditions;
  }

  private static LatticeLiftException mistake(String what, ConfigNode node, String allowed) {
    return LatticeLiftException.badData(what, node.get(NOISE).where(), allowed, "Correct the list");
  }
}
