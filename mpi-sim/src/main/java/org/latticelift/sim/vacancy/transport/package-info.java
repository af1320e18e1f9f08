/** Transport coefficients from the displacements that vacancy jumps make (EX-60). */
package org.latticelift.sim.vacancy.transport;
