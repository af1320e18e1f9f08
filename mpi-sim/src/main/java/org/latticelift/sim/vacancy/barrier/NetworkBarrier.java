package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * A barrier network (AL-20 to AL-37, CN-01): for each hop the canonical environment goes through
 * hidden layers to one energy in eV. All hops of a vacancy, and several vacancies, go through
 * together.
 *
 * <p>Cost model for BCC and the published network (128-128-128-128), per vacancy: 8 x 56 rows of
 * 512 bytes added, each the sum for a pair of positions, from a table of which 258 kB are in use,
 * most of the second-level cache's work (1.9 microseconds where a core does at most 118 Gflop/s);
 * three products of 8 x 128 by 128 x 128 (64 kB of weights each) without the inputs that are zero
 * in both rows of a pair, a third of them (5.4 microseconds instead of 7; their multiply-adds alone
 * would take 4.4); output 2 kflop. Together 7.8 microseconds: as many barriers as if the whole
 * network were evaluated at 97 % of the peak of the core. 64-64-64: 0.19 Mflop and about 1500
 * exponentials (0.6 microseconds), 2.7 microseconds; 32-32: 0.9 microseconds. {@code
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
    this(name, weights, SpeciesOrder.stored(weights.species()), crystal, order, epsilon, factory);
  }

  /**
   * Folds the weights for a crystal and for species in an order of their own.
   *
   * @param name for reports
   * @param weights the stored network
   * @param species the order of the codes
   * @param crystal the crystal whose environments are read
   * @param order the order asked for; contradicting the weights' own is an error
   * @param epsilon the epsilon asked for; wins over the file's
   * @param factory the arithmetic; all give the same bits
   */
  NetworkBarrier(
      String name,
      BarrierWeights weights,
      SpeciesOrder species,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon,
      DenseKernelFactory factory) {
    this.name = name;
    this.crystal = crystal;
    double[] frequency = weights.attemptFrequency();
    this.attemptFrequency = species.stored().stream().mapToDouble(i -> frequency[i]).toArray();
    InputRows inputs = new InputRows(weights, crystal, weights.resolveOrder(order), species);
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
