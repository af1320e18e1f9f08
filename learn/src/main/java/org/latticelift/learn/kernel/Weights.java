package org.latticelift.learn.kernel;

import java.util.List;

/**
 * An array of every parameter set.
 *
 * @param inputs 1 for a bias
 * @param values of each, [inputs, outputs] row-major
 */
public record Weights(String name, int inputs, int outputs, List<float[]> values) {}
