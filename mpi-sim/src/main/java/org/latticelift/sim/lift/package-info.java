/**
 * From the small system to pairs of the large one (stages 2 and 3 of ME-03): upsampling, relaxation
 * and partial evolution as one streaming stage, in which a large state lives only while its pair is
 * made.
 */
package org.latticelift.sim.lift;
