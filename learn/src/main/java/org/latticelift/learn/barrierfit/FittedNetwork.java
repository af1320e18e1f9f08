package org.latticelift.learn.barrierfit;

import java.util.List;
import java.util.Optional;

/**
 * The result of a training.
 *
 * @param hidden widths of the hidden layers
 * @param layers weights and biases from the input on, the output last and in eV
 * @param rowsSeen rows seen in training
 * @param curve the learning curve
 * @param holdOut errors on the hold-out environments; empty without any
 * @param fresh errors on fresh environments; empty without a table of them
 */
public record FittedNetwork(
    List<Integer> hidden,
    List<Layer> layers,
    long rowsSeen,
    LearningCurve curve,
    Optional<ErrorReport> holdOut,
    Optional<ErrorReport> fresh) {
  /**
   * Copies the lists.
   *
   * @param hidden widths of the hidden layers
   * @param layers weights and biases from the input on, the output last and in eV
   * @param rowsSeen rows seen in training
   * @param curve the learning curve
   * @param holdOut errors on the hold-out environments; empty without any
   * @param fresh errors on fresh environments; empty without a table of them
   */
  public FittedNetwork {
    hidden = List.copyOf(hidden);
    layers = List.copyOf(layers);
  }

  /**
   * One linear map.
   *
   * @param inputs number of inputs
   * @param outputs number of outputs
   * @param weight inputs x outputs, row-major; in the first layer input 3 k + s - 1 is species s at
   *     canonical position k (for three species)
   * @param bias one per output
   */
  public record Layer(int inputs, int outputs, float[] weight, float[] bias) {}
}
