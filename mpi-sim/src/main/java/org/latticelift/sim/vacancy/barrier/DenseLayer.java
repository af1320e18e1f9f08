package org.latticelift.sim.vacancy.barrier;

/**
 * One dense layer of an evaluable network, batch normalisation folded in, single precision. The
 * arrays are shared, not copied; nobody modifies them.
 *
 * @param inputs number of inputs
 * @param outputs number of neurons
 * @param weight inputs by outputs, row-major
 * @param bias one per neuron
 */
public record DenseLayer(int inputs, int outputs, float[] weight, float[] bias) {}
