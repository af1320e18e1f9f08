/**
 * Loss and gradient of the latent SDE in Java: forward and backward passes of the networks (ME-44
 * to ME-61) and of the transition loss (ME-29), written once over an arithmetic of blocks that has
 * a plain and a vector form with equal bits.
 */
package org.latticelift.learn.train.gradient;
