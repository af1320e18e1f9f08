package org.latticelift.io.atoms;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The second line of extended XYZ: {@code key=value}, {@code key="several words"} or {@code key}
 * alone, separated by blanks. Every character is looked at once.
 */
final class CommentLine {
  private static final String BLANKS = " \t\n\u000b\f\r";
  private static final char QUOTE = '"';

  private final String line;
  private final Map<String, String> pairs = new HashMap<>();
  private int at;

  /** Reads as far as it can. */
  CommentLine(String line) {
    this.line = line;
    int start = 0;
    while (pair()) {
      start = at;
    }
    at = start;
  }

  /** Values by key in lower case; that of a key alone is {@code T}. */
  Map<String, String> pairs() {
    return pairs;
  }

  /** What follows the last pair, blank where all was read. */
  String rest() {
    return line.substring(at);
  }

  /** Whether a whole pair follows; then it is passed. */
  private boolean pair() {
    skip(true, "");
    String key = skip(false, "=\"");
    String value = "T";
    if (!key.isEmpty() && is('=')) {
      at++;
      value = is(QUOTE) ? quoted() : skip(false, "\"");
    }
    if (key.isEmpty() || value == null || at < line.length() && !blank()) {
      return false;
    }
    pairs.put(key.toLowerCase(Locale.ROOT), value);
    return true;
  }

  private String quoted() {
    int end = line.indexOf(QUOTE, at + 1);
    if (end < 0) {
      return null;
    }
    String value = line.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  /** Passes blanks, or what is neither blank nor one of some characters. */
  private String skip(boolean blanks, String others) {
    int start = at;
    while (at < line.length() && blank() == blanks && others.indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return line.substring(start, at);
  }

  private boolean blank() {
    return BLANKS.indexOf(line.charAt(at)) >= 0;
  }

  private boolean is(char wanted) {
    return at < line.length() && line.charAt(at) == wanted;
  }
}
