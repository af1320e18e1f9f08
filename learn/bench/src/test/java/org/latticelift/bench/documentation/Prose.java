package org.latticelift.bench.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A passage of a page as a reader reads it: inline code is the word "code", links are their text.
 *
 * @param page it is from
 * @param line number of its first line, from 1
 * @param kind of passage
 * @param text on one line
 */
record Prose(Path page, int line, Kind kind, String text) {
  /** What a passage is; rows of tables and headings need not be sentences. */
  enum Kind {
    TEXT,
    ROW,
    HEADING
  }

  private static final String LIST_ITEM = "([-*]|\\d+\\.) .*";

  /** The passages of a page: no code blocks, comments and pictures. */
  static List<Prose> of(Path page) {
    List<Prose> all = new ArrayList<>();
    List<String> lines = DocumentTree.text(page).lines().toList();
    List<String> open = new ArrayList<>();
    int start = 0;
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean fence = line.startsWith("```");
      boolean alone = line.startsWith("|") || line.startsWith("#");
      boolean skipped =
          code || fence || line.isEmpty() || line.startsWith("<!--") || line.startsWith("![");
      if (skipped || alone || line.matches(LIST_ITEM)) {
        close(all, page, start, Kind.TEXT, open);
      }
      code ^= fence;
      boolean indentedCode = open.isEmpty() && lines.get(i).startsWith("    ");
      if (alone && !skipped) {
        open.add(line);
        close(all, page, i + 1, line.startsWith("|") ? Kind.ROW : Kind.HEADING, open);
      } else if (!skipped && !indentedCode) {
        start = open.isEmpty() ? i + 1 : start;
        open.add(line);
      }
    }
    close(all, page, start, Kind.TEXT, open);
    return all;
  }

  private static void close(List<Prose> all, Path page, int line, Kind kind, List<String> open) {
    if (!open.isEmpty()) {
      all.add(new Prose(page, line, kind, plain(String.join(" ", open))));
      open.clear();
    }
  }

  private static String plain(String text) {
    return text.replaceAll("`[^`]*`", "code")
        .replaceAll("\\[([^\\]]*)\\]\\([^)\\s]*\\)", "$1")
        .replace("*", "");
  }

  /** Where it stands. */
  @Override
  public String toString() {
    return DocumentTree.ROOT.relativize(page) + ":" + line;
  }
}
