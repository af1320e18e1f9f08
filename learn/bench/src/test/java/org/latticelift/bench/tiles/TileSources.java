package org.latticelift.bench.tiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The kernels whose tiles are written by a program. To change a tile, change its writer, run this
 * class in the root folder of the project, and commit both.
 */
enum TileSources {
  GRADIENT(
      "learn/src/tiles/java/org/latticelift/learn/train/gradient/vector/VectorProducts.java",
      GradientTiles::text),
  LAYER(
      "learn/src/tiles/java/org/latticelift/learn/kernel/vector/VectorProduct.java",
      LayerTiles::text),
  BARRIER(
      "mpi-sim/src/tiles/java/org/latticelift/sim/vacancy/barrier/vector/VectorPanelKernel.java",
      BarrierTiles::text);

  private static final String BEGIN =
      "  // Tiles, written by TileSources in the tests of learn/bench: change them there.\n\n";
  private static final String END = "  // End of the tiles.\n";

  private final String file;
  private final Supplier<String> text;

  TileSources(String file, Supplier<String> text) {
    this.file = file;
    this.text = text;
  }

  Path file(Path project) {
    return project.resolve(file);
  }

  /** A source with its tiles as the program writes them. */
  String with(String source) {
    int from = source.indexOf(BEGIN);
    int to = source.indexOf(END);
    if (from < 0 || to < from) {
      throw new IllegalStateException("no marks of tiles in " + file);
    }
    return source.substring(0, from + BEGIN.length()) + text.get() + source.substring(to);
  }

  /**
   * Writes all tiles.
   *
   * @param arguments none
   * @throws IOException if a source cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    for (TileSources each : values()) {
      Path path = each.file(Path.of(""));
      Files.writeString(path, each.with(Files.readString(path)));
    }
  }
}
