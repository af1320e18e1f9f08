/**
 * Message passing between ranks: a small interface, the transport inside one JVM, and how the other
 * transports are found. Sums that cross ranks are integers, or minima and maxima, so that results
 * do not depend on the number of ranks or on the order in which messages arrive.
 */
package org.latticelift.sim.parallel.communicator;
