package org.latticelift.sim.vacancy.barrier;

/**
 * One array of a NumPy file.
 *
 * @param shape its extents, row-major
 * @param data the entries, as many as the product of the extents
 * @param offset the byte in the file at which the array was finished, for messages
 */
record NpyArray(int[] shape, float[] data, int offset) {
  /** The extents in NumPy's notation, such as {@code [729, 128]}. */
  String shapeText() {
    return java.util.Arrays.toString(shape);
  }
}
