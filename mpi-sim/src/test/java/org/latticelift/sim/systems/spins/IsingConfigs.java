package org.latticelift.sim.systems.spins;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;

/** Small Ising models from configuration text. */
final class IsingConfigs {
  private IsingConfigs() {}

  static IsingSystem system(String lattice, String upsample, String relax, String evolve) {
    return system(2.5, lattice, upsample, relax, evolve);
  }

  static IsingSystem system(
      double temperature, String lattice, String upsample, String relax, String evolve) {
    String yaml =
        "conditions: {temperature: [%s]}\nlattice: {%s}\nupsample: {%s}\nrelax: {%s}\nevolve: {%s}\n";
    String text = String.format(yaml, temperature, lattice, upsample, relax, evolve);
    return (IsingSystem) new IsingProvider().create(ConfigNode.parse(text, "test.yaml"));
  }

  static IsingDynamics dynamics(IsingSystem system, double meanEventTime) {
    Condition condition = system.conditions().get(0);
    return (IsingDynamics) system.dynamics(condition, meanEventTime);
  }
}
