/**
 * Conditions that change in time (EX-50): a schedule is an immutable, piecewise linear function of
 * time, read from the section {@code schedule}, from the command line or from a CSV file. Runs
 * under it go leg by leg, on one rank or on many.
 */
package org.latticelift.sim.schedule;
