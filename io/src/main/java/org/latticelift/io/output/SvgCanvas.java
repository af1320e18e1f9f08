package org.latticelift.io.output;

import java.util.Locale;

/** Draws as SVG text; needs neither fonts nor a display. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();
  private final String clipId;

  /** An empty picture. */
  SvgCanvas(int width, int height, String name) {
    this.clipId = "clip-" + name;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\" role=\"img\">%n",
        width, height, width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
  }

  /** The finished picture, an SVG document. */
  String finish() {
    return svg + "</svg>\n";
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    add(
        "<clipPath id=\"%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/></clipPath>%n",
        clipId, x, y, width, height);
    add("<g clip-path=\"url(#%s)\">%n", clipId);
  }

  @Override
  public void unclip() {
    add("</g>%n");
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.1f\""
            + " stroke-opacity=\"%.2f\" stroke-linejoin=\"round\"%s/>%n",
        points(x, y),
        stroke.colour(),
        stroke.width(),
        stroke.opacity(),
        stroke.dashed() ? " stroke-dasharray=\"6 4\"" : "");
  }

  @Override
  public void polygon(double[] x, double[] y, int colour, double opacity) {
    add(
        "<polygon points=\"%s\" fill=\"#%06x\" fill-opacity=\"%.2f\"/>%n",
        points(x, y), colour, opacity);
  }

  @Override
  public void circle(double x, double y, double radius, int colour, boolean filled) {
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#%06x\" stroke=\"#%06x\""
            + " stroke-width=\"1.6\"/>%n",
        x, y, radius, filled ? colour : Palette.BACKGROUND, colour);
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, boolean bold) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\" fill=\"#%06x\"%s>%s</text>%n",
        x,
        y,
        size,
        anchor.name().toLowerCase(Locale.ROOT),
        Palette.TEXT,
        bold ? " font-weight=\"bold\"" : "",
        HtmlPage.escape(text));
  }

  @Override
  public void textUpwards(double x, double y, String text, double size) {
    add(
        "<text transform=\"translate(%.1f %.1f) rotate(-90)\" font-size=\"%.0f\""
            + " text-anchor=\"middle\" fill=\"#%06x\">%s</text>%n",
        x, y, size, Palette.TEXT, HtmlPage.escape(text));
  }

  /** Coordinates to a tenth of a pixel, without the cost of a formatter. */
  private static String points(double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      tenths(points, x[i]).append(',');
      tenths(points, y[i]).append(' ');
    }
    return points.toString().stripTrailing();
  }

  private static StringBuilder tenths(StringBuilder text, double value) {
    long tenths = Math.round(10 * value);
    if (tenths < 0) {
      text.append('-');
    }
    return text.append(Math.abs(tenths) / 10).append('.').append(Math.abs(tenths) % 10);
  }

  private void add(String pattern, Object... values) {
    svg.append(String.format(Locale.ROOT, pattern.replace("%n", "\n"), values));
  }
}
