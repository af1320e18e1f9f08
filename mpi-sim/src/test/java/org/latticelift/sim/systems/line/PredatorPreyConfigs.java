package org.latticelift.sim.systems.line;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.line.PredatorPreyProvider.PredatorPreySystem;

/** Predator-prey systems from configuration text. */
final class PredatorPreyConfigs {
  private PredatorPreyConfigs() {}

  static PredatorPreySystem system(String lattice, String evolve) {
    String yaml = "conditions: {noise: [0.02]}\nlattice: {%s}\nevolve: {%s}\n";
    return (PredatorPreySystem)
        new PredatorPreyProvider()
            .create(ConfigNode.parse(String.format(yaml, lattice, evolve), "test.yaml"));
  }

  static PredatorPreyDynamics dynamics(PredatorPreySystem system) {
    Condition condition = system.conditions().get(0);
    return (PredatorPreyDynamics) system.dynamics(condition, 0);
  }

  static RandomStream stream(long key) {
    return new Streams(1).stream(Purpose.CHECK, key);
  }

  static Fields noise(int cells, long key) {
    RandomStream stream = stream(key);
    Fields noise = new Fields(new double[cells], new double[cells]);
    for (int i = 0; i < cells; i++) {
      noise.prey()[i] = stream.normal();
      noise.predator()[i] = stream.normal();
    }
    return noise;
  }
}
