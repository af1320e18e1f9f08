/**
 * The learned equation without a training engine. {@link org.latticelift.learn.kernel.SdeProgram}
 * is what it computes, as a list of operations on vectors; {@link
 * org.latticelift.learn.kernel.PlainSdeKernel} carries them out one by one. Fast kernels work on
 * tiles, rows of one float per trajectory: {@link org.latticelift.learn.kernel.TileProgram} lays
 * the operations out on rows, {@link org.latticelift.learn.kernel.TileArithmetic} carries them out,
 * {@link org.latticelift.learn.kernel.SdeTile} steps.
 */
package org.latticelift.learn.kernel;
