/**
 * Crystals as data: cell, basis, hop vectors, cut-off shells and point group; and what follows from
 * them: neighbours by offset arithmetic, environments and canonical hop maps (AL-01...AL-24).
 */
package org.latticelift.sim.vacancy.crystal;
