package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;

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
    int inputs, int width, float[] weight, float[] bias, Optional<BatchNorm> norm) {}
