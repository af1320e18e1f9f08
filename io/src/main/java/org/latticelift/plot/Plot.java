package org.latticelift.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;

/**
 * One plot, filled by calls and then saved. Series of the same name share a colour, so a line, its
 * band and its points belong together; only the first of them is in the legend. Values that are not
 * finite are left out.
 */
public final class Plot {
  private static final double BAND_OPACITY = 0.25;
  private static final double BAR_OPACITY = 0.45;
  private static final Color GUIDE = new Color(0x555555);
  private static final BasicStroke NO_LINE = new BasicStroke(0);

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private final XYChart chart;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private int series;

  /**
   * An empty plot of 720 by 450 pixels.
   *
   * @param title above the plot
   * @param xLabel quantity and unit of the horizontal axis
   * @param yLabel quantity and unit of the vertical axis
   */
  public Plot(String title, String xLabel, String yLabel) {
    this(title, xLabel, yLabel, 720, 450);
  }

  /**
   * An empty plot.
   *
   * @param title above the plot
   * @param xLabel quantity and unit of the horizontal axis
   * @param yLabel quantity and unit of the vertical axis
   * @param width pixels
   * @param height pixels
   */
  public Plot(String title, String xLabel, String yLabel, int width, int height) {
    this.chart = Layout.chart(title, xLabel, yLabel, width, height);
  }

  /**
   * Adds a line.
   *
   * @param name series
   * @param x abscissae, increasing
   * @param y ordinates
   * @return this
   */
  public Plot line(String name, double[] x, double[] y) {
    Points points = Points.finite(x, y, null);
    if (!points.isEmpty()) {
      XYSeries added = add(name, points, XYSeriesRenderStyle.Line);
      added.setMarker(SeriesMarkers.NONE);
      added.setLineStyle(Palette.stroke(colour(name)));
    }
    return this;
  }

  /**
   * Adds a band between two curves.
   *
   * @param name series whose colour it takes
   * @param x abscissae, increasing
   * @param lower lower curve
   * @param upper upper curve
   * @return this
   */
  public Plot band(String name, double[] x, double[] lower, double[] upper) {
    Points outline = Points.outline(x, lower, upper);
    if (!outline.isEmpty()) {
      XYSeries added = add(name, outline, XYSeriesRenderStyle.PolygonArea);
      added.setMarker(SeriesMarkers.NONE);
      added.setLineStyle(NO_LINE);
      added.setLineColor(Palette.transparent(colour(name), 0));
      added.setFillColor(Palette.transparent(colour(name), BAND_OPACITY));
    }
    return this;
  }

  /**
   * Adds points with error bars.
   *
   * @param name series
   * @param x abscissae
   * @param y ordinates
   * @param error half lengths of the bars, or null for none
   * @return this
   */
  public Plot points(String name, double[] x, double[] y, double[] error) {
    Points points = Points.finite(x, y, error);
    if (!points.isEmpty()) {
      XYSeries added = add(name, points, XYSeriesRenderStyle.Scatter);
      added.setMarker(Palette.marker(colour(name)));
    }
    return this;
  }

  /**
   * Adds a dashed guide, such as the diagonal of predicted against direct.
   *
   * @param x0 begin
   * @param y0 begin
   * @param x1 end
   * @param y1 end
   * @return this
   */
  public Plot guide(double x0, double y0, double x1, double y1) {
    XYSeries added =
        chart.addSeries("guide " + series++, new double[] {x0, x1}, new double[] {y0, y1});
    added.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    added.setMarker(SeriesMarkers.NONE);
    added.setLineColor(GUIDE);
    added.setLineStyle(Palette.dashed());
    added.setShowInLegend(false);
    return this;
  }

  /**
   * Adds a histogram as counts per bin.
   *
   * @param name series
   * @param values values; those that are not finite are left out
   * @param bins number of equal bins from the smallest to the largest value
   * @return this
   */
  public Plot histogram(String name, double[] values, int bins) {
    Points outline = Points.histogram(values, bins);
    if (!outline.isEmpty()) {
      XYSeries added = add(name, outline, XYSeriesRenderStyle.PolygonArea);
      added.setMarker(SeriesMarkers.NONE);
      added.setLineStyle(Palette.stroke(colour(name)));
      added.setFillColor(Palette.transparent(colour(name), BAR_OPACITY));
      chart.getStyler().setYAxisMin(0.0);
    }
    return this;
  }

  /**
   * Makes the horizontal axis logarithmic; all abscissae must be positive.
   *
   * @return this
   */
  public Plot logX() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /**
   * Makes the vertical axis logarithmic; all ordinates must be positive.
   *
   * @return this
   */
  public Plot logY() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /**
   * Fixes the vertical range.
   *
   * @param min lower end
   * @param max upper end
   * @return this
   */
  public Plot yRange(double min, double max) {
    chart.getStyler().setYAxisMin(min);
    chart.getStyler().setYAxisMax(max);
    return this;
  }

  private int colour(String name) {
    return colours.computeIfAbsent(name, key -> colours.size());
  }

  private XYSeries add(String name, Points points, XYSeriesRenderStyle style) {
    boolean first = !colours.containsKey(name);
    int index = colour(name);
    XYSeries added = chart.addSeries(name + "#" + series++, points.x(), points.y(), points.error());
    added.setLabel(name);
    added.setXYSeriesRenderStyle(style);
    added.setLineColor(Palette.colour(index));
    added.setMarkerColor(Palette.colour(index));
    added.setShowInLegend(first);
    return added;
  }

  /**
   * The plot as SVG. Letters are outlines, so no font is needed to show it.
   *
   * @return an XML document
   */
  public String svg() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(
          chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SvgText.finish(out.toString(StandardCharsets.UTF_8), chart.getTitle());
  }

  /**
   * The plot as a PNG image.
   *
   * @return the bytes of the file
   */
  public byte[] png() {
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the plot.
   *
   * @param file the file
   */
  public void writeSvg(Path file) {
    write(file, svg().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes the plot.
   *
   * @param file the file
   */
  public void writePng(Path file) {
    write(file, png());
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "cannot write the plot: " + e.getMessage(),
          file.toString(),
          "a writable folder on a file system with free space",
          "Free space or choose another --out",
          e);
    }
  }
}
