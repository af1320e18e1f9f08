/**
 * Rejection-free kinetic Monte Carlo of vacancy jumps (AL-40...AL-46): {@link
 * org.latticelift.sim.vacancy.kmc.VacancyKernel}, {@link
 * org.latticelift.sim.vacancy.kmc.VacancySimulator}, its exact environment cache, its observers,
 * and the plain twin that it equals bit for bit; {@link
 * org.latticelift.sim.vacancy.kmc.FlickerSimulator}, which resolves flicker exactly.
 */
package org.latticelift.sim.vacancy.kmc;
