package org.latticelift.sim.vacancy.barrier;

import java.util.List;

/**
 * What a kernel needs to evaluate a network in single precision. The first layer is a table: for
 * canonical position k and code c the row k (species + 1) + c holds what that site adds to each
 * neuron; the rows of vacancies hold -0.0, so that adding them changes no bit. The arrays are
 * shared, not copied; nobody modifies them.
 *
 * <p>Arithmetic contract: each value starts from its bias and takes its inputs in ascending order;
 * table rows by plain additions, after those of position k and its {@link #partner} have been added
 * to each other, dense layers and output by fused multiply-add; activations by {@link
 * Activation#apply(float)}. So the bits depend on nothing else. (Inputs that are zero may be left
 * out: at most the sign of a zero changes, which {@link Activation#RELU} removes.)
 *
 * @param sites environment sites S
 * @param codes species and the vacancy
 * @param width neurons of the first hidden layer
 * @param table (S codes) by width, row-major
 * @param bias of the first hidden layer
 * @param dense the other hidden layers
 * @param outputWeight one per neuron of the last hidden layer
 * @param outputBias eV
 * @param activation after each hidden layer
 */
public record NetworkParameters(
    int sites,
    int codes,
    int width,
    float[] table,
    float[] bias,
    List<DenseLayer> dense,
    float[] outputWeight,
    float outputBias,
    Activation activation) {

  /**
   * Copies the list of layers.
   *
   * @param sites environment sites S
   * @param codes species and the vacancy
   * @param width neurons of the first hidden layer
   * @param table (S codes) by width
   * @param bias of the first hidden layer
   * @param dense the other hidden layers
   * @param outputWeight one per neuron of the last hidden layer
   * @param outputBias eV
   * @param activation after each hidden layer
   */
  public NetworkParameters {
    dense = List.copyOf(dense);
  }

  /**
   * Pairs of positions whose table rows are added to each other before they are added to the sum.
   *
   * @param sites environment sites S
   * @return positions 0 to this number - 1 are the first ones of their pairs
   */
  public static int pairs(int sites) {
    return (sites + 1) / 2;
  }

  /**
   * The other position of a pair. Where positions are sorted by displacement and the environment is
   * centrosymmetric, as in BCC and FCC, it is the opposite place.
   *
   * @param k canonical position
   * @param sites environment sites S
   * @return S - 1 - k; a position that is its own partner is added alone
   */
  public static int partner(int k, int sites) {
    return sites - 1 - k;
  }

  /**
   * Floating-point operations of one row without any shortcut: an addition per position and neuron,
   * and two operations per multiply-add.
   *
   * @return operations for one barrier
   */
  public long operations() {
    long multiplyAdds = outputWeight.length;
    for (DenseLayer layer : dense) {
      multiplyAdds += (long) layer.inputs() * layer.outputs();
    }
    return (long) sites * width + 2 * multiplyAdds;
  }
}
