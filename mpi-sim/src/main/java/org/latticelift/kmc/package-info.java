/**
 * Rejection-free kinetic Monte Carlo of vacancy jumps (AL-40...AL-46): {@link
 * org.latticelift.kmc.VacancyKernel}, {@link org.latticelift.kmc.VacancySimulator}, its exact
 * environment cache, its observers, and the plain twin that it equals bit for bit; {@link
 * org.latticelift.kmc.FlickerSimulator}, which resolves flicker exactly.
 */
package org.latticelift.kmc;
