package org.latticelift.barrier;

import java.util.List;

/**
 * What a kernel needs to evaluate a network in single precision. The first layer is a table: for
 * canonical position k and code c the row k (species + 1) + c holds what that site adds to each
 * neuron; the rows of vacancies hold -0.0, so that adding them changes no bit. The arrays are
 * shared, not copied; nobody modifies them.
 *
 * <p>Arithmetic contract: each value starts from its bias and takes its inputs in ascending order;
 * table rows by plain additions, dense layers and output by fused multiply-add; activations by
 * {@link Activation#apply(float)}. So the bits depend on nothing else.
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
   * Floating-point operations of one row: table additions, and two per multiply-add.
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
