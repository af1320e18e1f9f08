package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * Something that a user gets wrong.
 *
 * @param what in words
 * @param code exit code
 * @param message part of the line
 * @param args makes what is needed in a fresh folder and returns the command line
 */
record Mistake(String what, int code, String message, Function<Path, String[]> args) {
  /** A command line that needs nothing else. */
  static Mistake usage(String what, int code, String message, String... args) {
    return new Mistake(what, code, message, here -> args);
  }

  @Override
  public String toString() {
    return what;
  }
}
