package org.latticelift.sim.vacancy.sublattice;

/**
 * Where the windows of LocalRelax begin along one axis of a periodic lattice, and their colours:
 * windows of one colour are so far apart that none reads what another one writes.
 */
final class WindowGrid {
  private final int[] start;
  private final int[] colour;
  private final int colours;

  /**
   * Plans the windows.
   *
   * @param cells of the lattice along the axis
   * @param window cells of a window
   * @param overlapping by half a window (DI-20), or shifted by half a window without overlap
   * @param margin cells around a window that vacancies may go to
   */
  WindowGrid(int cells, int window, boolean overlapping, int margin) {
    int stride = overlapping ? Math.max(1, window / 2) : window;
    int shift = overlapping ? 0 : window / 2;
    start = new int[(cells + stride - 1) / stride];
    colour = new int[start.length];
    int period = (window + 2 * margin + BlockGrid.LEAST_EDGE + stride - 1) / stride;
    int periodic = cells / stride / period * period;
    for (int i = 0; i < start.length; i++) {
      start[i] = (shift + i * stride) % cells;
      colour[i] = i < periodic ? i % period : Math.min(periodic, period) + i - periodic;
    }
    colours = Math.min(periodic, period) + start.length - periodic;
  }

  /** Number of windows. */
  int size() {
    return start.length;
  }

  /** First cell of a window. */
  int start(int window) {
    return start[window];
  }

  int colour(int window) {
    return colour[window];
  }

  int colours() {
    return colours;
  }
}
