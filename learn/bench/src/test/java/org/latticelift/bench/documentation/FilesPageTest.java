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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.bench.documentation.FilesPage.Row;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Datasets of small runs of all systems are those of the pages of files, with type and rank. */
@Tag("docs")
class FilesPageTest {
  /** What no small run makes: networks that were imported, and tables of experiments. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "network.h5 /layerN/(gamma|beta|mean|var)|experiment.h5 .*|states.h5 /CONDITION/species");

  @TempDir private static Path folder;
  private static final FilesPage PAGE = FilesPage.read(pages());

  private static List<Path> pages() {
    Path index = DocumentTree.ROOT.resolve("docs/reference/files.md");
    Path others = DocumentTree.ROOT.resolve("docs/reference/files");
    return Stream.concat(Stream.of(index), DocumentTree.files(others).stream()).toList();
  }

  @BeforeAll
  static void smallRuns() {
    run(
        "alloy",
        TinyRun.CONFIG,
        "--set=simulate.states_every=2",
        "--set=direct.parallel={block_cells: 5}");
    run(
        "sampled-alloy",
        TinyRun.CONFIG,
        "--set=upsample={tiles: maxent, shells: 1}",
        "--set=transport={}");
    run("fields", TinyRun.FIELDS, "--set=evolve.twins=true", "--set=direct.states_every=2");
    run(
        "spins",
        TinyRun.SPINS,
        "--set=direct.states_every=1",
        "--set=upsample.groups=auto",
        "--set=evolve={samples: 40, evolutions: 2, twins: true, joint: 30, compensator: auto}",
        "--set=train.kappa=measured",
        "--set=train.drift_variates=auto",
        "--set=train.models=2");
    command(
        "predict",
        folder.resolve("alloy").toString(),
        "--schedule={ramp: {from: 2000, to: 1400, time_s: 1.0e-6}}",
        "--quiet",
        "--out=" + folder.resolve("prediction"),
        "--set=vacancies={formation_eV: 3}",
        "--set=trajectories=4",
        "--set=records=11");
    Path histories = folder.resolve("histories.csv");
    TinyRun.write(histories, "history,time_s,temperature_K\na,0,2000\na,1e-6,1400\n");
    command(
        "predict",
        folder.resolve("alloy").toString(),
        "--histories=" + histories,
        "--quiet",
        "--out=" + folder.resolve("histories"),
        "--set=vacancies={formation_eV: 3}");
    command(
        "map",
        folder.resolve("alloy").toString(),
        "--quiet",
        "--out=" + folder.resolve("map"),
        "--set=vacancies={formation_eV: 3}",
        "--set=trajectories=2",
        "--set=conditions=3",
        "--set=rates=2",
        "--set=relaxations=5",
        "--set=step=0.1");
    command(
        "design",
        folder.resolve("alloy").toString(),
        "--quiet",
        "--observable=MoMo",
        "--length=1.0e-6",
        "--out=" + folder.resolve("design"),
        "--set=trajectories=2",
        "--set=knots=3",
        "--set=evaluations=10",
        "--set=ramp_evaluations=30",
        "--set=step=0.1");
    run(
        "closed-spins",
        TinyRun.SPINS,
        "--set=upsample.groups=auto",
        "--set=evolve.compensator=auto",
        "--set=closure={dim: 2, epochs: 1, batch: 16}");
    run("chain", TinyRun.CHAIN, "--set=ensemble.on_divergence=drop", "--set=direct.states_every=3");
    Path built = TinyRun.write(folder.resolve("built.yaml"), "{cells: 6, random_shells: 2}");
    command(
        "build",
        built.toString(),
        "--quiet",
        "--set=tolerance=0.1",
        "--out=" + folder.resolve("built.h5"));
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
    requireDone(TinyRun.runAll(folder.resolve(name), config, more), name);
  }

  private static void command(String... words) {
    requireDone(TinyRun.run(words), String.join(" ", words));
  }

  private static void requireDone(Outcome outcome, String what) {
    assertThat(outcome.code()).as("%s: %s", what, outcome.err()).isZero();
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
