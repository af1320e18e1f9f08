package org.latticelift.report;

import java.util.List;

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
record Figure(String name, String title, String caption, Axis x, Axis y, List<Layer> layers) {
  Figure {
    layers = List.copyOf(layers);
  }
}
