package org.latticelift.io.output;

/**
 * Colours that stay distinct for readers with colour-blindness (Okabe and Ito), without the yellow
 * that is hard to see on white.
 */
final class Palette {
  static final int TEXT = 0x222222;
  static final int FRAME = 0x888888;
  static final int GRID = 0xe4e4e4;
  static final int BACKGROUND = 0xffffff;

  private static final int[] COLOURS = {
    0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000, 0x666666
  };

  private Palette() {}

  static int colour(int index) {
    return COLOURS[index % COLOURS.length];
  }
}
