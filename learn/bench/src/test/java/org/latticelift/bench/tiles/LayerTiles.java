package org.latticelift.bench.tiles;

import static org.latticelift.bench.tiles.TileWriter.plus;
import static org.latticelift.bench.tiles.TileWriter.sum;

/** Dense layers of the integration of ensembles: groups of four outputs by vectors of inputs. */
final class LayerTiles {
  private static final int GROUP = 4;
  private static final String PARAMETERS =
      "float[] w, int at, int inputs, float[] m, int x, int y, int mode";

  private final TileWriter out = new TileWriter();
  private final int columns;
  private final String lanes;

  private LayerTiles(int columns, String lanes) {
    this.columns = columns;
    this.lanes = lanes;
  }

  static String text() {
    LayerTiles wide = new LayerTiles(3, "LANES");
    wide.layer("/** Two groups of outputs by three vectors. */", "wideEight", 2 * GROUP);
    wide.layer("/** One group of outputs by three vectors. */", "wideFour", GROUP);
    LayerTiles narrow = new LayerTiles(1, "V");
    narrow.layer("/** Two groups of outputs by one vector. */", "narrowEight", 2 * GROUP);
    narrow.layer("/** One group of outputs by one vector. */", "narrowFour", GROUP);
    return wide.out.toString() + narrow.out;
  }

  private void layer(String comment, String name, int outputs) {
    out.line(comment);
    out.method("private static void " + name, PARAMETERS);
    if (outputs > GROUP) {
      out.line("int next = at + GROUP * (inputs + 1);");
    }
    out.cells(outputs, columns, (r, c) -> "FloatVector " + sum(r, c) + " = " + bias(r, c) + ";");
    out.open("if (mode == ADD) {");
    out.cells(outputs, columns, (r, c) -> sum(r, c) + " = " + fromArray(cell("y", r, c)) + ";");
    out.close();
    out.open("for (int k = 0; k < inputs; k++) {");
    String input = "x + k * " + lanes;
    out.each(columns, c -> "FloatVector x%d = %s;".formatted(c, fromArray(plus(input, c, "V"))));
    for (int output = 0; output < outputs; output++) {
      int r = output;
      out.line("FloatVector w%d = FloatVector.broadcast(F, w[%s]);".formatted(r, weight(r)));
      out.each(columns, c -> "%1$s = w%2$d.fma(x%3$d, %1$s);".formatted(sum(r, c), r, c));
    }
    out.close();
    out.open("if (mode == RECTIFY) {");
    out.line("FloatVector zero = FloatVector.zero(F);");
    String rectify = "%1$s = %1$s.blend(zero, %1$s.compare(VectorOperators.LT, zero));";
    out.cells(outputs, columns, (r, c) -> rectify.formatted(sum(r, c)));
    out.close();
    out.cells(
        outputs,
        columns,
        (r, c) -> "CLASS.cast(%s).intoArray(m, %s);".formatted(sum(r, c), cell("y", r, c)));
    out.end();
  }

  private static String bias(int row, int column) {
    return column > 0
        ? sum(row, 0)
        : "FloatVector.broadcast(F, w[" + plusOf(group(row), row % GROUP) + "])";
  }

  private static String weight(int row) {
    return group(row) + " + GROUP * k + " + (GROUP + row % GROUP);
  }

  private static String group(int row) {
    return row < GROUP ? "at" : "next";
  }

  private static String plusOf(String base, int number) {
    return number == 0 ? base : base + " + " + number;
  }

  private String cell(String base, int row, int column) {
    return plus(plus(base, row, lanes), column, "V");
  }

  private static String fromArray(String at) {
    return "FloatVector.fromArray(F, m, " + at + ")";
  }
}
