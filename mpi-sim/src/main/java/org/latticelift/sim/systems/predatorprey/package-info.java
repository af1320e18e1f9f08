/**
 * The stochastic predator-prey system (section III.1, PP-01...PP-23): two fields on a line of
 * cells, an explicit Euler-Maruyama step, enlargement by linear interpolation, and partial
 * evolution of one patch with ghost cells, which is exact for one step (appendix E).
 */
package org.latticelift.sim.systems.predatorprey;
