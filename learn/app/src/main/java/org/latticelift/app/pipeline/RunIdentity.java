package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
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
}
