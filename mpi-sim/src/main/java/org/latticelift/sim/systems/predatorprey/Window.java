package org.latticelift.sim.systems.predatorprey;

/**
 * Consecutive cells.
 *
 * @param from first cell
 * @param to the cell behind the last one
 */
record Window(int from, int to) {
  /** All cells. */
  static Window whole(Fields fields) {
    return new Window(0, fields.cells());
  }

  /** One patch of many (PP-18). */
  static Window patch(int cells, long patch) {
    int from = Math.toIntExact(patch * cells);
    return new Window(from, from + cells);
  }

  int cells() {
    return to - from;
  }

  /** With a margin on both sides, as far as there are cells. */
  Window widened(int margin, int cells) {
    return new Window(Math.max(0, from - margin), Math.min(cells, to + margin));
  }
}
