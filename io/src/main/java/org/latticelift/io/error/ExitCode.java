package org.latticelift.io.error;

/**
 * The exit codes of the command line; explained to users in {@code docs/reference/exit-codes.md}.
 */
public enum ExitCode {
  /** Finished. */
  DONE(0),
  /** Anything not foreseen: a bug. */
  BUG(1),
  /** Wrong command line. */
  USAGE(64),
  /** Bad configuration or data. */
  BAD_DATA(65),
  /** A file that is needed does not exist. */
  MISSING_INPUT(66),
  /** A transport, engine or device cannot be used here. */
  UNAVAILABLE(69),
  /** The output cannot be written, or the disk is full. */
  OUTPUT(73),
  /** Stopped with a checkpoint; run again with {@code --resume}. */
  STOPPED(75),
  /** A numerical failure: not a number, divergence, or a total rate of zero. */
  NUMERICAL(76);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process returns; the process exit status, 0 to 255. */
  public int code() {
    return code;
  }
}
