/**
 * The latent stochastic differential equation dz = mu dt + sigma dW (ME-22): its architecture
 * (ME-44 to ME-63), its parameters, the model file, and Java kernels that evaluate drift and
 * diffusion without a training engine.
 */
package org.latticelift.sde;
