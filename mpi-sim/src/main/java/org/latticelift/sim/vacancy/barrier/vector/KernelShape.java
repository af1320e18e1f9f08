package org.latticelift.sim.vacancy.barrier.vector;

import jdk.incubator.vector.VectorSpecies;

/**
 * What is constant in a copy of {@link VectorPanelKernel}.
 *
 * @param species the vectors
 * @param stride floats from one row of activations to the next
 */
record KernelShape(VectorSpecies<Float> species, int stride) {}
