package org.latticelift.sim.system;

import java.nio.file.Path;

/**
 * One large state that all ranks of a job hold and evolve together. Every method but the getters is
 * collective: all ranks call it at the same place. Results do not depend on the number of ranks.
 */
public interface DistributedRun {
  /**
   * Begins a stretch, at whose end a record is made.
   *
   * @param step by time or by events of the whole state
   */
  void begin(Duration step);

  /**
   * The smallest part of a stretch after which the run can be saved.
   *
   * @return whether the stretch has ended with it
   */
  boolean cycle();

  /**
   * Observables of the whole.
   *
   * @return one number per observable, on all ranks
   */
  double[] observe();

  /**
   * The clock.
   *
   * @return time since the start
   */
  double time();

  /**
   * Events since the start. Exact when a stretch begins, when {@link #cycle} has ended it, and
   * after {@link #save}. In between it may be what an earlier cycle had come to, since ranks that
   * count together wait for each other; who needs more adds up {@link #cost} over the ranks.
   *
   * @return of the whole state, equal on all ranks
   */
  long events();

  /**
   * Writes all that is needed to continue bit for bit on any number of ranks. Durable on return.
   *
   * @param file the same on all ranks, seen by all, missing or empty
   */
  void save(Path file);

  /**
   * What has to be kept beside the file of {@link #save} to continue.
   *
   * @return bytes for {@link #recall}, equal on all ranks; none unless the run says otherwise
   */
  default byte[] memory() {
    return new byte[0];
  }

  /**
   * Takes over what another run remembered when it was saved; called once, before anything else is
   * asked of a run that was resumed.
   *
   * @param memory from {@link #memory}
   */
  default void recall(byte[] memory) {
    // Nothing to remember.
  }

  /**
   * Where time and messages went on this rank.
   *
   * @return since the start of this process
   */
  PhaseCost cost();
}
