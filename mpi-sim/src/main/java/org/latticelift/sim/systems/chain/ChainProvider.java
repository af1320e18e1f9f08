package org.latticelift.sim.systems.chain;

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

/** Makes the chain from its configuration; without presets, since no code of it was published. */
public final class ChainProvider implements SystemProvider {
  static final String NAME = "linear-chain";

  private static final String FORCE = "force";

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
  public Set<String> keys() {
    return Set.of("conditions", "lattice", "relax");
  }

  @Override
  public MicroscopicSystem<?> create(ConfigNode root) {
    ChainSetup setup = setup(root);
    List<Condition> conditions = conditions(root.get("conditions"));
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
  public ConfigNode resolve(ConfigNode root) {
    ChainSetup setup = setup(root);
    return root.only(keys())
        .with("lattice", Binder.resolve(setup.lattice()))
        .with("relax", Binder.resolve(setup.relax()))
        .with("upsample", Binder.resolve(setup.upsample()))
        .with("evolve", Binder.resolve(setup.evolve()));
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

  private static List<Condition> conditions(ConfigNode node) {
    List<Condition> conditions = new ArrayList<>();
    for (double force : Binder.bind(node, Conditions.class).force()) {
      if (!(force > 0) || Double.isInfinite(force)) {
        throw mistake("a force of " + force, node, "positive numbers");
      }
      if (conditions.stream().anyMatch(c -> c.value() == force)) {
        throw mistake("force " + force + " twice", node, "different forces");
      }
      conditions.add(Condition.of(FORCE, force));
    }
    if (conditions.isEmpty()) {
      throw mistake("no force", node, "at least one, such as force: [8]");
    }
    return conditions;
  }

  private static LatticeLiftException mistake(String what, ConfigNode node, String allowed) {
    return LatticeLiftException.badData(what, node.get(FORCE).where(), allowed, "Correct the list");
  }
}
