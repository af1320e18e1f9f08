/**
 * Systems on a line whose time goes in equal steps: the stochastic predator-prey equation and the
 * chain that is driven at its ends.
 */
package org.latticelift.sim.systems.line;
