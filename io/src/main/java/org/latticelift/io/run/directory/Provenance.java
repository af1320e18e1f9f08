package org.latticelift.io.run.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * Where a result comes from. It is stored under {@code /provenance}, the only place where two equal
 * runs may differ.
 *
 * @param configuration resolved configuration, canonical YAML
 * @param seed seed of all random streams
 * @param process what ran
 * @param inputs sha256 of each input file, by file name
 * @param engine what computed the results and its name, where there is a choice of engines
 */
public record Provenance(
    String configuration,
    long seed,
    Process process,
    Map<String, String> inputs,
    Map<String, String> engine) {
  /** The group in every HDF5 file. */
  public static final String GROUP = "/provenance";

  /** The dataset of the resolved configuration. */
  public static final String CONFIGURATION = GROUP + "/configuration";

  private static final String VERSION = "version";
  private static final String COMMIT = "commit";

  /** The attribute of the group that names the transport. */
  public static final String TRANSPORT = "transport";

  public Provenance {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    engine = Map.copyOf(engine);
  }

  /**
   * The program and where it ran.
   *
   * @param commit of the sources, or {@code unknown}
   * @param jdk Java version and vendor
   * @param transport name of the message-passing transport
   * @param threads per rank
   * @param start begin of the run, UTC
   */
  public record Process(
      String version,
      String commit,
      String jdk,
      String transport,
      int ranks,
      int threads,
      String host,
      String start) {}

  /**
   * The provenance of this process, with one local rank ({@code configuration}: resolved
   * configuration; {@code seed}: seed of all random streams), with version, commit, JDK, host and
   * the present time.
   */
  public static Provenance here(String configuration, long seed, int threads) {
    Process process =
        new Process(
            ProductVersion.version(),
            ProductVersion.commit(),
            System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
            "local",
            1,
            threads,
            hostName(),
            now());
    return new Provenance(configuration, seed, process, Map.of(), Map.of());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /**
   * The program that wrote a file ({@code file}: HDF5 file); version and commit; empty if the file
   * does not say.
   */
  public static Optional<String> program(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.exists(GROUP) && reader.attributes(GROUP).containsAll(List.of(VERSION, COMMIT))
          ? Optional.of(
              program(reader.textAttribute(GROUP, VERSION), reader.textAttribute(GROUP, COMMIT)))
          : Optional.empty();
    }
  }

  /** This program; version and commit. */
  public static String program() {
    return program(ProductVersion.version(), ProductVersion.commit());
  }

  private static String program(String version, String commit) {
    return version + ", commit " + commit;
  }

  /** The day on which the run began, UTC; such as 2026-11-30. */
  public String day() {
    return process.start().replaceFirst("T.*", "");
  }

  /** Adds an input file ({@code file}: the file, which is read once); a copy with its checksum. */
  public Provenance withInput(Path file) {
    try {
      return withInput(String.valueOf(file.getFileName()), Disk.sha256(file));
    } catch (IOException e) {
      throw new org.latticelift.io.error.LatticeLiftException(
          org.latticelift.io.error.ExitCode.MISSING_INPUT,
          "the input cannot be read",
          file.toString(),
          "a readable file",
          "Check the path",
          e);
    }
  }

  /**
   * Adds an input whose checksum is known ({@code name}: file name; {@code sha256}: checksum in
   * hexadecimal); a copy.
   */
  public Provenance withInput(String name, String sha256) {
    Map<String, String> more = new TreeMap<>(inputs);
    more.put(name, sha256);
    return new Provenance(configuration, seed, process, more, engine);
  }

  /** Adds the engine that computes ({@code kind}: such as {@code training_engine}); a copy. */
  public Provenance withEngine(String kind, String name) {
    return new Provenance(configuration, seed, process, inputs, Map.of(kind, name));
  }

  /**
   * Sets what message passing adds ({@code name}: transport; {@code size}: number of ranks); a
   * copy.
   */
  public Provenance withTransport(String name, int size) {
    Process p = process;
    Process all =
        new Process(p.version(), p.commit(), p.jdk(), name, size, p.threads(), p.host(), p.start());
    return new Provenance(configuration, seed, all, inputs, engine);
  }

  /**
   * Writes the group {@code /provenance}, with the present time as the end ({@code writer}: an open
   * file).
   */
  public void writeTo(Hdf5Writer writer) {
    writer.group(GROUP);
    writer.attribute(GROUP, "seed", seed);
    writer.attribute(GROUP, VERSION, process.version());
    writer.attribute(GROUP, COMMIT, process.commit());
    writer.attribute(GROUP, "jdk", process.jdk());
    writer.attribute(GROUP, TRANSPORT, process.transport());
    writer.attribute(GROUP, "ranks", process.ranks());
    writer.attribute(GROUP, "threads", process.threads());
    writer.attribute(GROUP, "host", process.host());
    writer.attribute(GROUP, "start", process.start());
    writer.attribute(GROUP, "end", now());
    engine.forEach((kind, name) -> writer.attribute(GROUP, kind, name));
    writer.text(CONFIGURATION, configuration, DatasetInfo.of("1", "resolved configuration"));
    if (!inputs.isEmpty()) {
      String[] lines =
          inputs.entrySet().stream()
              .map(input -> input.getValue() + "  " + input.getKey())
              .toArray(String[]::new);
      DatasetInfo info = DatasetInfo.of("1", "sha256 and name of the inputs", "input");
      writer.texts(GROUP + "/inputs", lines, info);
    }
  }

  /** Version and commit of this product. */
  public static final class ProductVersion {
    private static final String UNKNOWN = "unknown";

    private ProductVersion() {}

    /**
     * The version of the build, for example {@code 0.2.0}; {@code unknown} for classes that Maven
     * has not built.
     */
    public static String version() {
      Properties properties = new Properties();
      try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
        return version(properties);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Maven replaces a word of the file by the version; what only copies the file leaves the word.
     */
    static String version(Properties properties) {
      String version = properties.getProperty("version", UNKNOWN);
      return version.contains("${") ? UNKNOWN : version;
    }

    /**
     * The commit of the sources, which the launcher passes as {@code latticelift.commit}; the
     * commit, or {@code unknown}.
     */
    public static String commit() {
      return System.getProperty("latticelift.commit", UNKNOWN);
    }
  }
}
