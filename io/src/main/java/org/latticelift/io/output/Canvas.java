package org.latticelift.io.output;

import org.latticelift.io.output.Canvas.Anchor;
import org.latticelift.io.output.Canvas.Stroke;

/** What a plot is drawn on. Coordinates in pixels, origin at the upper left. */
interface Canvas {
  /** Where a text sits relative to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * Colour and form of a line.
   *
   * @param colour 0xrrggbb
   * @param width pixels
   * @param opacity 0 to 1
   * @param dashed whether it is dashed
   */
  record Stroke(int colour, double width, double opacity, boolean dashed) {}

  /** Everything until {@link #unclip} is cut at this rectangle. */
  void clip(double x, double y, double width, double height);

  void unclip();

  void line(double[] x, double[] y, Stroke stroke);

  void polygon(double[] x, double[] y, int colour, double opacity);

  /** A circle, filled with its colour or with the background. */
  void circle(double x, double y, double radius, int colour, boolean filled);

  void text(double x, double y, String text, double size, Anchor anchor, boolean bold);

  /** A text that reads upwards, centred at its point. */
  void textUpwards(double x, double y, String text, double size);
}
