/**
 * Statistics of correlated records: the error of a mean by blocking, and where a record is
 * equilibrated.
 */
package org.latticelift.sim.statistics;
