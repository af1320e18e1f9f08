/**
 * Configurations with prescribed numbers of pairs (EX-24): what targets are possible, and exchanges
 * of atoms that lead there.
 */
package org.latticelift.sim.vacancy.build;
