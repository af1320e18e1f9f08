package org.latticelift.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Colours of Okabe and Ito, told apart with any colour vision; markers and dashes differ too. */
final class Palette {
  private static final int OPAQUE = 255;
  private static final float WIDTH = 1.8f;
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000),
          new Color(0xB0A000));
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS,
          SeriesMarkers.OVAL);
  private static final List<float[]> DASHES =
      List.of(new float[] {}, new float[] {8, 4}, new float[] {2, 3}, new float[] {9, 3, 2, 3});

  private Palette() {}

  static Color colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  static Color transparent(int index, double opacity) {
    Color c = colour(index);
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(OPAQUE * opacity));
  }

  static Marker marker(int index) {
    return MARKERS.get(index % MARKERS.size());
  }

  static BasicStroke stroke(int index) {
    float[] dash = DASHES.get(index / COLOURS.size() % DASHES.size());
    return dash.length == 0
        ? new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  static BasicStroke dashed() {
    return new BasicStroke(
        WIDTH / 2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES.get(1), 0);
  }
}
