/**
 * The one interface that every microscopic system implements and the only part of the microscopic
 * side that stages know: states, their dynamics, their observables, upsampling, relaxation and
 * partial evolution. Implementations are found by {@link java.util.ServiceLoader} through {@link
 * org.latticelift.sim.system.SystemProvider}.
 */
package org.latticelift.sim.system;
