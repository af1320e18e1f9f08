package org.latticelift.bench.documentation;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of Markdown. */
final class Markdown {
  private Markdown() {}

  static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  static String head(String... names) {
    return row(List.of(names)) + "|" + "---|".repeat(names.length) + "\n";
  }

  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
