/**
 * The latent stochastic differential equation dz = mu dt + sigma dW (ME-22): its architecture
 * (ME-44 to ME-63), its parameters, the model file, and kernels that integrate it without a
 * training engine. Kernels work on tiles: rows of one float per trajectory. {@link
 * org.latticelift.learn.sde.SdeProgram} lays the networks out as products on rows, {@link
 * org.latticelift.learn.sde.TileFactories.TileArithmetic} carries them out, {@link
 * org.latticelift.learn.sde.SdeTile} steps.
 */
package org.latticelift.learn.sde;
