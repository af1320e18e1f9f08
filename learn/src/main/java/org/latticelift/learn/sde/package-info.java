/**
 * The latent stochastic differential equation dz = mu dt + sigma dW (ME-22): its architecture
 * (ME-44 to ME-63), its parameters and scaling, and the model file.
 */
package org.latticelift.learn.sde;
