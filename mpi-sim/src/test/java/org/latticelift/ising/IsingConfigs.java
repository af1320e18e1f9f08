package org.latticelift.ising;

import org.latticelift.config.ConfigNode;
import org.latticelift.system.Condition;

/** Small Ising models from configuration text. */
final class IsingConfigs {
  private IsingConfigs() {}

  static IsingSystem system(String lattice, String upsample, String relax, String evolve) {
    String yaml =
        "conditions: {temperature: [2.5]}\nlattice: {%s}\nupsample: {%s}\nrelax: {%s}\nevolve: {%s}\n";
    return (IsingSystem)
        new IsingProvider()
            .create(
                ConfigNode.parse(
                    String.format(yaml, lattice, upsample, relax, evolve), "test.yaml"));
  }

  static IsingDynamics dynamics(IsingSystem system, double meanEventTime) {
    Condition condition = system.conditions().get(0);
    return (IsingDynamics) system.dynamics(condition, meanEventTime);
  }
}
