package org.latticelift.sim.vacancy.barrier.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.kernel.SpecialisedClass;

/**
 * What is constant in a copy of {@link VectorPanelKernel}.
 *
 * @param species the vectors
 * @param stride floats from one row of activations to the next
 */
record KernelShape(VectorSpecies<Float> species, int stride) {
  PanelKernel kernel() {
    return SpecialisedClass.instance(
        MethodHandles.lookup(), PanelKernel.class, VectorPanelKernel.class, this);
  }
}
