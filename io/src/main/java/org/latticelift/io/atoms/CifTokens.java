package org.latticelift.io.atoms;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The words of a CIF: separated by blanks, in quotes where they contain some, text fields between
 * lines that begin with a semicolon; what follows {@code #} is a comment.
 */
final class CifTokens {
  private final TextFile text;
  private final Deque<String> words = new ArrayDeque<>();

  CifTokens(TextFile text) {
    this.text = text;
  }

  /** The next word without taking it; null at the end. */
  String peek() {
    while (words.isEmpty()) {
      String line = text.poll();
      if (line == null) {
        return null;
      }
      if (line.startsWith(";")) {
        words.add(field(line));
      } else {
        split(line);
      }
    }
    return words.peek();
  }

  /** Takes the next word; null at the end. */
  String next() {
    String word = peek();
    words.poll();
    return word;
  }

  /** Whether the next word is a value, not a name, a heading or the end. */
  boolean isValue() {
    String word = peek();
    return word != null
        && !word.startsWith("_")
        && !word.equalsIgnoreCase("loop_")
        && !word.regionMatches(true, 0, "data_", 0, 5);
  }

  private String field(String first) {
    StringBuilder field = new StringBuilder(first.substring(1));
    for (String line = text.next("';'"); !line.startsWith(";"); line = text.next("';'")) {
      field.append(' ').append(line);
    }
    return field.toString().strip();
  }

  private void split(String line) {
    int at = 0;
    while (at < line.length()) {
      char first = line.charAt(at);
      if (first == '#') {
        return;
      }
      if (Character.isWhitespace(first)) {
        at++;
      } else if (first == '\'' || first == '"') {
        at = quoted(line, at);
      } else {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        words.add(line.substring(at, end));
        at = end;
      }
    }
  }

  /** A quote ends where a blank follows it. */
  private int quoted(String line, int start) {
    for (int end = start + 1; end < line.length(); end++) {
      boolean last = end + 1 == line.length() || Character.isWhitespace(line.charAt(end + 1));
      if (line.charAt(end) == line.charAt(start) && last) {
        words.add(line.substring(start + 1, end));
        return end + 1;
      }
    }
    throw text.error("a quote without its end", "'...' or \"...\"");
  }
}
