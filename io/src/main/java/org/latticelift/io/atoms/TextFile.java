package org.latticelift.io.atoms;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;

/** Lines of a text file with their numbers; errors name file and line. */
final class TextFile implements AutoCloseable {
  private final Path file;
  private final BufferedReader reader;
  private final long bytes;
  private long line;

  private TextFile(Path file, BufferedReader reader, long bytes) {
    this.file = file;
    this.reader = reader;
    this.bytes = bytes;
  }

  static TextFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw missing(file, null);
    }
    try {
      return new TextFile(file, Files.newBufferedReader(file), Files.size(file));
    } catch (IOException e) {
      throw missing(file, e);
    }
  }

  private static LatticeLiftException missing(Path file, IOException cause) {
    return LatticeLiftException.unreadable(file, "a readable file", cause);
  }

  /** The next line, or null at the end. */
  String poll() {
    try {
      line++;
      return reader.readLine();
    } catch (IOException e) {
      throw error("the file is not text", "lines of UTF-8 text");
    }
  }

  /** The next line, which must exist. */
  String next(String expected) {
    String text = poll();
    if (text == null) {
      throw error("the file ends too early", expected);
    }
    return text;
  }

  /** Refuses a number of lines that the file is too short for, before memory is taken for them. */
  void requireRoom(long lines, int columns) {
    long least = 2L * columns * lines - 1; // a character and what separates it from the next
    if (least > bytes) {
      throw error(
          lines + " atoms in a file of " + bytes + " bytes; they need " + least,
          "the number of atoms that follow");
    }
  }

  /** Refuses anything but blank lines at the end. */
  void requireEnd(String allowed) {
    for (String text = poll(); text != null; text = poll()) {
      if (!text.isBlank()) {
        throw error("unexpected '" + shorten(text) + "'", allowed);
      }
    }
  }

  LatticeLiftException error(String what, String allowed) {
    return LatticeLiftException.badData(what, file + ":" + line, allowed, "Correct the file");
  }

  double number(String text, String quantity) {
    try {
      double value = Decimal.parse(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notANumber(text, quantity);
    }
    throw notANumber(text, quantity);
  }

  private LatticeLiftException notANumber(String text, String quantity) {
    return error("'" + shorten(text) + "' is no " + quantity, "a finite number");
  }

  long integer(String text, String quantity, long min, long max) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outOfRange(text, quantity, min, max);
    }
    throw outOfRange(text, quantity, min, max);
  }

  private LatticeLiftException outOfRange(String text, String quantity, long min, long max) {
    String range = "a whole number from " + min + " to " + max;
    return error("'" + shorten(text) + "' is no " + quantity, range);
  }

  static String[] words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
  }

  static String shorten(String text) {
    int limit = 40;
    return text.length() <= limit ? text : text.substring(0, limit) + "...";
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
