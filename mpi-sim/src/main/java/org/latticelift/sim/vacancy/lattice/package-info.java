/** The microscopic state of a crystal: which species sits on which site. */
package org.latticelift.sim.vacancy.lattice;
