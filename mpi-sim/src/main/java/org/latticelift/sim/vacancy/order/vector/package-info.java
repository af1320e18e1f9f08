/** Counts bonds with the Vector API; used when the module jdk.incubator.vector is there. */
package org.latticelift.sim.vacancy.order.vector;
