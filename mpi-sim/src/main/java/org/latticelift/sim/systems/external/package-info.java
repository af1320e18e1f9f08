/** A system that workers simulate, processes in any language that speak one documented protocol. */
package org.latticelift.sim.systems.external;
