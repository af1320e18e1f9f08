/**
 * HDF5 files: a writer, a reader and slab-wise access to one large dataset. The only package that
 * uses jHDF. Every dataset carries {@code units}, {@code long_name} and {@code axes}.
 */
package org.latticelift.io.hdf5;
