package org.latticelift.io.plot;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.plot.Canvas.Anchor;
import org.latticelift.io.plot.Canvas.Stroke;

/** Draws a figure on a canvas: frame, grid, ticks, layers, legend. */
final class Plotter {
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

  /** There along one curve and back along the other. */
  private void band(double[] thereX, double[] thereY, double[] backX, double[] backY, int colour) {
    int n = thereX.length;
    if (n == 0) {
      return;
    }
    double[] outlineX = new double[2 * n];
    double[] outlineY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      outlineX[i] = x.pixel(thereX[i]);
      outlineY[i] = y.pixel(thereY[i]);
      outlineX[2 * n - 1 - i] = x.pixel(backX[i]);
      outlineY[2 * n - 1 - i] = y.pixel(backY[i]);
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
              java.util.Arrays.copyOfRange(px, from, i),
              java.util.Arrays.copyOfRange(py, from, i),
              stroke(layer));
        }
        from = i + 1;
      }
    }
  }
}
