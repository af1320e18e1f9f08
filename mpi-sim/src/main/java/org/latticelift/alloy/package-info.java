/**
 * Vacancy diffusion in a crystalline alloy (reference identifiers AL-01...AL-75) as a {@link
 * org.latticelift.system.MicroscopicSystem}: composition, initial states, upsampling, composition
 * repair, LocalRelax and partial evolution.
 */
package org.latticelift.alloy;
