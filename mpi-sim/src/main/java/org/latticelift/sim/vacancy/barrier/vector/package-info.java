/** Barrier networks with the Vector API; the only package that needs jdk.incubator.vector. */
package org.latticelift.sim.vacancy.barrier.vector;
