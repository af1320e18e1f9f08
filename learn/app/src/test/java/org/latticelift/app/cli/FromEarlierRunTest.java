package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * A run that takes over what another one has made the same: it has the bits of one from nothing.
 */
class FromEarlierRunTest {
  private static SharedRun.Made earlier;

  @TempDir private Path folder;

  @BeforeAll
  static void runEarlier(@SharedRun(ALLOY) SharedRun.Made made) {
    earlier = made;
  }

  private static Path earlier() {
    return earlier.folder();
  }

  private static String config() {
    return earlier.config().toString();
  }

  private Outcome run(String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("run", config(), "--quiet", "--out", folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return TinyRun.run(words.toArray(String[]::new));
  }

  private void done(String out, String... more) {
    Outcome outcome = run(out, more).succeeded();
  }

  private String from(String name) {
    return "--from=" + folder.resolve(name);
  }

  /** Columns: what is changed, the results that are taken over, and others that are not. */
  @Tag("pipeline")
  @ParameterizedTest
  @CsvSource({
    "evolve.samples=40, snapshots.h5 simulate.csv trajectory.h5, pairs.h5 model.h5",
    "upsample.tiles=independent, snapshots.h5 simulate.csv, pairs.h5 model.h5 trajectory.h5",
    "lattice.large=15, snapshots.h5, pairs.h5 model.h5 trajectory.h5",
    "train.epochs=3, snapshots.h5 pairs.h5 large.h5 trajectory.h5, model.h5",
    "ensemble.trajectories=5, snapshots.h5 pairs.h5 model.h5 trajectory.h5, ensemble.h5",
    "direct.runs=3, snapshots.h5 pairs.h5 model.h5, trajectory.h5 ensemble.h5",
    "evaluate.stationary_threshold=0.02, snapshots.h5 pairs.h5 model.h5 trajectory.h5, ensemble.h5"
  })
  void onlyWhatDiffersIsMadeAnew(String change, String taken, String made) throws IOException {
    done("anew", "--set", change);
    done("later", "--set", change, "--from=" + earlier());
    for (String file : taken.split(" ")) {
      assertThat(folder.resolve("later").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(earlier().resolve(file));
    }
    for (String file : made.split(" ")) {
      assertThat(configuration("later", file)).as(file).isEqualTo(configuration("anew", file));
    }
    for (String file : List.of("pairs.h5", "model.h5", "ensemble.h5", "trajectory.h5")) {
      assertThat(data(folder.resolve("later").resolve(file)))
          .as(file)
          .isEqualTo(data(folder.resolve("anew").resolve(file)));
    }
  }

  /** Every dataset but who made it. */
  private static Map<String, List<Byte>> data(Path file) {
    Map<String, List<Byte>> data = new TreeMap<>();
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      collect(reader, "", data);
    }
    assertThat(data).hasSizeGreaterThan(3);
    return data;
  }

  private static void collect(Hdf5Reader reader, String group, Map<String, List<Byte>> into) {
    for (String child : reader.children(group.isEmpty() ? "/" : group)) {
      String path = group + "/" + child;
      if (path.startsWith("/provenance")) {
        continue;
      }
      if (reader.isGroup(path)) {
        collect(reader, path, into);
      } else if (reader.type(path) == ElementType.TEXT) {
        into.put(path, List.of());
      } else {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : reader.stored(path)) {
          bytes.add(one);
        }
        into.put(path, bytes);
      }
    }
  }

  private String configuration(String run, String file) {
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(run).resolve(file))) {
      return reader.text("/provenance/configuration");
    }
  }

  @Test
  void whatIsNotThereIsMade() throws IOException {
    Outcome small =
        TinyRun.run("simulate", config(), "--out", folder.resolve("small").toString()).succeeded();
    done("later", from("small"));
    assertThat(data(folder.resolve("later/ensemble.h5")))
        .isEqualTo(data(earlier().resolve("ensemble.h5")));
    done("later", from("small"), "--resume");
  }

  @ParameterizedTest
  @CsvSource({
    "seed=2, seed was 1",
    "simulate.runs=3, simulate.runs was 2",
    "lattice.small=6, lattice.small"
  })
  void anotherSmallSystemIsRefused(String change, String message) {
    Outcome outcome = run("later", "--set", change, "--from=" + earlier());
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err()).contains("nothing to take over", message).hasLineCount(1);
    assertThat(folder.resolve("later")).doesNotExist();
  }

  @Test
  void foldersThatAreNoCompleteRunAreRefused() throws IOException {
    assertThat(run("later", from("nowhere")).code()).isEqualTo(66);
    Files.createDirectory(folder.resolve("empty"));
    assertThat(run("later", from("empty")).err()).contains("no run in this folder");
    TinyRun.copy(earlier(), folder.resolve("copy"));
    Outcome itself = run("copy", "--overwrite", from("copy"));
    assertThat(itself.code()).isEqualTo(65);
    assertThat(folder.resolve("copy/pairs.h5")).exists();
    Files.write(folder.resolve("copy/snapshots.h5"), new byte[] {1, 2, 3});
    Outcome damaged = run("later", "--set", "evolve.samples=40", from("copy"));
    assertThat(damaged.code()).isEqualTo(65);
    assertThat(damaged.err()).contains("snapshots.h5");
  }

  /** Variants of equal names take over what is the same: here all but the models. */
  @Tag("pipeline")
  @Test
  void experimentsTakeOverFromExperiments() throws IOException {
    String config =
        Files.writeString(
                folder.resolve("experiment.yaml"),
                TinyRun.SPINS
                    + """
                    experiment:
                      variants:
                        ours: {ensemble.keep_trajectories: true}
                        other: {ensemble.keep_trajectories: true, train.kappa: 2}
                        more: {ensemble.keep_trajectories: true, evolve.samples: 50}
                      starts: {m0: {lattice.large_start: 0}}
                      quantities: [late_mean]
                    """)
            .toString();
    experiment(config, "first");
    experiment(config, "anew", "--set", "train.epochs=3");
    experiment(config, "later", "--set", "train.epochs=3", from("first"));
    for (String variant : List.of("ours", "more")) {
      assertThat(folder.resolve("later").resolve(variant).resolve("repeat1/pairs.h5"))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(variant + "/repeat1/pairs.h5"));
    }
    for (String variant : List.of("ours", "other", "more")) {
      for (String file : List.of("pairs.h5", "model.h5", "ensemble-m0.h5")) {
        String path = variant + "/repeat1/" + file;
        assertThat(data(folder.resolve("later").resolve(path)))
            .as(path)
            .isEqualTo(data(folder.resolve("anew").resolve(path)));
      }
    }
    assertThat(folder.resolve("later/experiment.csv"))
        .hasSameBinaryContentAs(folder.resolve("anew/experiment.csv"));
    requireOtherNames(config);
    Outcome other = experimentOf(config, "none", "--seed=5", from("first"));
    assertThat(other.code()).isEqualTo(65);
    assertThat(other.err()).contains("nothing to take over").hasLineCount(1);
    assertThat(experimentOf(config, "none", from("nowhere")).code()).isEqualTo(66);
    assertThat(experimentOf(config, "first", "--overwrite", from("first")).code()).isEqualTo(65);
    assertThat(folder.resolve("first/experiment.csv")).exists();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** What is the same is found under whatever name it has there, and in a run as well. */
  private void requireOtherNames(String config) throws IOException {
    String renamed =
        Files.writeString(
                folder.resolve("renamed.yaml"),
                Files.readString(Path.of(config))
                    .replace(" other: ", " theirs: ")
                    .replace(" ours: ", " more: ")
                    .replaceFirst("(?m)^ *more: .*samples: 50.*\n", ""))
            .toString();
    experiment(renamed, "renamed", from("first"));
    experiment(renamed, "of-a-run", from("first/ours/repeat1"));
    for (String out : List.of("renamed", "of-a-run")) {
      for (String file : List.of("snapshots.h5", "pairs.h5", "model.h5")) {
        assertThat(folder.resolve(out).resolve("more/repeat1").resolve(file))
            .hasSameBinaryContentAs(folder.resolve("first/ours/repeat1").resolve(file));
      }
    }
    String theirs = "theirs/repeat1/model.h5";
    assertThat(folder.resolve("renamed").resolve(theirs))
        .hasSameBinaryContentAs(folder.resolve("first/other/repeat1/model.h5"));
    assertThat(data(folder.resolve("of-a-run").resolve(theirs)))
        .isEqualTo(data(folder.resolve("renamed").resolve(theirs)));
  }

  private Outcome experimentOf(String config, String out, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", config, "--quiet", "--out", folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return TinyRun.run(words.toArray(String[]::new));
  }

  private void experiment(String config, String out, String... more) {
    Outcome outcome = experimentOf(config, out, more).succeeded();
  }
}
