/**
 * Writes the register tiles of the vector kernels: loops over the rows and columns of a tile are
 * written out, because only vectors in local variables stay in registers. {@link
 * org.latticelift.bench.tiles.TileSources} is run by hand; a test compares what it writes with the
 * committed sources.
 */
package org.latticelift.bench.tiles;
