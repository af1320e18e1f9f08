package org.latticelift.learn.law;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts of a model, such as names of observables, as they may stand in a source file. Models are
 * files that people share, so no text of theirs may become code: outside printable ASCII nothing
 * stands as it is, nor does anything that ends a literal or a comment or begins a trigraph.
 */
final class SourceText {
  private static final String IN_NO_COMMENT = "\\*?@";

  private SourceText() {}

  /** Returns a literal whose value is {@code text}; in C its bytes are those of UTF-8. */
  static String literal(String text, Language language) {
    StringBuilder literal = new StringBuilder("\"");
    text.codePoints().forEach(point -> literal.append(escaped(point, language)));
    return literal.append('"').toString();
  }

  private static String escaped(int point, Language language) {
    if (point == '"' || point == '\\') {
      return "\\" + (char) point;
    }
    if (printable(point) && !(language == Language.C && point == '?')) {
      return Character.toString(point);
    }
    return switch (language) {
      case C -> octal(Character.toString(point));
      case PYTHON -> String.format(Locale.ROOT, point > 0xffff ? "\\U%08x" : "\\u%04x", point);
    };
  }

  /** Three digits each, so that a digit that follows belongs to no escape. */
  private static String octal(String character) {
    StringBuilder bytes = new StringBuilder();
    for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format(Locale.ROOT, "\\%03o", one & 0xff));
    }
    return bytes.toString();
  }

  /** Returns {@code text} for a comment or a documentation string of any language. */
  static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"') {
                comment.append('\'');
              } else if (printable(point) && IN_NO_COMMENT.indexOf(point) < 0) {
                comment.append((char) point);
              } else {
                comment.append(String.format(Locale.ROOT, "<U+%04X>", point));
              }
            });
    return comment.toString();
  }

  private static boolean printable(int point) {
    return point >= ' ' && point <= '~';
  }
}
