package org.latticelift.sim.vacancy.barrier;

/**
 * Stored batch normalisation of one hidden layer: y = gamma (u - mean) / sqrt(variance + epsilon) +
 * beta (AL-31). The arrays are shared, not copied; nobody modifies them.
 *
 * @param gamma scale, one per neuron
 * @param beta shift
 * @param mean running mean
 * @param variance running variance
 */
public record BatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance) {}
