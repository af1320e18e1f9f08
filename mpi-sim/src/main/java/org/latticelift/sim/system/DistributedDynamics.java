package org.latticelift.sim.system;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;

/** How a large state is distributed over ranks. */
public interface DistributedDynamics {
  /**
   * Refuses what shows before a run begins, such as more steps than anybody waits for.
   *
   * @param time that it lasts; 0 where it is given otherwise
   * @param events that each vacancy or other patch is to make at least; 0 where time is given
   * @throws org.latticelift.io.error.LatticeLiftException (65) with what is allowed
   */
  default void check(Condition condition, double time, double events) {}

  /**
   * Whether the condition of a run can be changed on the way; false unless {@link
   * DistributedRun#change} is implemented.
   */
  default boolean followsSchedules() {
    return false;
  }

  /** Starts a run; collective; the run at time 0. */
  DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds);

  /**
   * Continues a run; collective ({@code ranks}: who works together, perhaps more or fewer than
   * before; {@code saved}: from {@link DistributedRun#save}); the run where it was saved.
   */
  DistributedRun resume(
      Communicator ranks, Condition condition, int run, Streams seeds, Path saved);

  /**
   * Opens a saved state for reading plane by plane; not collective ({@code saved}: from {@link
   * DistributedRun#save}), to be closed.
   */
  SavedState open(Path saved);

  /**
   * One large state that all ranks of a job hold and evolve together. Every method but the getters
   * is collective: all ranks call it at the same place. Results do not depend on the number of
   * ranks.
   */
  public interface DistributedRun {
    /**
     * Begins a stretch, at whose end a record is made ({@code step}: by time or by events of the
     * whole state).
     */
    void begin(Duration step);

    /**
     * The smallest part of a stretch after which the run can be saved; whether the stretch has
     * ended with it.
     */
    boolean cycle();

    /** Observables of the whole; one number per observable, on all ranks. */
    double[] observe();

    /**
     * What is measured beside observables since the run began ({@link SystemOptions#measured}); on
     * all ranks. Called once for every record, that of the start, too.
     */
    default double[] measure() {
      throw new IllegalStateException(getClass().getName() + " measures nothing else");
    }

    /** The clock. */
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
     * Writes all that is needed to continue bit for bit on any number of ranks. Durable on return
     * ({@code file}: the same on all ranks, seen by all, missing or empty).
     */
    void save(Path file);

    /**
     * What has to be kept beside the file of {@link #save} to continue; bytes for {@link #recall},
     * equal on all ranks; none unless the run says otherwise.
     */
    default byte[] memory() {
      return new byte[0];
    }

    /**
     * Takes over what another run remembered when it was saved; called once, before anything else
     * is asked of a run that was resumed ({@code memory}: from {@link #memory}).
     */
    default void recall(byte[] memory) {
      // Nothing to remember.
    }

    /** Where time and messages went on this rank. */
    PhaseCost cost();

    /**
     * Where time and messages of a distributed run went on one rank.
     *
     * @param events of this rank
     * @param evolveSeconds wall time spent evolving own patches
     * @param exchangeSeconds wall time spent exchanging, waiting included
     * @param waitSeconds of these, until the messages of all neighbours had come
     * @param messages sent
     * @param bytes sent
     */
    public record PhaseCost(
        long events,
        double evolveSeconds,
        double exchangeSeconds,
        double waitSeconds,
        long messages,
        long bytes) {}

    /**
     * Changes the condition between two stretches, or that of a run which was just resumed: from
     * now on rates are those of this one. Random numbers stay keyed by the condition of the start.
     * Only where {@link DistributedDynamics#followsSchedules} ({@code condition}: of the system,
     * not necessarily one of those it lists; nothing changes where it is the present one).
     */
    default void change(Condition condition) {
      throw new IllegalStateException(getClass().getName() + " follows no schedules");
    }
  }

  /**
   * A saved large state, read plane by plane, so that nobody needs to hold the whole.
   *
   * @param planes of constant first index; positive
   * @param plane gives the elements of one of them as they stand in files, row-major
   * @param details writes what else a reader of the state wants to know to a group that is there
   * @param end closes the file
   */
  public record SavedState(
      int planes, IntFunction<byte[]> plane, BiConsumer<Hdf5Writer, String> details, Runnable end)
      implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }
}
