package org.latticelift.sim.parallel.communicator;

/**
 * A way to pass messages between processes. Implementations live in modules of their own, are
 * loaded by a class loader of their own, and are found by {@link java.util.ServiceLoader}.
 */
public interface Transport {
  /**
   * The name on the command line.
   *
   * @return for example {@code openmpi}
   */
  String name();

  /**
   * Joins the job as one of its ranks; at most once in a process.
   *
   * @param arguments what the transport's starter has put before the command, often nothing
   * @return used by the calling thread; its abort by any
   */
  Communicator open(String[] arguments);
}
