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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;

/**
 * The configuration that results in a folder were made with, to say what is no longer the same. The
 * list of the folder decides whether a run may go on; this only finds words for it.
 */
final class EarlierConfiguration {
  private static final int SHOWN = 5;

  private EarlierConfiguration() {}

  /**
   * Names the values that differ; an error (65) if there are some. Says nothing of a folder without
   * a run, or without a result that tells ({@code free}: sections that may differ).
   */
  static void requireSame(Path root, ConfigNode now, Set<String> free) {
    read(root).ifPresent(then -> requireSame(root, then.without(free), now.without(free)));
  }

  /**
   * Names the values that differ; an error (65) if there are some ({@code place}: folder or file of
   * the earlier run, for the message; {@code now}: the one to compare).
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
