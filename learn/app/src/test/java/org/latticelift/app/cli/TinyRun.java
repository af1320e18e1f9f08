package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A whole pipeline that takes seconds, and what tests need to spoil its files. */
public final class TinyRun {
  /** The smallest lattices there are, the analytic barrier, few jumps. */
  public static final String CONFIG =
      """
      system: alloy
      seed: 1
      conditions: {temperature_K: [1400, 2000]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004, observables: [pair]}
      barrier: {model: pairwise}
      simulate: {runs: 2, records: 10, duration: {events: 100}}
      evolve: {samples: 30, duration: {mean_events: 10}}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {relaxations: 2}}
      direct: {runs: 2, records: 10, duration: {events: 50}}
      report: {png: false}
      """;

  /** Fields with learned closure variables. */
  public static final String FIELDS =
      """
      system: predator-prey
      conditions: {noise: [0.02]}
      lattice: {small: 20, large: 40, patch: 8}
      simulate: {runs: 3, records: 20, duration: {time: 10}}
      evolve: {samples: 60, shard_samples: 25}
      closure: {dim: 2, epochs: 2, batch: 16}
      sde: {embedding: 0, drift: {type: plain}}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 10}, keep_trajectories: true}
      direct: {runs: 3, records: 10, duration: {time: 10}}
      report: {png: false}
      """;

  /** Spins at two temperatures. */
  public static final String SPINS =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 3, records: 10, duration: {events: 400}}
      evolve: {samples: 60}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}}
      direct: {runs: 2, records: 10, duration: {time: 20}}
      report: {png: false}
      """;

  /** A chain. */
  public static final String CHAIN =
      """
      system: linear-chain
      conditions: {force: [4, 8]}
      lattice: {small: 4, large: 16}
      simulate: {runs: 3, records: 20, duration: {time: 2}}
      evolve: {samples: 60}
      sde: {drift: {type: linear}, diffusion: {mode: constant}}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 2}}
      direct: {runs: 2, records: 10, duration: {time: 2}}
      report: {png: false}
      """;

  /**
   * What a command left behind.
   *
   * @param code exit code
   * @param out its results
   * @param err its errors
   */
  public record Outcome(int code, String out, String err) {
    /** Asserts that the command has succeeded, and returns this. */
    public Outcome succeeded() {
      assertThat(code).as(err).isZero();
      return this;
    }
  }

  private TinyRun() {}

  /**
   * Runs a command in this process.
   *
   * @param args the command line
   * @return what it left
   */
  public static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLines.execute(
            CommandLines.create(
                new LatticeLift(), new PrintWriter(out, true), new PrintWriter(err, true)),
            args);
    return new Outcome(code, out.toString(), err.toString());
  }

  /**
   * Runs all stages of a configuration.
   *
   * @param out the run directory; the configuration is written beside it
   * @param config its text
   * @param more words of the command line
   * @return what the command left
   */
  public static Outcome runAll(Path out, String config, String... more) {
    Path file = write(out.resolveSibling(out.getFileName() + ".yaml"), config);
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--out=" + out));
    words.add("--quiet");
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  /**
   * Runs a configuration, which has to end well and without a word of warning.
   *
   * @param config a file
   * @param out the run directory
   * @param more words of the command line
   * @return what the command left
   */
  static Outcome succeed(Path config, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("run", config.toString(), "--out=" + out));
    words.addAll(List.of(more));
    Outcome outcome = run(words.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /**
   * Writes a text file.
   *
   * @param file where
   * @param text what
   * @return the file
   */
  public static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file.
   *
   * @param file where
   * @param bytes what
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file which
   * @return its bytes
   */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All files below a folder.
   *
   * @param folder which
   * @return names relative to it, sorted
   */
  public static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A copy of a run directory without some of its files.
   *
   * @param run the directory
   * @param to the copy
   * @param without names of files
   * @return the copy
   */
  public static Path copy(Path run, Path to, String... without) {
    try {
      for (String name : files(run)) {
        if (!List.of(without).contains(name)) {
          Files.createDirectories(to.resolve(name).getParent());
          Files.copy(run.resolve(name), to.resolve(name));
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces bytes everywhere in a result and records the new checksum, as if it were written so.
   *
   * @param run the directory
   * @param name of the file
   * @param from bytes
   * @param to as many bytes
   */
  public static void forge(Path run, String name, byte[] from, byte[] to) {
    byte[] content = bytes(run.resolve(name));
    String before = sha256(content);
    if (from.length != to.length) {
      throw new IllegalArgumentException("lengths differ");
    }
    int found = 0;
    for (int i = 0; i + from.length <= content.length; i++) {
      if (java.util.Arrays.equals(content, i, i + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, content, i, to.length);
        found++;
      }
    }
    if (found == 0) {
      throw new IllegalArgumentException("nothing to replace in " + name);
    }
    write(run.resolve(name), content);
    Path sums = run.resolve("checksums.sha256");
    write(sums, new String(bytes(sums), StandardCharsets.UTF_8).replace(before, sha256(content)));
  }

  /**
   * A number as files have it.
   *
   * @param value the number
   * @return eight bytes
   */
  public static byte[] littleEndian(double value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }

  /**
   * The lines of a text file.
   *
   * @param file which
   * @return a new list
   */
  public static List<String> lines(Path file) {
    return new ArrayList<>(new String(bytes(file), StandardCharsets.UTF_8).lines().toList());
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
