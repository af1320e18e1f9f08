package org.latticelift.io.error;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An error that a user can act on. Its message is one line: what went wrong, where (file and line,
 * or configuration key), what is allowed, and what to do.
 */
public final class LatticeLiftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String what;
  private final String where;
  private final String allowed;
  private final String remedy;

  /**
   * An error without an underlying cause.
   *
   * @param exitCode what the process returns
   * @param what what went wrong, without a full stop
   * @param where file and line, dataset, or configuration key
   * @param allowed what would have been accepted
   * @param remedy what the user should do, without a full stop
   */
  public LatticeLiftException(
      ExitCode exitCode, String what, String where, String allowed, String remedy) {
    this(exitCode, what, where, allowed, remedy, null);
  }

  /**
   * An error with an underlying cause.
   *
   * @param exitCode what the process returns
   * @param what what went wrong, without a full stop
   * @param where file and line, dataset, or configuration key
   * @param allowed what would have been accepted
   * @param remedy what the user should do, without a full stop
   * @param cause the exception behind it, shown with {@code --debug}
   */
  public LatticeLiftException(
      ExitCode exitCode,
      String what,
      String where,
      String allowed,
      String remedy,
      Throwable cause) {
    super(oneLine(what + " (" + where + "): " + allowed + ". " + remedy), cause);
    this.exitCode = exitCode;
    this.what = what;
    this.where = where;
    this.allowed = allowed;
    this.remedy = remedy;
  }

  private LatticeLiftException(String message, ExitCode exitCode, Throwable cause) {
    super(oneLine(message), cause);
    this.exitCode = exitCode;
    this.what = message;
    this.where = "";
    this.allowed = "";
    this.remedy = "";
  }

  /**
   * The same error in a file that a configuration key names; an error that names it before the
   * place; this one if it does already.
   */
  public LatticeLiftException under(String key) {
    if (key.isEmpty() || where.isEmpty() || where.contains(key)) {
      return this;
    }
    LatticeLiftException named =
        new LatticeLiftException(exitCode, what, key + ": " + where, allowed, remedy, getCause());
    named.setStackTrace(getStackTrace());
    return named;
  }

  /**
   * The same error in other words, as where keys have other names ({@code words}: takes each part
   * of the message); an error with the same exit code and trace.
   */
  public LatticeLiftException said(UnaryOperator<String> words) {
    LatticeLiftException said =
        where.isEmpty()
            ? new LatticeLiftException(words.apply(what), exitCode, getCause())
            : new LatticeLiftException(
                exitCode,
                words.apply(what),
                words.apply(where),
                words.apply(allowed),
                words.apply(remedy),
                getCause());
    said.setStackTrace(getStackTrace());
    return said;
  }

  /**
   * An error that happened in another process of the same job ({@code exitCode}: what the process
   * returns; {@code cause}: what is known about its place); the exception as it was there.
   */
  public static LatticeLiftException relayed(ExitCode exitCode, String message, Throwable cause) {
    return new LatticeLiftException(message, exitCode, cause);
  }

  /**
   * Bad configuration or data.
   *
   * @param what what went wrong
   * @param where file and line, dataset, or configuration key
   * @param allowed what would have been accepted
   * @param remedy what the user should do
   * @return the exception, exit code 65
   */
  public static LatticeLiftException badData(
      String what, String where, String allowed, String remedy) {
    return new LatticeLiftException(ExitCode.BAD_DATA, what, where, allowed, remedy);
  }

  /**
   * An input file that is not there or cannot be read ({@code allowed}: what can be read; {@code
   * cause}: or null); exit code 66.
   */
  public static LatticeLiftException unreadable(Path file, String allowed, Throwable cause) {
    boolean denied = cause instanceof AccessDeniedException;
    return new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        denied ? "no permission to read" : "the file cannot be read",
        file.toString(),
        allowed,
        denied ? "Ask its owner for the permission, or for a copy" : "Check the path",
        cause);
  }

  /** A file or folder that cannot be written, and why; exit code 73. */
  public static LatticeLiftException unwritable(Path file, Throwable cause) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "cannot write: " + reason(cause),
        file.toString(),
        "a writable folder on a file system with free space",
        "Free space or choose another --out",
        cause);
  }

  /**
   * Why a file could not be written, in words; what Java says of many reasons is the path alone
   * ({@code failure}: of writing, whose root counts); never empty.
   */
  public static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (root instanceof NotDirectoryException || root instanceof FileAlreadyExistsException) {
      return "a part of the path is a file";
    }
    if (root instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (root instanceof DirectoryNotEmptyException) {
      return "there is a folder of this name";
    }
    if (root instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    boolean silent = root.getMessage() == null || root instanceof FileSystemException;
    return silent ? root.getClass().getSimpleName() : root.getMessage();
  }

  /**
   * A numerical failure.
   *
   * @param what what went wrong
   * @param where quantity and place
   * @param allowed what would have been accepted
   * @param remedy what the user should do
   * @return the exception, exit code 76
   */
  public static LatticeLiftException numerical(
      String what, String where, String allowed, String remedy) {
    return new LatticeLiftException(ExitCode.NUMERICAL, what, where, allowed, remedy);
  }

  /** The exit code that belongs to this error; never {@link ExitCode#DONE}. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Bytes of a damaged file that control a terminal are shown as question marks. */
  private static String oneLine(String message) {
    return Pattern.compile("\\R")
        .splitAsStream(message)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "))
        .replaceAll("\\p{Cntrl}", "?");
  }
}
