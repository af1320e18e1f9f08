package org.latticelift.io.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Canvas.Anchor;
import org.latticelift.io.output.Canvas.Stroke;
import org.latticelift.io.output.Figure.Axis;

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
  public Figure {
    layers = List.copyOf(layers);
  }

  /**
   * The figure as text, equal for equal figures; needs neither fonts nor a display; an SVG document
   * of 760 by 470 pixels.
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

  /** Draws a figure on a canvas: frame, grid, ticks, layers, legend. */
  static final class Plotter {
    static final int WIDTH = 760;
    static final int HEIGHT = 470;

    private static final double TOP = 40;
    private static final double BOTTOM = HEIGHT - 58;
    private static final double TICK_SIZE = 13;
    private static final double LABEL_SIZE = 14;
    private static final double CHARACTER = 7.9;
    private static final double BAR = 4;

    /** Half of the side of a cross. */
    private static final double CROSS = 6;

    private final Figure figure;
    private final Canvas canvas;
    private final double left;
    private final double right;
    private final Scale x;
    private final Scale y;

    private Plotter(Figure figure, Canvas canvas) {
      this.figure = figure;
      this.canvas = canvas;
      List<double[]> xs = new ArrayList<>();
      List<double[]> ys = new ArrayList<>();
      for (Layer layer : figure.layers()) {
        boolean upright = layer.kind() == Layer.Kind.UPRIGHT_BAND;
        xs.add(layer.x());
        ys.add(layer.y());
        (upright ? xs : ys).addAll(List.of(layer.low(), layer.high()));
      }
      this.y = new Scale(ys, figure.y().logarithmic(), 0.05, BOTTOM, TOP);
      int longest = y.ticks(8).stream().mapToInt(tick -> tick.label().length()).max().orElse(1);
      this.left = 48 + CHARACTER * longest;
      int name = legend().stream().mapToInt(layer -> layer.legend().length()).max().orElse(0);
      this.right = WIDTH - (name == 0 ? 20 : 62 + CHARACTER * name);
      this.x = new Scale(xs, figure.x().logarithmic(), 0.02, left, right);
    }

    static void draw(Figure figure, Canvas canvas) {
      Plotter plotter = new Plotter(figure, canvas);
      plotter.grid();
      canvas.clip(plotter.left, TOP, plotter.right - plotter.left, BOTTOM - TOP);
      figure.layers().forEach(plotter::layer);
      canvas.unclip();
      plotter.frame();
      plotter.key();
    }

    private List<Layer> legend() {
      return figure.layers().stream().filter(layer -> !layer.legend().isEmpty()).toList();
    }

    private void grid() {
      Stroke thin = new Stroke(Palette.GRID, 1, 1, false);
      for (Scale.Tick tick : x.ticks(7)) {
        double at = x.pixel(tick.value());
        canvas.line(new double[] {at, at}, new double[] {TOP, BOTTOM}, thin);
        canvas.text(at, BOTTOM + 20, tick.label(), TICK_SIZE, Anchor.MIDDLE, false);
      }
      for (Scale.Tick tick : y.ticks(8)) {
        double at = y.pixel(tick.value());
        canvas.line(new double[] {left, right}, new double[] {at, at}, thin);
        canvas.text(left - 8, at + 4.5, tick.label(), TICK_SIZE, Anchor.END, false);
      }
    }

    private void frame() {
      canvas.line(
          new double[] {left, right, right, left, left},
          new double[] {TOP, TOP, BOTTOM, BOTTOM, TOP},
          new Stroke(Palette.FRAME, 1, 1, false));
      double middle = 0.5 * (left + right);
      canvas.text(middle, 24, figure.title(), 16, Anchor.MIDDLE, true);
      canvas.text(middle, HEIGHT - 14, figure.x().label(), LABEL_SIZE, Anchor.MIDDLE, false);
      canvas.textUpwards(20, 0.5 * (TOP + BOTTOM), figure.y().label(), LABEL_SIZE);
    }

    private void key() {
      double row = TOP + 12;
      for (Layer layer : legend()) {
        double from = right + 14;
        int colour = Palette.colour(layer.colour());
        double[] ends = {from, from + 26};
        switch (layer.kind()) {
          case FILLED_POINTS, OPEN_POINTS ->
              canvas.circle(from + 13, row, 4, colour, layer.kind() == Layer.Kind.FILLED_POINTS);
          case CROSSES -> cross(from + 13, row, colour);
          case BAND, UPRIGHT_BAND ->
              canvas.polygon(
                  new double[] {from, from + 26, from + 26, from},
                  new double[] {row - 5, row - 5, row + 5, row + 5},
                  colour,
                  0.25);
          default -> canvas.line(ends, new double[] {row, row}, stroke(layer));
        }
        canvas.text(from + 34, row + 4.5, layer.legend(), TICK_SIZE, Anchor.START, false);
        row += 22;
      }
    }

    private static Stroke stroke(Layer layer) {
      int colour = Palette.colour(layer.colour());
      return switch (layer.kind()) {
        case THIN_LINE -> new Stroke(colour, 1, 0.65, false);
        case DASHED_LINE -> new Stroke(colour, 1.5, 1, true);
        default -> new Stroke(colour, 2.2, 1, false);
      };
    }

    private void layer(Layer layer) {
      switch (layer.kind()) {
        case BAND -> band(layer.x(), layer.low(), layer.x(), layer.high(), layer.colour());
        case UPRIGHT_BAND -> band(layer.low(), layer.y(), layer.high(), layer.y(), layer.colour());
        case FILLED_POINTS, OPEN_POINTS -> points(layer);
        case CROSSES -> crosses(layer);
        default -> lines(layer);
      }
    }

    /** There along one curve and back along the other, where both are on the axes. */
    private void band(
        double[] thereX, double[] thereY, double[] backX, double[] backY, int colour) {
      double[][] ends = {x.pixels(thereX), y.pixels(thereY), x.pixels(backX), y.pixels(backY)};
      int[] shown =
          IntStream.range(0, thereX.length)
              .filter(i -> Arrays.stream(ends).allMatch(end -> Double.isFinite(end[i])))
              .toArray();
      int n = shown.length;
      if (n == 0) {
        return;
      }
      double[] outlineX = new double[2 * n];
      double[] outlineY = new double[2 * n];
      for (int i = 0; i < n; i++) {
        outlineX[i] = ends[0][shown[i]];
        outlineY[i] = ends[1][shown[i]];
        outlineX[2 * n - 1 - i] = ends[2][shown[i]];
        outlineY[2 * n - 1 - i] = ends[3][shown[i]];
      }
      canvas.polygon(outlineX, outlineY, Palette.colour(colour), 0.2);
    }

    private void points(Layer layer) {
      int colour = Palette.colour(layer.colour());
      Stroke bar = new Stroke(colour, 1.4, 1, false);
      for (int i = 0; i < layer.x().length; i++) {
        double px = x.pixel(layer.x()[i]);
        double low = y.pixel(layer.low()[i]);
        double high = y.pixel(layer.high()[i]);
        if (Math.abs(low - high) > 1) {
          canvas.line(new double[] {px, px}, new double[] {low, high}, bar);
          canvas.line(new double[] {px - BAR, px + BAR}, new double[] {low, low}, bar);
          canvas.line(new double[] {px - BAR, px + BAR}, new double[] {high, high}, bar);
        }
        double py = y.pixel(layer.y()[i]);
        if (Double.isFinite(py)) {
          boolean filled = layer.kind() == Layer.Kind.FILLED_POINTS;
          canvas.circle(px, py, filled ? 3 : 4.5, colour, filled);
        }
      }
    }

    private void crosses(Layer layer) {
      for (int i = 0; i < layer.x().length; i++) {
        double py = y.pixel(layer.y()[i]);
        if (Double.isFinite(py)) {
          cross(x.pixel(layer.x()[i]), py, Palette.colour(layer.colour()));
        }
      }
    }

    private void cross(double px, double py, int colour) {
      Stroke stroke = new Stroke(colour, 1.4, 1, false);
      canvas.line(
          new double[] {px - CROSS, px + CROSS}, new double[] {py - CROSS, py + CROSS}, stroke);
      canvas.line(
          new double[] {px - CROSS, px + CROSS}, new double[] {py + CROSS, py - CROSS}, stroke);
    }

    /** Draws the finite stretches of a curve. */
    private void lines(Layer layer) {
      double[] px = x.pixels(layer.x());
      double[] py = y.pixels(layer.y());
      int from = 0;
      for (int i = 0; i <= px.length; i++) {
        if (i == px.length || !Double.isFinite(py[i]) || !Double.isFinite(px[i])) {
          if (i - from > 1) {
            canvas.line(
                Arrays.copyOfRange(px, from, i), Arrays.copyOfRange(py, from, i), stroke(layer));
          }
          from = i + 1;
        }
      }
    }

    /** From values to pixels along one axis, and the ticks. */
    static final class Scale {
      /** Decades below which a logarithmic axis has no round numbers enough. */
      private static final double NARROW = 0.5;

      private final boolean logarithmic;
      private final double low;
      private final double high;
      private final double start;
      private final double end;

      /**
       * A tick.
       *
       * @param value where
       * @param label text; empty for a minor tick
       */
      record Tick(double value, String label) {}

      /**
       * Covers the values with a margin ({@code values}: finite values to show, NaN ignored; {@code
       * logarithmic}: whether decades are equally long; then only positive values count).
       */
      Scale(List<double[]> values, boolean logarithmic, double margin, double start, double end) {
        this.logarithmic = logarithmic;
        this.start = start;
        this.end = end;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] array : values) {
          for (double value : array) {
            double v = transform(value);
            if (Double.isFinite(v)) {
              smallest = Math.min(smallest, v);
              largest = Math.max(largest, v);
            }
          }
        }
        if (smallest > largest) {
          smallest = 0;
          largest = 1;
        }
        double range = largest - smallest;
        double room = range > 0 ? margin * range : Math.max(0.05 * Math.abs(largest), 1e-3);
        this.low = smallest - room;
        this.high = largest + room;
      }

      private double transform(double value) {
        return logarithmic ? Math.log10(value) : value;
      }

      double pixel(double value) {
        return start + (transform(value) - low) / (high - low) * (end - start);
      }

      double[] pixels(double[] values) {
        return Arrays.stream(values).map(this::pixel).toArray();
      }

      List<Tick> ticks(int wanted) {
        if (!logarithmic) {
          return steps(low, high, wanted);
        }
        return high - low < NARROW
            ? steps(Math.pow(10, low), Math.pow(10, high), wanted)
            : decades(wanted);
      }

      /** Equal differences, also on a logarithmic axis that spans less than a factor of three. */
      private static List<Tick> steps(double low, double high, int wanted) {
        double raw = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step =
            power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        boolean large = Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || decimals > 6;
        List<Tick> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
          double value = k * step;
          String label = String.format(Locale.ROOT, large ? "%.1e" : "%." + decimals + "f", value);
          ticks.add(new Tick(value, label.replace('-', '\u2212')));
        }
        return ticks;
      }

      /** Named so often that names do not touch; many decades are drawn without their parts. */
      private List<Tick> decades(int wanted) {
        int every = (int) Math.max(1, Math.ceil((high - low) / wanted));
        boolean few = high - low < 2.2;
        List<Tick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(low); decade <= Math.ceil(high); decade++) {
          for (int digit = 1; digit < (every == 1 ? 10 : 2); digit++) {
            double value = digit * Math.pow(10, decade);
            if (Math.log10(value) >= low && Math.log10(value) <= high) {
              boolean whole = digit == 1 && Math.floorMod(decade, every) == 0;
              boolean named = whole || few && (digit == 2 || digit == 5);
              ticks.add(new Tick(value, named ? power(digit, decade) : ""));
            }
          }
        }
        return ticks;
      }

      private static String power(int digit, int decade) {
        if (Math.abs(decade) <= 3) {
          String pattern = "%." + Math.max(0, -decade) + "f";
          return String.format(Locale.ROOT, pattern, digit * Math.pow(10, decade));
        }
        return (digit + "e" + decade).replace('-', '\u2212');
      }
    }
  }

  /**
   * An axis of a figure.
   *
   * @param label text with the unit
   * @param logarithmic whether decades are equally long
   */
  public record Axis(String label, boolean logarithmic) {
    private static final double DECADES = 30;

    /** An axis on which equal differences are equally long ({@code label}: text with the unit). */
    public static Axis linear(String label) {
      return new Axis(label, false);
    }

    /**
     * An axis on which decades are equally long; values that are not positive are not shown ({@code
     * label}: text with the unit).
     */
    public static Axis logarithmic(String label) {
      return new Axis(label, true);
    }

    /**
     * An axis of times, logarithmic where they span decades: where the last is at least {@value
     * #DECADES} times the first after the start ({@code label}: text with the unit).
     */
    public static Axis ofTimes(String label, double[] times) {
      double first = Arrays.stream(times).filter(t -> t > 0).min().orElse(Double.NaN);
      return new Axis(label, times[times.length - 1] >= DECADES * first);
    }

    /**
     * An axis of values, logarithmic where all are positive and span decades: where the largest is
     * at least {@value #DECADES} times the smallest ({@code label}: text with the unit).
     */
    public static Axis ofValues(String label, double[] values) {
      double least = Arrays.stream(values).min().orElse(0);
      return new Axis(label, least > 0 && Arrays.stream(values).max().orElse(0) >= DECADES * least);
    }

    /**
     * From a parameter with its unit, {@code temperature_K} becomes {@code temperature (K)} ({@code
     * parameter}: name, an underscore and the unit; used as it is without an underscore); a linear
     * axis.
     */
    public static Axis ofParameter(String parameter) {
      int cut = parameter.lastIndexOf('_');
      return linear(
          cut < 0
              ? parameter
              : parameter.substring(0, cut).replace('_', ' ')
                  + " ("
                  + parameter.substring(cut + 1)
                  + ")");
    }
  }
}
