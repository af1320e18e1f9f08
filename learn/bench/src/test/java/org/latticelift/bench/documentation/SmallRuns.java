package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.app.cli.CommandLines;

/** A folder that looks as the documents say, with small runs in place of theirs. */
final class SmallRuns {
  private static final String QUICKSTART =
      DocumentTree.ROOT.resolve("configs/quickstart.yaml").toString();
  private static final String ISING =
      DocumentTree.ROOT.resolve("configs/ising-quick.yaml").toString();

  private final Path folder;

  SmallRuns(Path folder) {
    this.folder = folder;
  }

  /** The quickstart, and a state of its large system. */
  void quickstart() {
    run(
        "run",
        QUICKSTART,
        "quickstart",
        "conditions.temperature_K=[1400, 2000]",
        "lattice.observables=[pair]",
        "evaluate.tolerance={default: 1}");
    states("runs/quickstart/final.xyz");
    states("state.xyz");
  }

  /** A direct run of the quickstart's alloy. */
  void direct(String name) {
    run(
        "kmc",
        QUICKSTART,
        name,
        "conditions.temperature_K=[1000]",
        "evaluate.tolerance={default: 1}");
  }

  /** Direct runs of the Ising model. */
  void ising() {
    run("direct", ISING, "ising-quick", "direct.duration={time: 6}");
  }

  private void states(String name) {
    command(
        "export",
        folder.resolve("runs/quickstart/final.h5").toString(),
        "--to",
        "xyz",
        "--condition",
        "T2000/run0",
        "--out",
        folder.resolve(name).toString());
  }

  /** Writes a text file. */
  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String command, String config, String name, String... sets) {
    List<String> words = new ArrayList<>(List.of(command, config, "--quiet", "--out"));
    words.add(folder.resolve("runs").resolve(name).toString());
    List<String> all = new ArrayList<>(List.of(sets));
    all.addAll(
        List.of("simulate.runs=1", "simulate.records=10", "simulate.duration={events: 2000}"));
    all.addAll(
        List.of(
            "evolve.samples=60",
            "evolve.duration={mean_events: 20}",
            "train.epochs=2",
            "train.models=1"));
    all.addAll(
        List.of("ensemble={trajectories: 4, records: 11}", "direct.runs=1", "direct.records=60"));
    if (config.equals(QUICKSTART)) {
      all.add("direct.duration={events: 200}");
    }
    all.forEach(set -> words.addAll(List.of("--set", set)));
    command(words.toArray(String[]::new));
  }

  /**
   * Runs a command in this process; an assertion that it ends well.
   *
   * @param words without the program's name
   * @return what it prints
   */
  static String command(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLines.run(new PrintWriter(out), new PrintWriter(err), words);
    assertThat(code).as("%s: %s", String.join(" ", words), err).isZero();
    return out.toString();
  }
}
