package org.latticelift.sim.parallel.communicator;

/** Ends a rank because another one has aborted the job. */
public final class JobAborted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * A rank has aborted.
   *
   * @param code exit code of the job
   */
  public JobAborted(int code) {
    super("another rank has ended the job with exit code " + code);
    this.code = code;
  }

  /**
   * The exit code of the job.
   *
   * @return as the aborting rank gave it
   */
  public int code() {
    return code;
  }
}
