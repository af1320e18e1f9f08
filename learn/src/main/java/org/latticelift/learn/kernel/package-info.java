/**
 * Compiled forward passes of an equation, which integrate it without a training engine. Kernels
 * work on tiles: rows of one float per trajectory. {@link org.latticelift.learn.kernel.SdeProgram}
 * lays the networks out as products on rows, {@link
 * org.latticelift.learn.kernel.TileFactories.TileArithmetic} carries them out, {@link
 * org.latticelift.learn.kernel.SdeTile} steps.
 */
package org.latticelift.learn.kernel;
