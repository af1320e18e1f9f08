package org.latticelift.io.plot;

import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * What a plot shows, without saying how it is drawn.
 *
 * @param name name of its files, without ending
 * @param title heading
 * @param caption one or two sentences below
 * @param x horizontal axis
 * @param y vertical axis
 * @param layers drawn in this order
 */
public record Figure(
    String name, String title, String caption, Axis x, Axis y, List<Layer> layers) {
  /**
   * Copies the list.
   *
   * @param name name of its files, without ending
   * @param title heading
   * @param caption one or two sentences below
   * @param x horizontal axis
   * @param y vertical axis
   * @param layers drawn in this order
   */
  public Figure {
    layers = List.copyOf(layers);
  }

  /**
   * The figure as text, equal for equal figures; needs neither fonts nor a display.
   *
   * @return an SVG document of 760 by 470 pixels
   */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas(Plotter.WIDTH, Plotter.HEIGHT, name);
    Plotter.draw(this, canvas);
    return canvas.finish();
  }

  /**
   * The figure as pixels, two per unit of length; needs no display but fonts.
   *
   * @return a PNG file of 1520 by 940 pixels
   * @throws LatticeLiftException UNAVAILABLE if this machine's Java cannot draw text; its cause
   *     says why
   */
  public byte[] png() {
    try {
      System.setProperty("java.awt.headless", "true");
      PngCanvas canvas = new PngCanvas(Plotter.WIDTH, Plotter.HEIGHT);
      Plotter.draw(this, canvas);
      return canvas.finish();
    } catch (LinkageError | InternalError | RuntimeException e) {
      // This is how the Java platform reports missing fonts (InternalError) and libraries.
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "this machine's Java cannot draw text",
          name + ".png",
          "fontconfig with at least one font",
          "Install a font or ask for SVG only",
          e);
    }
  }
}
