package org.latticelift.sim.systems.chain;

import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.RandomStream;

/**
 * Where all particles of initial states are: a number, or {@code uniform} for one drawn from (-1,1)
 * for every state (LC-10).
 *
 * @param given empty for {@code uniform}
 */
record Start(OptionalDouble given) {
  private static final String UNIFORM = "uniform";

  /**
   * Reads the key.
   *
   * @param node uniform or a number
   * @return the choice
   */
  public static Start fromConfig(ConfigNode node) {
    if (node.isWord(UNIFORM)) {
      return new Start(OptionalDouble.empty());
    }
    double value = node.number();
    if (!Double.isFinite(value)) {
      throw node.wrongType("uniform or a number");
    }
    return new Start(OptionalDouble.of(value));
  }

  /**
   * Writes the key.
   *
   * @return uniform or the number
   */
  public ConfigNode toConfig() {
    String text = given.isPresent() ? Double.toString(given.getAsDouble()) : UNIFORM;
    return ConfigNode.parse(text, "lattice");
  }

  Chain chain(int particles, RandomStream stream) {
    return Chain.at(given.isPresent() ? given.getAsDouble() : 2 * stream.uniform() - 1, particles);
  }

  double mean() {
    return given.orElse(0);
  }
}
