package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Schedules of a command line: protocols as text, CSV files, and YAML files that hold several by
 * name. A CSV file has the name of the file, a protocol {@code s1}, {@code s2} ... by its place.
 */
final class ScheduleList {
  private static final String OPTION = "--schedule";

  private ScheduleList() {}

  static ConfigNode of(List<String> given) {
    ConfigNode all = ConfigNode.parse("{}", OPTION);
    for (int i = 0; i < given.size(); i++) {
      String text = given.get(i).strip();
      ConfigNode next = read(text, "s" + (i + 1));
      for (String name : next.keys()) {
        if (all.find(name).isPresent()) {
          throw LatticeLiftException.badData(
              "two schedules with the name '" + name + "'",
              OPTION + " " + text,
              "different names",
              "Rename one of the files");
        }
      }
      all = next.over(all);
    }
    return all;
  }

  private static ConfigNode read(String text, String name) {
    if (text.startsWith("{") || text.startsWith("[")) {
      return ConfigNode.parse("{" + quoted(name) + ": " + text + "}", OPTION);
    }
    Path file = Path.of(text);
    if (!Files.isRegularFile(file)) {
      throw new LatticeLiftException(
          ExitCode.MISSING_INPUT,
          "no such schedule",
          OPTION + " " + text,
          "a CSV or YAML file, or a protocol such as '{anneal: {at: 1200, time_s: 1e-3}}'",
          "Correct the name");
    }
    String last = String.valueOf(file.getFileName());
    return last.matches(".*\\.ya?ml")
        ? ConfigNode.load(file, List.of())
        : ConfigNode.parse("{" + quoted(stem(last)) + ": " + quoted(text) + "}", OPTION);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
