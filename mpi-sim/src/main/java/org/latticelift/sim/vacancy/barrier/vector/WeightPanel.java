package org.latticelift.sim.vacancy.barrier.vector;

import java.util.Arrays;

/**
 * Some columns of a layer's weights side by side, so that a kernel reads them as one stream.
 * Columns beyond the last are zero.
 *
 * @param inputs number of rows
 * @param weight inputs by the width of a panel, row-major, from element {@link #FIRST} on
 * @param bias one per column
 */
record WeightPanel(int inputs, float[] weight, float[] bias) {
  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  /** Where data begin, so that they begin a cache line if their array does. */
  static final int FIRST = (LINE_BYTES - HEADER_BYTES) / Float.BYTES;

  /** Cuts a row-major matrix, one bias per column, into panels. */
  static WeightPanel[] of(float[] matrix, float[] bias, int width) {
    WeightPanel[] panels = new WeightPanel[(bias.length + width - 1) / width];
    for (int p = 0; p < panels.length; p++) {
      panels[p] = panel(matrix, bias, p * width, width);
    }
    return panels;
  }

  private static WeightPanel panel(float[] matrix, float[] bias, int first, int width) {
    int columns = bias.length;
    int rows = matrix.length / columns;
    int used = Math.min(width, columns - first);
    float[] weight = new float[FIRST + rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * columns + first, weight, FIRST + row * width, used);
    }
    float[] part = Arrays.copyOf(Arrays.copyOfRange(bias, first, first + used), width);
    return new WeightPanel(rows, weight, part);
  }
}
