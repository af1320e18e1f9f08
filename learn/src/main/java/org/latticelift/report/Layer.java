package org.latticelift.report;

/**
 * One drawn thing in a figure.
 *
 * @param kind how it is drawn
 * @param legend text of the legend; empty for none
 * @param colour index into the palette
 * @param x positions
 * @param y values; unused for bands
 * @param low lower ends of error bars or of a band; empty without
 * @param high upper ends of error bars or of a band; empty without
 */
record Layer(
    Kind kind, String legend, int colour, double[] x, double[] y, double[] low, double[] high) {
  private static final double[] NONE = {};

  /** How a layer is drawn. */
  enum Kind {
    LINE,
    THIN_LINE,
    DASHED_LINE,
    FILLED_POINTS,
    OPEN_POINTS,
    BAND
  }

  static Layer line(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.LINE, legend, colour, x, y, NONE, NONE);
  }

  static Layer thin(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.THIN_LINE, legend, colour, x, y, NONE, NONE);
  }

  static Layer dashed(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.DASHED_LINE, legend, colour, x, y, NONE, NONE);
  }

  static Layer band(String legend, int colour, double[] x, double[] low, double[] high) {
    return new Layer(Kind.BAND, legend, colour, x, NONE, low, high);
  }

  /** Points with error bars of the given half-lengths; NaN half-lengths draw no bar. */
  static Layer points(
      String legend, int colour, boolean filled, double[] x, double[] y, double[] error) {
    double[] low = new double[y.length];
    double[] high = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      low[i] = y[i] - error[i];
      high[i] = y[i] + error[i];
    }
    return new Layer(
        filled ? Kind.FILLED_POINTS : Kind.OPEN_POINTS, legend, colour, x, y, low, high);
  }
}
