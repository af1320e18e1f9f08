/**
 * Systems of sites in a line that step in time: the stochastic predator-prey equation
 * (PP-01...PP-22) and the chain of overdamped particles with a force on its first one
 * (LC-01...LC-15). They share consecutive sites, the patches of a line in their environments
 * (LC-07, PP-18), and how many steps a duration is.
 */
package org.latticelift.sim.systems.line;
