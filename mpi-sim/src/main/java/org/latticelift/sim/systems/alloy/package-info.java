/**
 * Vacancy diffusion in a crystalline alloy (reference identifiers AL-01...AL-75) as a {@link
 * org.latticelift.sim.system.LatticeSystem}: composition, initial states, upsampling, composition
 * repair, LocalRelax and partial evolution.
 */
package org.latticelift.sim.systems.alloy;
