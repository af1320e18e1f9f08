package org.latticelift.bench.tiles;

import static org.latticelift.bench.tiles.TileWriter.plus;
import static org.latticelift.bench.tiles.TileWriter.plusRows;
import static org.latticelift.bench.tiles.TileWriter.sum;

/** Sums of table rows and products of barrier networks: rows by two vectors. */
final class BarrierTiles {
  private static final String[] COLUMNS = {"a", "c"};

  private final TileWriter out = new TileWriter();

  private BarrierTiles() {}

  static String text() {
    BarrierTiles tiles = new BarrierTiles();
    tiles.table("tableEight", 8);
    tiles.table("tableFour", 4);
    tiles.product("productEight", 8);
    tiles.product("productFour", 4);
    tiles.active();
    return tiles.out.toString();
  }

  private void table(String name, int rows) {
    out.method(
        "private static void " + name,
        "int[] rows, int[] pairs, int row, WeightPanel panel, int step, float[] y, int to");
    out.line("float[] table = panel.weight();");
    bias(rows);
    out.open("for (int i = row, k = FIRST; i < pairs.length; i += BLOCK, k += step) {");
    for (int row = 0; row < rows; row++) {
      int r = row;
      String index = r == 0 ? "i" : "i + " + r;
      out.line("int t%d = k + rows[pairs[%s]];".formatted(r, index));
      out.each(
          COLUMNS.length,
          c ->
              "%1$s = FloatVector.fromArray(F, table, %2$s).add(%1$s);"
                  .formatted(cell(r, c), plus("t" + r, c, "V")));
    }
    out.close();
    store(rows);
  }

  private void product(String name, int rows) {
    out.method(
        "private static void " + name, "float[] x, int at, WeightPanel panel, float[] y, int to");
    out.line("float[] w = panel.weight();");
    bias(rows);
    out.line("int inputs = panel.inputs();");
    out.open("for (int k = 0; k < inputs; k++) {");
    String weight = "FloatVector w%d = FloatVector.fromArray(F, w, %s);";
    out.each(COLUMNS.length, c -> weight.formatted(c, plus("FIRST + k * PANEL", c, "V")));
    for (int row = 0; row < rows; row++) {
      int r = row;
      String input = plusRows("at", r, "STRIDE") + " + k";
      out.line("FloatVector x%d = FloatVector.broadcast(F, x[%s]);".formatted(r, input));
      out.each(COLUMNS.length, c -> "%1$s = x%2$d.fma(w%3$d, %1$s);".formatted(cell(r, c), r, c));
    }
    out.close();
    store(rows);
  }

  private static String cell(int row, int column) {
    return COLUMNS[column] + row;
  }

  private void bias(int rows) {
    String bias = "FloatVector b%1$d = FloatVector.fromArray(F, panel.bias(), %2$s);";
    out.each(COLUMNS.length, c -> bias.formatted(c, c == 0 ? "0" : "V"));
    out.cells(rows, COLUMNS.length, (r, c) -> "FloatVector " + cell(r, c) + " = b" + c + ";");
  }

  private void store(int rows) {
    out.cells(
        rows,
        COLUMNS.length,
        (r, c) ->
            "CLASS.cast(%s).intoArray(y, %s);"
                .formatted(cell(r, c), plus(plusRows("to", r, "STRIDE"), c, "V")));
    out.end();
  }

  /** Two rows by four vectors, over the inputs that are not zero. */
  private void active() {
    int rows = 2;
    int columns = 4;
    out.line(
        "/** One loop on purpose: the compiler keeps vectors in registers through one, not through"
            + " two. */");
    out.line("@Override");
    out.method(
        "public void addActive",
        "float[] x, int at, long active, WeightPanel panel, int input, float[] y, int to");
    out.line("float[] w = panel.weight();");
    out.line("int begin = FIRST + 2 * input * PANEL;");
    out.cells(
        rows,
        columns,
        (r, c) ->
            "FloatVector %s = FloatVector.fromArray(F, y, %s);".formatted(sum(r, c), result(r, c)));
    out.open("for (long left = active; left != 0; left &= left - 1) {");
    out.line("int k = Long.numberOfTrailingZeros(left);");
    out.line("int row = begin + 2 * k * PANEL;");
    out.each(
        rows,
        r ->
            "FloatVector x%d = FloatVector.broadcast(F, x[%s + k]);"
                .formatted(r, plus("at", r, "STRIDE")));
    for (int column = 0; column < columns; column++) {
      int c = column;
      String weight = plus("row", c, "V");
      out.line("FloatVector w%d = FloatVector.fromArray(F, w, %s);".formatted(c, weight));
      out.each(rows, r -> "%1$s = x%2$d.fma(w%3$d, %1$s);".formatted(sum(r, c), r, c));
    }
    out.close();
    out.cells(
        rows,
        columns,
        (r, c) -> "CLASS.cast(%s).intoArray(y, %s);".formatted(sum(r, c), result(r, c)));
    out.end();
  }

  private static String result(int row, int column) {
    return plus(plus("to", row, "STRIDE"), column, "V");
  }
}
