/**
 * Training of the latent SDE from pairs of partial evolution (ME-17, ME-25): data and scaling, the
 * optimiser, the schedules, the stage {@code train}, and two engines for the gradients: Java, and
 * DJL on PyTorch with its differentiable forward pass and loss.
 */
package org.latticelift.learn.train;
