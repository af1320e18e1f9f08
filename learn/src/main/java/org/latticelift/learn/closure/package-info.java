/**
 * Learned closure variables (ME-05...ME-11): an encoder of patches that is averaged over patches, a
 * decoder that must rebuild the whole state from observables and closures, their training on large
 * states, and the latent pairs that the stochastic differential equation is trained on.
 */
package org.latticelift.learn.closure;
