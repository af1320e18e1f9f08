package org.latticelift.io.output;

import java.util.Arrays;

/**
 * One drawn thing in a figure.
 *
 * @param kind how it is drawn
 * @param legend text of the legend; empty for none
 * @param colour index into the palette of eight colours, taken modulo eight
 * @param x positions; unused for upright bands
 * @param y values; unused for bands, positions of upright ones
 * @param low lower ends of error bars or of a band; empty without
 * @param high upper ends of error bars or of a band; empty without
 */
public record Layer(
    Kind kind, String legend, int colour, double[] x, double[] y, double[] low, double[] high) {
  private static final double[] NONE = {};

  /** How a layer is drawn. */
  public enum Kind {
    /** A thick line. */
    LINE,
    /** A thin, paler line. */
    THIN_LINE,
    /** A dashed line. */
    DASHED_LINE,
    /** Filled circles with bars. */
    FILLED_POINTS,
    /** Open circles with bars. */
    OPEN_POINTS,
    /** Crosses over points that are doubtful. */
    CROSSES,
    /** The area between two curves. */
    BAND,
    /** The area between two curves that go upwards. */
    UPRIGHT_BAND
  }

  /** A column of values that stand row after row, to be drawn ({@code columns}: of a row). */
  public static double[] column(double[] values, int column, int columns) {
    double[] drawn = new double[values.length / columns];
    Arrays.setAll(drawn, row -> values[row * columns + column]);
    return drawn;
  }

  /** Draws a thick line, which a NaN interrupts. An empty legend shows none. */
  public static Layer line(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.LINE, legend, colour, x, y, NONE, NONE);
  }

  /** Draws a thin, paler line, which a NaN interrupts. */
  public static Layer thin(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.THIN_LINE, legend, colour, x, y, NONE, NONE);
  }

  /** Draws a dashed line, which a NaN interrupts. */
  public static Layer dashed(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.DASHED_LINE, legend, colour, x, y, NONE, NONE);
  }

  /** Draws the area between two curves. */
  public static Layer band(String legend, int colour, double[] x, double[] low, double[] high) {
    return new Layer(Kind.BAND, legend, colour, x, NONE, low, high);
  }

  /** Draws the area between two curves that go upwards, both given at the heights y. */
  public static Layer upright(
      String legend, int colour, double[] left, double[] right, double[] y) {
    return new Layer(Kind.UPRIGHT_BAND, legend, colour, NONE, y, left, right);
  }

  /** Draws crosses over points of another layer, none where {@code y} is NaN. */
  public static Layer crosses(String legend, int colour, double[] x, double[] y) {
    return new Layer(Kind.CROSSES, legend, colour, x, y, NONE, NONE);
  }

  /**
   * Draws points with error bars.
   *
   * @param y NaN draws no point
   * @param error half-lengths of the bars; NaN draws no bar
   */
  public static Layer points(
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
