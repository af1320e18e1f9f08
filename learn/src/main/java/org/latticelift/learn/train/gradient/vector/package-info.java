/** Training with the Vector API; needs the module jdk.incubator.vector. */
package org.latticelift.learn.train.gradient.vector;
