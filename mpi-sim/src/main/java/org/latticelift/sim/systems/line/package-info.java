/**
 * What systems of sites in a line that step in time share: consecutive sites, the patches of a line
 * in their environments (LC-07, PP-18), and how many steps a duration is.
 */
package org.latticelift.sim.systems.line;
