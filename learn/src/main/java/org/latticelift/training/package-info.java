/**
 * Training of the latent SDE from pairs of partial evolution (ME-17, ME-25) with DJL on PyTorch:
 * data and scaling, the differentiable forward pass, the loss, the optimiser, the schedules, and
 * the stage {@code train}.
 */
package org.latticelift.training;
