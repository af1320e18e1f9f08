package org.latticelift.sim.system;

import org.latticelift.io.hdf5.Hdf5Writer;

/** A saved large state, read plane by plane, so that nobody needs to hold the whole. */
public interface SavedState extends AutoCloseable {
  /**
   * Number of planes of constant first index.
   *
   * @return positive
   */
  int planes();

  /**
   * Elements of a plane as they stand in files.
   *
   * @param x from 0 to {@link #planes()} - 1
   * @return elements, row-major
   */
  byte[] plane(int x);

  /**
   * Writes what else a reader of the state wants to know; the group is there.
   *
   * @param file being written
   * @param group group of the state
   */
  void details(Hdf5Writer file, String group);

  @Override
  void close();
}
