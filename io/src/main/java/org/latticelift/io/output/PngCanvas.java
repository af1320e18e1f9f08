package org.latticelift.io.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws pixels, two per unit of length, with the fonts of the Java platform; needs no display. */
final class PngCanvas implements Canvas {
  private static final int ZOOM = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(int width, int height) {
    image = new BufferedImage(ZOOM * width, ZOOM * height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(ZOOM, ZOOM);
    graphics.setColor(new Color(Palette.BACKGROUND));
    graphics.fillRect(0, 0, width, height);
  }

  /** The finished picture, a PNG file. */
  byte[] finish() {
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java platform cannot write PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    graphics.setClip(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void unclip() {
    graphics.setClip(null);
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    float[] dash = stroke.dashed() ? new float[] {6, 4} : null;
    graphics.setColor(colour(stroke.colour(), stroke.opacity()));
    graphics.setStroke(
        new BasicStroke(
            (float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
    graphics.draw(path(x, y));
  }

  @Override
  public void polygon(double[] x, double[] y, int colour, double opacity) {
    graphics.setColor(colour(colour, opacity));
    Path2D path = path(x, y);
    path.closePath();
    graphics.fill(path);
  }

  @Override
  public void circle(double x, double y, double radius, int colour, boolean filled) {
    Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    graphics.setColor(colour(filled ? colour : Palette.BACKGROUND, 1));
    graphics.fill(circle);
    graphics.setColor(colour(colour, 1));
    graphics.setStroke(new BasicStroke(1.6f));
    graphics.draw(circle);
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, boolean bold) {
    int style = bold ? Font.BOLD : Font.PLAIN;
    graphics.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont((float) size));
    graphics.setColor(new Color(Palette.TEXT));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double shift = anchor == Anchor.START ? 0 : anchor == Anchor.MIDDLE ? width / 2 : width;
    graphics.drawString(text, (float) (x - shift), (float) y);
  }

  @Override
  public void textUpwards(double x, double y, String text, double size) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(-Math.PI / 2);
    text(0, 0, text, size, Anchor.MIDDLE, false);
    graphics.setTransform(before);
  }

  private static Color colour(int rgb, double opacity) {
    return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, (int) Math.round(255 * opacity));
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    return path;
  }
}
