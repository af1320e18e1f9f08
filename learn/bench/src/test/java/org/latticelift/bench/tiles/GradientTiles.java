package org.latticelift.bench.tiles;

import static org.latticelift.bench.tiles.TileWriter.plus;
import static org.latticelift.bench.tiles.TileWriter.plusRows;
import static org.latticelift.bench.tiles.TileWriter.sum;

import java.util.function.IntFunction;

/** Products and outer products of the training of equations. */
final class GradientTiles {
  private static final String FACTORS =
      "float[] x, int atX, int strideX, int terms, float[] w, int atW, int strideW, ";
  private static final String START = "float[] start, int atStart, int strideStart, ";
  private static final String RESULT = "float[] y, int atY, int strideY";

  private final TileWriter out = new TileWriter();

  private GradientTiles() {}

  static String text() {
    GradientTiles tiles = new GradientTiles();
    tiles.product("eightByTwo", 8, 2);
    tiles.product("fourByFour", 4, 4);
    tiles.product("eightByOne", 8, 1);
    tiles.product("fourByTwo", 4, 2);
    tiles.outer("outerEightByTwo", 8, 2);
    tiles.outer("outerEightByOne", 8, 1);
    tiles.outer("outerFourByTwo", 4, 2);
    return tiles.out.toString();
  }

  /** Rows of x times w: the terms of a row follow each other. */
  private void product(String name, int rows, int columns) {
    out.method("private static void " + name, FACTORS + START + RESULT);
    load("start", "atStart", "strideStart", rows, columns);
    out.open("for (int k = 0, j = atW; k < terms; k++, j += strideW) {");
    multiply(rows, columns, row -> plusRows("atX", row, "strideX") + " + k");
    store(rows, columns);
  }

  /** Columns of x times w: the terms of a column are a stride apart. */
  private void outer(String name, int rows, int columns) {
    out.method("private static void " + name, FACTORS + RESULT);
    load("y", "atY", "strideY", rows, columns);
    out.open("for (int k = 0, i = atX, j = atW; k < terms; k++, i += strideX, j += strideW) {");
    multiply(rows, columns, row -> row == 0 ? "i" : "i + " + row);
    store(rows, columns);
  }

  private void load(String array, String at, String stride, int rows, int columns) {
    out.cells(
        rows,
        columns,
        (r, c) ->
            "FloatVector %s = load(%s, %s);"
                .formatted(sum(r, c), array, plus(plusRows(at, r, stride), c, "V")));
  }

  private void multiply(int rows, int columns, IntFunction<String> factor) {
    out.each(columns, c -> "FloatVector w%d = load(w, %s);".formatted(c, plus("j", c, "V")));
    for (int row = 0; row < rows; row++) {
      int r = row;
      out.line("FloatVector x%d = FloatVector.broadcast(F, x[%s]);".formatted(r, factor.apply(r)));
      out.each(columns, c -> "%1$s = x%2$d.fma(w%3$d, %1$s);".formatted(sum(r, c), r, c));
    }
    out.close();
  }

  private void store(int rows, int columns) {
    out.cells(
        rows,
        columns,
        (r, c) ->
            "CLASS.cast(%s).intoArray(y, %s);"
                .formatted(sum(r, c), plus(plusRows("atY", r, "strideY"), c, "V")));
    out.end();
  }
}
