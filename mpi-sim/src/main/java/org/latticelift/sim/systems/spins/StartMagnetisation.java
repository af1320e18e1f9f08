package org.latticelift.sim.systems.spins;

import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The magnetisation m0 of initial states (IS-05): a number, or {@code uniform} for one drawn from
 * (-1,1). A state has exactly floor((1 + m0) n / 2) up spins at random places ({@code given}: m0;
 * empty for {@code uniform}).
 */
public record StartMagnetisation(OptionalDouble given) {
  /** Random magnetisation. */
  public static final StartMagnetisation ANY = new StartMagnetisation(OptionalDouble.empty());

  private static final String UNIFORM = "uniform";

  /** Reads the key ({@code node}: {@code uniform} or a number); the choice. */
  public static StartMagnetisation fromConfig(ConfigNode node) {
    if (node.isWord(UNIFORM)) {
      return ANY;
    }
    double value = node.number();
    if (!(value >= -1 && value <= 1)) {
      throw LatticeLiftException.badData(
          "an initial magnetisation of " + value,
          node.where(),
          "uniform, or a number from -1 to 1",
          "Correct the value");
    }
    return new StartMagnetisation(OptionalDouble.of(value));
  }

  /** Writes the key; {@code uniform} or a number. */
  public ConfigNode toConfig() {
    return ConfigNode.parse(
        given.isPresent() ? Double.toString(given.getAsDouble()) : UNIFORM, "lattice");
  }

  /**
   * An initial state ({@code side}: sites per row; {@code stream}: randomness: the magnetisation
   * where it is not given, then the places); +1 or -1, row by row.
   */
  public byte[] spins(int side, RandomStream stream) {
    double m0 = given.isPresent() ? given.getAsDouble() : 2 * stream.uniform() - 1;
    int sites = side * side;
    int up = (int) Math.floor((1 + m0) * sites / 2);
    int[] places = new int[sites];
    for (int i = 0; i < sites; i++) {
      places[i] = i;
    }
    stream.shuffle(places);
    byte[] spins = new byte[sites];
    for (int i = 0; i < sites; i++) {
      spins[places[i]] = (byte) (i < up ? 1 : -1);
    }
    return spins;
  }

  /** Mean of m0; -1 to 1. */
  public double mean() {
    return given.orElse(0);
  }

  /** Mean of m0 squared; 0 to 1. */
  public double square() {
    return given.isPresent() ? given.getAsDouble() * given.getAsDouble() : 1 / 3.0;
  }
}
