package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier.FoldedNetwork;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier.InputRows;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * A network in double precision throughout: the reference that the single-precision kernels are
 * compared with. Slow and plain; allocates.
 */
public final class DoubleTwin {
  private final Crystal crystal;
  private final FoldedNetwork network;

  /**
   * A twin of {@link NetworkBarrier} with the same arguments.
   *
   * @param weights the stored network
   * @param crystal the crystal
   * @param order the order asked for, if any
   * @param epsilon the epsilon asked for, if any
   */
  public DoubleTwin(
      BarrierWeights weights,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon) {
    this.crystal = crystal;
    this.network =
        new FoldedNetwork(
            weights,
            new InputRows(
                weights,
                crystal,
                weights.resolveOrder(order),
                SpeciesOrder.stored(weights.species())),
            weights.resolveEpsilon(epsilon));
  }

  /**
   * The barriers of all hops of one vacancy.
   *
   * @param environment species codes in lab order, 0 a vacancy
   * @param basis basis position of the vacancy
   * @return one barrier per hop, eV; positive infinity where the target is a vacancy
   */
  public double[] barriers(byte[] environment, int basis) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    double[] barriers = new double[geometry.hops()];
    for (int d = 0; d < barriers.length; d++) {
      byte[] canonical = new byte[geometry.sites()];
      for (int k = 0; k < canonical.length; k++) {
        canonical[k] = environment[geometry.canonical(d, k)];
      }
      boolean blocked = environment[geometry.hopTarget(d)] == 0;
      barriers[d] = blocked ? Double.POSITIVE_INFINITY : output(canonical);
    }
    return barriers;
  }

  /**
   * The output of the network, whatever is at the target.
   *
   * @param canonical species codes in canonical order
   * @return barrier in eV
   */
  public double output(byte[] canonical) {
    FoldedNetwork.Linear first = network.hidden().get(0);
    double[] values = first.bias().clone();
    for (int k = 0; k < canonical.length; k++) {
      int row = (k * network.codes() + canonical[k]) * values.length;
      for (int n = 0; n < values.length; n++) {
        values[n] += first.weight()[row + n];
      }
    }
    activate(values);
    for (FoldedNetwork.Linear layer : network.hidden().subList(1, network.hidden().size())) {
      values = linear(layer, values);
      activate(values);
    }
    return linear(network.output(), values)[0];
  }

  private void activate(double[] values) {
    for (int n = 0; n < values.length; n++) {
      double x = values[n];
      values[n] =
          network.activation() == Activation.RELU ? Math.max(0, x) : x / (1 + StrictMath.exp(-x));
    }
  }

  private static double[] linear(FoldedNetwork.Linear layer, double[] in) {
    double[] out = layer.bias().clone();
    for (int k = 0; k < in.length; k++) {
      for (int n = 0; n < out.length; n++) {
        out[n] += in[k] * layer.weight()[k * out.length + n];
      }
    }
    return out;
  }
}
