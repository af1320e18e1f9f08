package org.latticelift.bench.tiles;

import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The text of methods, formatted like all of the project. */
final class TileWriter {
  private static final int WIDTH = 100;
  private static final String STEP = "  ";
  private static final String WRAPPED = STEP.repeat(3);

  private final StringBuilder text = new StringBuilder();
  private int depth = 1;

  /** Begins a method: on one line, its parameters on the next one, or each on a line. */
  void method(String head, String parameters) {
    String one = STEP + head + "(" + parameters + ") {";
    String two = WRAPPED + parameters + ") {";
    if (one.length() <= WIDTH) {
      text.append(one).append('\n');
    } else {
      String lines = two.length() <= WIDTH ? two : two.replace(", ", ",\n" + WRAPPED);
      text.append(STEP).append(head).append("(\n").append(lines).append('\n');
    }
    depth++;
  }

  void line(String line) {
    text.append(STEP.repeat(depth)).append(line).append('\n');
  }

  void open(String line) {
    line(line);
    depth++;
  }

  void close() {
    depth--;
    line("}");
  }

  /** Ends a method and leaves a line empty. */
  void end() {
    close();
    text.append('\n');
  }

  /** A line for each of some rows or columns. */
  void each(int count, IntFunction<String> line) {
    for (int i = 0; i < count; i++) {
      line(line.apply(i));
    }
  }

  /** A line for each cell, row after row. */
  void cells(int rows, int columns, BiFunction<Integer, Integer, String> line) {
    for (int row = 0; row < rows; row++) {
      int r = row;
      each(columns, column -> line.apply(r, column));
    }
  }

  /** Adds a multiple of a unit, such as {@code y + 2 * V}. */
  static String plus(String base, int times, String unit) {
    return times == 1 ? base + " + " + unit : plusRows(base, times, unit);
  }

  /** The same where one row is {@code 1 * stride}, too. */
  static String plusRows(String base, int times, String stride) {
    return times == 0 ? base : base + " + " + times + " * " + stride;
  }

  /** Letters for rows, numbers for columns. */
  static String sum(int row, int column) {
    return "" + (char) ('a' + row) + column;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
