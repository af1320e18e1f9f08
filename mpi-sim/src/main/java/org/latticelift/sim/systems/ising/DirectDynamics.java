package org.latticelift.sim.systems.ising;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/** The dynamics of direct runs of the large lattice. */
enum DirectDynamics {
  /** That of {@code lattice.dynamics}. */
  OWN,
  /** Flips of clusters, in equilibrium only. */
  WOLFF;

  /** The value of {@code direct.dynamics}; an error for any other. */
  static DirectDynamics of(ConfigNode value) {
    if (value.isWord("wolff")) {
      return WOLFF;
    }
    throw LatticeLiftException.badData(
        "direct runs by dynamics '" + value.toYaml().strip() + "'",
        value.where(),
        "wolff, or no such key: then the dynamics are those of lattice.dynamics",
        "Correct or remove the key");
  }
}
