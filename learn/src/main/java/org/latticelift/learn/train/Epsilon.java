package org.latticelift.learn.train;

import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.train.Epsilon.DriftVariates;

/**
 * The constant on the diagonal of the covariance in the loss: {@code auto} for 1e-6 times the
 * median variance of the increments (DI-02), or a number in scaled variables (ME-32). {@code
 * number}: empty for auto.
 */
public record Epsilon(OptionalDouble number) {
  private static final double RELATIVE = 1e-6;

  /** Reads the key ({@code node}: {@code auto} or a number). */
  public static Epsilon fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new Epsilon(OptionalDouble.empty());
    }
    double value = node.number();
    if (!(value >= 0)) {
      throw node.wrongType("auto or a number >= 0");
    }
    return new Epsilon(OptionalDouble.of(value));
  }

  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsDouble() : "auto";
    return ConfigNode.parse(text, "train.epsilon");
  }

  double resolve(DoubleSupplier medianVariance) {
    return number.orElseGet(() -> RELATIVE * medianVariance.getAsDouble());
  }

  /** Whether the generator is a control variate of the drift (EX-05). */
  public enum DriftVariates {
    /** Where the pairs have compensators. */
    AUTO,
    /** Always; an error without compensators. */
    ON,
    /** Never: one training for drift and diffusion. */
    OFF
  }
}
