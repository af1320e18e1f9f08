package org.latticelift.app.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;

/**
 * What two runs must share to be the same: what is asked, without the names of files that are read,
 * and the content of these files. A file that was moved is the same, one that was edited is not. A
 * run directory keeps it as one line, behind which the configuration stands for messages.
 *
 * @param text what is asked, with {@code @} for every file
 * @param hashes SHA-256 by the key that names the file; a file that cannot be read has none
 * @param files the files by key
 * @param config what the line is of
 */
record RunIdentity(
    String text, Map<String, String> hashes, Map<String, Path> files, ConfigNode config) {
  private static final String SEPARATOR = "\t";

  /** A key and a hash; what else is plain in a configuration has no sign of equality. */
  private static final Pattern HASH = Pattern.compile("(.*)=([0-9a-f]{64})");

  private static final int SHOWN = 12;

  /** What turns a configuration into one line. */
  @FunctionalInterface
  interface OneLine {
    String of(ConfigNode config);
  }

  /**
   * The identity of a configuration ({@code config}: with defaults filled in, without what may
   * change).
   */
  static RunIdentity of(ConfigNode config, OneLine line) {
    return of(config, Map.of(), line);
  }

  /**
   * The identity of a configuration ({@code config}: with defaults filled in, without what may
   * change; {@code others}: files by key that the configuration does not know as such).
   */
  static RunIdentity of(ConfigNode config, Map<String, Path> others, OneLine line) {
    Map<String, Path> files = new TreeMap<>(others);
    files.putAll(config.inputs());
    Map<String, String> hashes = new TreeMap<>();
    Map<String, String> nameless = new TreeMap<>();
    files.forEach(
        (key, file) -> {
          nameless.put(key, "@");
          InputFile.contentHash(file).ifPresent(hash -> hashes.put(key, hash));
        });
    return new RunIdentity(
        line.of(replaced(config, others.keySet(), nameless)), hashes, files, config);
  }

  /**
   * A configuration with other texts in place of the names of files.
   *
   * @param config perhaps with files that it does not know as such
   * @param others the keys of these, which it need not have
   * @param texts by key
   */
  static ConfigNode replaced(ConfigNode config, Set<String> others, Map<String, String> texts) {
    ConfigNode changed = config.withInputs(texts);
    for (String key : others) {
      if (texts.containsKey(key)) {
        changed = changed.with(key, ScheduleList.quoted(texts.get(key)));
      }
    }
    return changed;
  }

  String line() {
    return text
        + hashes.entrySet().stream()
            .map(each -> SEPARATOR + each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining())
        + SEPARATOR
        + config.canonical().strip().replace("\n", SEPARATOR);
  }

  /** What is asked in a line that a run directory has kept. */
  static String text(String line) {
    int end = line.indexOf(SEPARATOR);
    return end < 0 ? line : line.substring(0, end);
  }

  /** Hashes by key of a line that a run directory has kept. */
  static Map<String, String> hashes(String line) {
    return parts(line)
        .map(HASH::matcher)
        .filter(Matcher::matches)
        .collect(Collectors.toMap(hash -> hash.group(1), hash -> hash.group(2)));
  }

  /** The configuration in a line that a run directory has kept. */
  static Optional<ConfigNode> configuration(String line) {
    String yaml =
        parts(line).filter(part -> !HASH.matcher(part).matches()).collect(Collectors.joining("\n"));
    return Optional.of(yaml)
        .filter(some -> !some.isEmpty())
        .map(some -> ConfigNode.parse(some, RunDirectory.CHECKSUMS));
  }

  private static Stream<String> parts(String line) {
    return Stream.of(line.split(SEPARATOR)).skip(1);
  }

  /** Whether the same is asked, whatever is in the files. */
  boolean asksAs(String line) {
    return text.equals(text(line));
  }

  /**
   * Refuses (65) a run that asks the same of files with another content.
   *
   * @param line that the run has kept
   * @param root its folder or log, for the message
   */
  void requireSameFiles(String line, Path root) {
    Map<String, String> before = hashes(line);
    hashes.forEach(
        (key, hash) -> {
          String then = before.getOrDefault(key, "");
          if (!then.equals(hash)) {
            throw LatticeLiftException.badData(
                "what is there belongs to a run whose "
                    + key
                    + " had another content: sha256 was "
                    + then.substring(0, Math.min(SHOWN, then.length()))
                    + "..., that of "
                    + files.get(key)
                    + " is "
                    + hash.substring(0, SHOWN)
                    + "...",
                root.toString(),
                "the file that started it, wherever it is now",
                "Restore the file, or make a new run from what stays the same with 'run --from'");
          }
        });
  }

  /**
   * The configuration that results in a folder were made with, to say what is no longer the same.
   * The list of the folder decides whether a run may go on; this only finds words for it.
   */
  static final class EarlierConfiguration {
    private static final int SHOWN = 5;

    private EarlierConfiguration() {}

    /**
     * Names the values that differ; an error (65) if there are some. Says nothing of a folder
     * without a run, or without a result that tells ({@code free}: sections that may differ).
     */
    static void requireSame(Path root, ConfigNode now, Set<String> free) {
      read(root).ifPresent(then -> requireSame(root, then.without(free), now.without(free)));
    }

    /**
     * Names the values that differ; an error (65) if there are some ({@code place}: folder or file
     * of the earlier run, for the message; {@code now}: the one to compare).
     */
    static void requireSame(Path place, ConfigNode then, ConfigNode now) {
      List<String> changes = changes(then, now);
      if (!changes.isEmpty()) {
        int shown = Math.min(SHOWN, changes.size());
        String more = changes.size() > shown ? " and " + (changes.size() - shown) + " more" : "";
        throw LatticeLiftException.badData(
            "what is there belongs to a run with another configuration or seed: "
                + String.join(", ", changes.subList(0, shown))
                + more,
            place.toString(),
            "the configuration that started it",
            "Make a new run from what stays the same with 'run --from', or use that configuration");
      }
    }

    /** As the first result of a folder has it, or its list where there is none yet. */
    static Optional<ConfigNode> read(Path root) {
      if (!Files.exists(root.resolve(RunDirectory.CHECKSUMS))) {
        return Optional.empty();
      }
      try (Stream<Path> files = Files.list(root)) {
        return files
            .filter(file -> file.toString().endsWith(".h5"))
            .sorted()
            .flatMap(file -> configuration(file).stream())
            .findFirst()
            .or(() -> RunDirectory.fingerprint(root).flatMap(RunIdentity::configuration));
      } catch (IOException e) {
        throw LatticeLiftException.unreadable(root, "a run directory", e);
      }
    }

    /** Files of others, and damaged ones, tell nothing. */
    private static Optional<ConfigNode> configuration(Path file) {
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        String yaml = reader.text(Provenance.CONFIGURATION);
        return Optional.of(ConfigNode.parse(yaml, file.toString()));
      } catch (LatticeLiftException e) {
        return Optional.empty();
      }
    }

    /** Values of some sections that differ from those with which a file was made. */
    static List<String> changes(Path file, ConfigNode now, Set<String> sections) {
      return configuration(file)
          .map(then -> changes(then.only(sections), now.only(sections)))
          .orElse(List.of());
    }

    /** Values that differ, each with what it was and what it is. */
    static List<String> changes(ConfigNode then, ConfigNode now) {
      Map<String, String> before = new LinkedHashMap<>();
      Map<String, String> after = new LinkedHashMap<>();
      values(then, "", before);
      values(now, "", after);
      Set<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      List<String> changes = new ArrayList<>();
      for (String key : keys) {
        String was = before.getOrDefault(key, "absent");
        String is = after.getOrDefault(key, "absent");
        if (!was.equals(is)) {
          changes.add(key + " was " + was + ", is " + is);
        }
      }
      return changes;
    }

    private static void values(ConfigNode node, String path, Map<String, String> into) {
      if (!node.isMapping()) {
        into.put(path, node.toYaml().strip());
        return;
      }
      for (String key : node.keys()) {
        values(node.get(key), path.isEmpty() ? key : path + "." + key, into);
      }
    }
  }
}
