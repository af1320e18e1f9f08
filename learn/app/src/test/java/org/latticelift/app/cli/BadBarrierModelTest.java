package org.latticelift.app.cli;

import static org.latticelift.app.cli.TinyRun.write;

import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/** Mistakes with barrier networks and their tables. */
class BadBarrierModelTest extends MistakeContract {
  @Override
  List<Mistake> mistakes() {
    return List.of(
        network("no weights", 65, "model 'network' without weights", "barrier={model: network}"),
        network(
            "weights for a shipped network",
            65,
            "'weights' has no meaning",
            "barrier={model: small, weights: a.h5}"),
        network("weights are missing", 66, "none.h5", "barrier={model: network, weights: none.h5}"),
        new Mistake(
            "weights of a wrong shape", 65, "layer0", here -> weighted(here, wrongShape(here))),
        new Mistake(
            "weights cut short",
            65,
            "small.h5",
            here -> weighted(here, cut(here, MODELS.resolve("small.h5"), "small.h5"))),
        new Mistake(
            "order that contradicts",
            65,
            "order",
            here -> weighted(here, MODELS.resolve("small.h5"), "barrier.order=nnk")),
        new Mistake(
            "codes out of range",
            65,
            "grid",
            here ->
                new String[] {
                  "barrier",
                  "eval",
                  "--weights",
                  MODELS.resolve("small.h5").toString(),
                  "--grids",
                  grids(here),
                  "--out",
                  here.resolve("b.h5").toString()
                }),
        new Mistake(
            "barrier table that is not there",
            66,
            "no.h5",
            here ->
                new String[] {
                  "barrier",
                  "train",
                  write(here.resolve("t.yaml"), "train: {table: no.h5, fit: {hidden: [4]}}")
                      .toString(),
                  "--out",
                  here.resolve("t").toString()
                }),
        new Mistake(
            "barrier table with a bad line",
            65,
            "t.csv",
            here ->
                new String[] {
                  "barrier", "train", table(here), "--out", here.resolve("t").toString()
                }),
        new Mistake(
            "barrier train without its section",
            65,
            "section 'train' is missing",
            here ->
                new String[] {
                  "barrier", "train", write(here.resolve("t.yaml"), "seed: 1").toString()
                }));
  }

  private static Mistake network(String what, int code, String message, String set) {
    return new Mistake(what, code, message, here -> changed(here, set));
  }

  private static String[] weighted(Path here, Path weights, String... sets) {
    return changed(
        here, with(new String[] {"barrier={model: network, weights: " + weights + "}"}, sets));
  }

  private static Path wrongShape(Path here) {
    Path file = here.resolve("w.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "encoding", "one_hot");
      writer.dataset(
          "/layer0/W",
          new float[111 * 3 * 4],
          new long[] {111, 3, 4},
          info("1", "first layer", List.of("site", "species", "unit")));
      writer.dataset(
          "/output/W",
          new float[4],
          new long[] {4, 1},
          info("1", "output", List.of("unit", "output")));
      writer.dataset(
          "/output/b", new float[1], new long[] {1}, info("eV", "output", List.of("output")));
    }
    return file;
  }

  private static DatasetInfo info(String units, String name, List<String> axes) {
    return new DatasetInfo(units, name, axes);
  }

  private static String grids(Path here) {
    Path file = here.resolve("g.h5");
    byte[] grid = new byte[16 * 16 * 16];
    grid[5] = 9;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/grid",
          grid,
          new long[] {1, 16, 16, 16},
          info("1", "codes", List.of("grid", "x", "y", "z")));
      writer.dataset(
          "/vac_pos",
          new int[] {0, 0, 0},
          new long[] {1, 1, 3},
          info("1", "sites", List.of("grid", "vacancy", "axis")));
    }
    return file.toString();
  }

  private static String table(Path here) {
    Path csv = write(here.resolve("t.csv"), "environment,barrier\n1;2;3,0.5\n");
    return write(here.resolve("t.yaml"), "train: {table: " + csv + ", fit: {hidden: [4]}}")
        .toString();
  }
}
