/**
 * The ensemble kernel on ND4J, on the processor or a GPU: the networks of all trajectories of a
 * block as matrix products. Loaded only where it is chosen.
 */
package org.latticelift.learn.nd4j;
