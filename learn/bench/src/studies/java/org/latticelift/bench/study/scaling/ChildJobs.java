package org.latticelift.bench.study.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.speed.Numbers;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Starts commands of this program as jobs of their own, through its launcher. */
public final class ChildJobs {

  private final Path launcher;
  private final String transport;
  private final Path folder;

  /**
   * @param transport of jobs with several ranks; null: the launcher's choice
   */
  public ChildJobs(String transport, Path folder) {
    String home = System.getProperty("latticelift.home");
    if (home == null) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "this process does not know its launcher",
          "latticelift.home",
          "a start through ./latticelift",
          "Start it that way");
    }
    this.launcher = Path.of(home).resolve("latticelift");
    this.transport = transport;
    this.folder = folder;
  }

  /** Runs a command to its end. */
  public List<String> run(int ranks, List<String> command) {
    List<String> words = words(ranks, command);
    try {
      Path output = Files.createTempFile(folder, "job", ".txt");
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int code = process.waitFor();
      List<String> lines = Files.readAllLines(output);
      Files.delete(output);
      if (code != 0) {
        throw new LatticeLiftException(
            ExitCode.UNAVAILABLE,
            "a job ended with "
                + code
                + ": "
                + (lines.isEmpty() ? "" : lines.get(lines.size() - 1)),
            String.join(" ", words),
            "a job that ends in order",
            "Start it by hand to see more");
      }
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<String> words(int ranks, List<String> command) {
    List<String> words = new ArrayList<>(List.of(launcher.toString()));
    words.addAll(List.of("--np", Integer.toString(ranks)));
    String chosen = ranks == 1 ? "local" : transport;
    if (chosen != null) {
      words.addAll(List.of("--transport", chosen));
    }
    words.addAll(command);
    return words;
  }

  /** Runs a benchmark and reads its numbers ({@code command}: words after {@code bench}). */
  public <T> T bench(int ranks, Class<T> type, List<String> command) {
    try {
      Path json = Files.createTempFile(folder, "job", ".json");
      List<String> words = new ArrayList<>(List.of("bench"));
      words.addAll(command);
      words.addAll(List.of("--json", json.toString()));
      run(ranks, words);
      T result = Numbers.JSON.fromJson(Files.readString(json), type);
      Files.delete(json);
      return result;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
