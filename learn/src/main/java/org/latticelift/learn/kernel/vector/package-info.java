/** Tiles of trajectories with the Vector API; needs jdk.incubator.vector. */
package org.latticelift.learn.kernel.vector;
