package org.latticelift.learn.barrierfit;

import java.util.List;
import java.util.Optional;

/**
 * The result of a training.
 *
 * @param hidden widths of the hidden layers
 * @param layers weights and biases from the input on, the output last and in eV
 * @param rowsSeen rows seen in training
 * @param keptRows rows seen when it had the weights that are kept: those with the smallest error on
 *     the hold-out environments
 * @param curve the learning curve
 * @param holdOut errors on the hold-out environments; empty without any
 * @param fresh errors on fresh environments; empty without a table of them
 * @param parity barriers of the network beside those of the table
 */
public record FittedNetwork(
    List<Integer> hidden,
    List<Layer> layers,
    long rowsSeen,
    long keptRows,
    LearningCurve curve,
    Optional<ErrorReport> holdOut,
    Optional<ErrorReport> fresh,
    Parity parity) {
  public FittedNetwork {
    hidden = List.copyOf(hidden);
    layers = List.copyOf(layers);
  }

  /**
   * Some barriers.
   *
   * @param heldOut whether the network was not fitted to them
   * @param table barriers of the table, eV
   * @param network barriers of the network, eV
   */
  public record Parity(boolean heldOut, double[] table, double[] network) {}

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
