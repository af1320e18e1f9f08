package org.latticelift.sim.systems.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionList;
import org.latticelift.sim.system.LongerRelaxation;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StageKeys;
import org.latticelift.sim.system.SystemProvider;

/** Makes the chain from its configuration; without presets, since no code of it was published. */
public final class ChainProvider implements SystemProvider {
  static final String NAME = "linear-chain";

  private static final ConditionList CONDITIONS =
      new ConditionList(
          "force", force -> force > 0 && force < Double.POSITIVE_INFINITY, "positive numbers", "8");

  /** Found by {@link java.util.ServiceLoader}. */
  public ChainProvider() {}

  /**
   * Section {@code conditions}.
   *
   * @param force forces on the first particle (LC-01)
   */
  record Conditions(@Doc("F on the first particle, positive") List<Double> force) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MicroscopicSystem<?> create(ConfigNode root) {
    ChainSetup setup = setup(root);
    ConfigNode section = root.get("conditions");
    List<Condition> conditions =
        CONDITIONS.of(Binder.bind(section, Conditions.class).force(), section);
    setup.check(conditions);
    return new ChainSystem(setup, conditions);
  }

  private static ChainSetup setup(ConfigNode root) {
    return new ChainSetup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE),
        Binder.bind(root.section("relax"), RelaxConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    return setup(resolved).enlarges()
        ? Optional.of(LongerRelaxation.ofWindows(resolved, doublings))
        : Optional.empty();
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(Conditions.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(UpsampleConfig.class),
        "relax", List.of(RelaxConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }
}
