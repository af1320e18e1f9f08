package org.latticelift.io.output;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.output.Canvas.Anchor;

/** A picture of coloured tiles, with a key: what a state of a lattice looks like. */
public final class TilePicture {
  /** Longer side of the tiles of a picture that stands alone. */
  public static final double SIZE = 640;

  private static final double TOP = 44;
  private static final double EDGE = 16;
  private static final double KEY = 130;
  private static final double KEY_ROW = 24;
  private static final double TEXT_SIZE = 14;

  private final String title;
  private final double size;
  private final List<String> key;
  private final List<Tile> tiles = new ArrayList<>();
  private double left = Double.POSITIVE_INFINITY;
  private double right = Double.NEGATIVE_INFINITY;
  private double top = Double.POSITIVE_INFINITY;
  private double bottom = Double.NEGATIVE_INFINITY;

  /** Corners in the units of the caller, y downwards. */
  private record Tile(double[] x, double[] y, int colour) {}

  /**
   * An empty picture.
   *
   * @param title above it
   * @param key names of colours 0, 1 and so on
   * @param size longer side of the tiles, where text has a height of 14
   */
  public TilePicture(String title, List<String> key, double size) {
    this.title = title;
    this.size = size;
    this.key = List.copyOf(key);
  }

  /**
   * Adds a tile; later ones cover earlier ones.
   *
   * @param x corners, in any unit
   * @param y corners, downwards, in the same unit
   * @param colour index into the key
   * @param light 1 for the colour itself, less for a darker one
   */
  public void add(double[] x, double[] y, int colour, double light) {
    for (int i = 0; i < x.length; i++) {
      left = Math.min(left, x[i]);
      right = Math.max(right, x[i]);
      top = Math.min(top, y[i]);
      bottom = Math.max(bottom, y[i]);
    }
    tiles.add(new Tile(x.clone(), y.clone(), darker(Palette.colour(colour), light)));
  }

  private static int darker(int colour, double light) {
    int red = (int) Math.round((colour >> 16 & 0xff) * light);
    int green = (int) Math.round((colour >> 8 & 0xff) * light);
    int blue = (int) Math.round((colour & 0xff) * light);
    return red << 16 | green << 8 | blue;
  }

  /** Number of tiles; so far. */
  public int count() {
    return tiles.size();
  }

  /** As SVG; a document that begins with the element svg. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas(width(), height(), "tiles");
    draw(canvas);
    return canvas.finish();
  }

  /** As PNG; the bytes of a file. */
  public byte[] png() {
    PngCanvas canvas = new PngCanvas(width(), height());
    draw(canvas);
    return canvas.finish();
  }

  private double scale() {
    return tiles.isEmpty() ? 1 : size / Math.max(right - left, bottom - top);
  }

  private int width() {
    double picture = tiles.isEmpty() ? 0 : (right - left) * scale();
    return (int) Math.ceil(picture + 2 * EDGE + KEY);
  }

  private int height() {
    double picture = tiles.isEmpty() ? 0 : (bottom - top) * scale();
    return (int) Math.ceil(Math.max(picture, KEY_ROW * key.size()) + TOP + EDGE);
  }

  private void draw(Canvas canvas) {
    canvas.text(EDGE, 26, title, TEXT_SIZE, Anchor.START, true);
    double scale = scale();
    for (Tile tile : tiles) {
      double[] x = new double[tile.x().length];
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = EDGE + (tile.x()[i] - left) * scale;
        y[i] = TOP + (tile.y()[i] - top) * scale;
      }
      canvas.polygon(x, y, tile.colour(), 1);
    }
    double at = width() - KEY + 8;
    for (int k = 0; k < key.size(); k++) {
      double row = TOP + KEY_ROW * k;
      canvas.polygon(
          new double[] {at, at + 16, at + 16, at},
          new double[] {row, row, row + 16, row + 16},
          Palette.colour(k),
          1);
      canvas.text(at + 24, row + 13, key.get(k), TEXT_SIZE, Anchor.START, false);
    }
  }
}
