package org.latticelift.sim.systems.predatorprey;

import java.util.Set;
import java.util.TreeSet;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * Initial fields u = m + k cos(10 pi x), v = (1 - m) - k cos(10 pi x) (PP-04): given m and k, or
 * {@code uniform} for m in (0.45, 0.55) and k in (0.05, 0.15), drawn for every run.
 *
 * @param mean m; NaN for uniform
 * @param amplitude k; NaN for uniform
 */
public record Start(double mean, double amplitude) {
  private static final String UNIFORM = "uniform";
  private static final Set<String> KEYS = Set.of("mean", "amplitude");
  private static final double LEAST_MEAN = 0.45;
  private static final double LEAST_AMPLITUDE = 0.05;
  private static final double WIDTH = 0.1;
  private static final double WAVES = 10;

  /**
   * Reads the key.
   *
   * @param node {@code uniform} or {@code {mean: m, amplitude: k}}
   * @return the choice
   */
  public static Start fromConfig(ConfigNode node) {
    if (node.isWord(UNIFORM)) {
      return new Start(Double.NaN, Double.NaN);
    }
    if (!node.isMapping() || !KEYS.equals(new TreeSet<>(node.keys()))) {
      throw node.wrongType("uniform, or {mean: m, amplitude: k}");
    }
    return new Start(fraction(node.get("mean")), fraction(node.get("amplitude")));
  }

  private static double fraction(ConfigNode node) {
    double value = node.number();
    if (!(value >= 0 && value <= 1)) {
      throw LatticeLiftException.badData(
          "an initial state with " + node.text(), node.where(), "0 to 1", "Correct the value");
    }
    return value;
  }

  /**
   * Writes the key.
   *
   * @return {@code uniform} or a mapping
   */
  public ConfigNode toConfig() {
    String yaml = isUniform() ? UNIFORM : "{mean: " + mean + ", amplitude: " + amplitude + "}";
    return ConfigNode.parse(yaml, "lattice");
  }

  private boolean isUniform() {
    return Double.isNaN(mean);
  }

  /** Mean prey of initial states on average; waves have no mean (PP-04). */
  double meanPrey() {
    return isUniform() ? LEAST_MEAN + WIDTH / 2 : mean;
  }

  /** An initial state. */
  Fields fields(int cells, RandomStream stream) {
    double m = isUniform() ? LEAST_MEAN + WIDTH * stream.uniform() : mean;
    double k = isUniform() ? LEAST_AMPLITUDE + WIDTH * stream.uniform() : amplitude;
    Fields fields = new Fields(new double[cells], new double[cells]);
    for (int i = 0; i < cells; i++) {
      double wave = k * StrictMath.cos(WAVES * Math.PI * (i + 0.5) / cells);
      fields.prey()[i] = m + wave;
      fields.predator()[i] = (1 - m) - wave;
    }
    return fields;
  }
}
