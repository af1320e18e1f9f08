package org.latticelift.sim.systems.spins;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissDynamics;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissSystem;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSpins;

/** Small Curie-Weiss models from configuration text. */
final class CurieWeissConfigs {
  private CurieWeissConfigs() {}

  static CurieWeissSystem system(String lattice, String upsample, String relax, String evolve) {
    String yaml =
        "conditions: {temperature: [1.1]}\nlattice: {%s}\nupsample: {%s}\nrelax: {%s}\nevolve: {%s}\n";
    return (CurieWeissSystem)
        new CurieWeissProvider()
            .create(
                ConfigNode.parse(
                    String.format(yaml, lattice, upsample, relax, evolve), "test.yaml"));
  }

  static CurieWeissDynamics dynamics(CurieWeissSystem system, double meanEventTime) {
    return (CurieWeissDynamics) system.dynamics(system.conditions().get(0), meanEventTime);
  }

  static RandomStream stream(long seed) {
    return new Streams(seed).stream(Purpose.CHECK, 77);
  }

  /** The first spins up, the others down. */
  static MeanFieldSpins crowd(int side, int ups) {
    byte[] spins = new byte[side * side];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) (i < ups ? 1 : -1);
    }
    return MeanFieldSpins.of(spins);
  }
}
