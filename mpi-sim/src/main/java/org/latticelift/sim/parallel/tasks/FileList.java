package org.latticelift.sim.parallel.tasks;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The list of committed files as lines of checksum and name; names have no line breaks. */
final class FileList {
  private static final char SPACE = ' ';

  private FileList() {}

  /** Never empty, so that an empty content can say that nothing has changed. */
  static byte[] encode(Map<String, String> checksums) {
    StringBuilder text = new StringBuilder("\n");
    checksums.forEach((name, sum) -> text.append(line(name, sum)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Map<String, String> decode(String text) {
    Map<String, String> checksums = new TreeMap<>();
    text.lines()
        .filter(line -> !line.isEmpty())
        .forEach(line -> checksums.put(name(line), sum(line)));
    return checksums;
  }

  static String line(String name, String sum) {
    return sum + SPACE + name;
  }

  static String sum(String line) {
    return line.substring(0, line.indexOf(SPACE));
  }

  static String name(String line) {
    return line.substring(line.indexOf(SPACE) + 1);
  }
}
