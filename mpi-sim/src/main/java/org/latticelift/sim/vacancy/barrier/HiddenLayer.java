package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;

/**
 * One hidden layer as stored. The arrays are shared, not copied; nobody modifies them.
 *
 * @param inputs number of inputs: voxels, sites times species, or neurons of the layer before
 * @param width number of neurons
 * @param weight inputs by width, row-major
 * @param bias one per neuron
 * @param norm batch normalisation between the linear map and the activation, if there is one
 */
public record HiddenLayer(
    int inputs, int width, float[] weight, float[] bias, Optional<BatchNorm> norm) {

  /**
   * Stored batch normalisation of one hidden layer: y = gamma (u - mean) / sqrt(variance + epsilon)
   * + beta (AL-31). The arrays are shared, not copied; nobody modifies them.
   *
   * @param gamma scale, one per neuron
   * @param beta shift
   * @param mean running mean
   * @param variance running variance
   */
  public record BatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance) {}
}
