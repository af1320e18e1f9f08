package org.latticelift.barrier;

import java.util.Optional;
import org.latticelift.crystal.Crystal;

/**
 * A barrier network (AL-20 to AL-37, CN-01): for each hop the canonical environment goes through
 * hidden layers to one energy in eV. All hops of a vacancy, and several vacancies, go through
 * together.
 *
 * <p>Cost model for BCC and the published network (128-128-128-128), per vacancy: 8 x 112 table
 * rows of 512 bytes added (0.11 Mflop, the table of 229 kB is read once per batch from the second-
 * level cache), three products of 8 x 128 by 128 x 128 (0.79 Mflop, 64 kB of weights each), output
 * 2 kflop. Where a core does at most 176 Gflop/s that takes 9 microseconds: 4 for the table, which
 * loads bound, and 5 for the products. 64-64-64: 0.19 Mflop and about 1500 exponentials, 3.4
 * microseconds, of which the table is more than half; 32-32: 1.4 microseconds. {@link
 * BarrierBenchmark} measures it.
 */
public final class NetworkBarrier implements BarrierModel {
  private final String name;
  private final Crystal crystal;
  private final double[] attemptFrequency;
  private final NetworkParameters parameters;
  private final HopBlocks[] hopBlocks;
  private final DenseKernelFactory factory;

  /**
   * Folds the weights for a crystal, with the fastest arithmetic there is.
   *
   * @param name for reports
   * @param weights the stored network
   * @param crystal the crystal whose environments are read
   * @param order the order asked for; contradicting the weights' own is an error
   * @param epsilon the epsilon asked for; wins over the file's
   */
  public NetworkBarrier(
      String name,
      BarrierWeights weights,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon) {
    this(name, weights, crystal, order, epsilon, KernelFactories.fastest());
  }

  /**
   * Folds the weights for a crystal.
   *
   * @param name for reports
   * @param weights the stored network
   * @param crystal the crystal whose environments are read
   * @param order the order asked for; contradicting the weights' own is an error
   * @param epsilon the epsilon asked for; wins over the file's
   * @param factory the arithmetic; all give the same bits
   */
  public NetworkBarrier(
      String name,
      BarrierWeights weights,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon,
      DenseKernelFactory factory) {
    this.name = name;
    this.crystal = crystal;
    this.attemptFrequency = weights.attemptFrequency().clone();
    InputRows inputs = new InputRows(weights, crystal, weights.resolveOrder(order));
    this.parameters =
        new FoldedNetwork(weights, inputs, weights.resolveEpsilon(epsilon)).toParameters();
    this.hopBlocks = HopBlocks.of(crystal);
    this.factory = factory;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Crystal crystal() {
    return crystal;
  }

  @Override
  public int species() {
    return parameters.codes() - 1;
  }

  @Override
  public BarrierKernel newKernel() {
    return new NetworkKernel(crystal, hopBlocks, factory.create(parameters));
  }

  @Override
  public double attemptFrequency(int species) {
    return attemptFrequency[species - 1];
  }

  /**
   * The folded network.
   *
   * @return shared, not to be modified
   */
  public NetworkParameters parameters() {
    return parameters;
  }

  /**
   * The arithmetic in use.
   *
   * @return such as {@code vector-512}
   */
  public String kernelName() {
    return factory.name();
  }
}
