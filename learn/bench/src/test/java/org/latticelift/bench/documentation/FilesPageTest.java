package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.bench.documentation.FilesPage.Row;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Datasets of small runs of all systems are those of the page of files, with type and rank. */
class FilesPageTest {
  private static final String FIELDS =
      """
      system: predator-prey
      conditions: {noise: [0.02]}
      lattice: {small: 20, large: 40, patch: 8}
      simulate: {runs: 3, records: 20, duration: {time: 10}}
      evolve: {samples: 60, shard_samples: 25}
      closure: {dim: 2, epochs: 1, batch: 16}
      sde: {embedding: 0, drift: {type: plain}}
      train: {epochs: 1, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 10}, keep_trajectories: true}
      direct: {runs: 3, records: 10, duration: {time: 10}}
      """;

  private static final String SPINS =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 3, records: 10, duration: {events: 400}}
      upsample: {groups: auto}
      evolve: {samples: 40, twins: true, joint: 30, compensator: auto}
      train: {epochs: 1, models: 1, kappa: measured}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}}
      direct: {runs: 2, records: 10, duration: {time: 20}}
      """;

  private static final String CHAIN =
      """
      system: linear-chain
      conditions: {force: [4]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 2, records: 10, duration: {time: 2}}
      evolve: {samples: 40}
      train: {epochs: 1, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 2}}
      direct: {runs: 2, records: 10, duration: {time: 2}}
      """;

  /** What no small run makes: networks that were imported, and tables of experiments. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("network.h5 /layerN/(gamma|beta|mean|var)|experiment.h5 .*");

  @TempDir private static Path folder;
  private static final FilesPage PAGE =
      FilesPage.read(DocumentTree.ROOT.resolve("docs/reference/files.md"));

  @BeforeAll
  static void smallRuns() {
    run(
        "alloy",
        TinyRun.CONFIG,
        "--set=simulate.states_every=2",
        "--set=direct.parallel={block_cells: 5}");
    run("fields", FIELDS);
    run("spins", SPINS);
    run(
        "closed-spins",
        SPINS,
        "--set=evolve.twins=false",
        "--set=evolve.joint=0",
        "--set=train.kappa=auto",
        "--set=closure={dim: 2, epochs: 1, batch: 16}");
    run("chain", CHAIN);
    String small = DocumentTree.ROOT.resolve("configs/models/small.yaml").toString();
    Path table = folder.resolve("table");
    command(
        "barrier",
        "sample",
        small,
        "--quiet",
        "--out=" + table,
        "--set=barrier.model=small",
        "--set=barrier.weights=null",
        "--set=sample.environments=200",
        "--set=sample.fresh_environments=20",
        "--set=sample.groups=[{name: k, kind: kmc, share: 1, stages: [{temperature_K: 2000, jumps: 300}]}]");
    command(
        "barrier",
        "train",
        small,
        "--quiet",
        "--out=" + folder.resolve("network"),
        "--set=train.table=" + table.resolve("table.h5"),
        "--set=train.fresh_table=" + table.resolve("fresh.h5"),
        "--set=train.fit.hidden=[6, 4]",
        "--set=train.fit.rows=20000",
        "--set=train.fit.batch=256",
        "--set=train.fit.hold_out=0.2");
  }

  private static void run(String name, String config, String... more) {
    Path file = TinyRun.write(folder.resolve(name + ".yaml"), config);
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--quiet"));
    words.add("--out=" + folder.resolve(name));
    words.addAll(List.of(more));
    command(words.toArray(String[]::new));
  }

  private static void command(String... words) {
    Outcome outcome = TinyRun.run(words);
    assertThat(outcome.code()).as("%s: %s", String.join(" ", words), outcome.err()).isZero();
  }

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".h5")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void datasets(Hdf5Reader reader, String group, Collection<String> into) {
    for (String name : reader.children(group.isEmpty() ? "/" : group)) {
      String path = group + "/" + name;
      if (reader.isGroup(path)) {
        datasets(reader, path, into);
      } else {
        into.add(path);
      }
    }
  }

  @Test
  void datasetsAndPageAreTheSame() {
    Set<String> unknown = new TreeSet<>();
    Set<String> wrong = new TreeSet<>();
    Set<Row> found = new LinkedHashSet<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        List<String> datasets = new ArrayList<>();
        datasets(reader, "", datasets);
        for (String dataset : datasets) {
          List<Row> rows = PAGE.rows(name, dataset);
          found.addAll(rows);
          if (rows.isEmpty()) {
            unknown.add(name + " " + dataset);
          } else if (rows.stream()
              .noneMatch(row -> row.fits(reader.type(dataset), reader.dims(dataset).length))) {
            wrong.add(name + " " + dataset + " is " + reader.type(dataset) + ", not as " + rows);
          }
        }
      }
    }
    assertThat(unknown).as("datasets that the page does not have").isEmpty();
    assertThat(wrong).as("datasets of another type or rank than the page says").isEmpty();
    List<Row> missing = new ArrayList<>(PAGE.rows());
    missing.removeAll(found);
    missing.removeIf(row -> ELSEWHERE.matcher(row.toString()).matches());
    assertThat(missing).as("rows of the page that no file has").isEmpty();
  }
}
