package org.latticelift.sim.vacancy.kmc;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;

/**
 * Kinetic Monte Carlo of some vacancies of a lattice: what serial runs, partial evolutions of
 * patches and the blocks of a decomposed lattice drive. The active vacancies jump; everything else
 * is frozen, but blocks hops and counts in environments.
 *
 * <p>Contract of every implementation:
 *
 * <ul>
 *   <li>A kernel is bound to one lattice, model and temperature, and to one thread at a time.
 *   <li>What follows an activation depends on the lattice, the active sites in their order, the
 *       regions and the stream only: never on what the kernel did before, on a cache or on the
 *       thread. So one kernel may serve block after block.
 *   <li>The lattice need not be the whole: the kernel reads and writes only environments of active
 *       vacancies, that is sites within {@code environment reach + one hop} of them. The lattice of
 *       a rank with copies of its neighbours' cells around its own will do, if no active vacancy
 *       comes closer to its border than that. Indices wrap at the border, as in a periodic lattice.
 *   <li>Whoever changes the lattice otherwise, or writes into halo cells near active vacancies,
 *       must activate anew.
 *   <li>Activation costs one gather and one evaluation (or cache look-up) of rates per vacancy and
 *       nothing that grows with the lattice or with earlier activations. Rates are evaluated once,
 *       when they are first needed: calls of {@link #activate}, {@link #confine} and {@link #home}
 *       in any order cost no more than one of them.
 *   <li>Once a kernel has seen its largest active set, neither activation nor jumps allocate.
 *   <li>Sites outside the home region are not simulated; see {@link #home}.
 * </ul>
 *
 * <p>A kernel may resolve several jumps in one event if times and states follow the same law; it
 * then says so, and counts the resolved jumps in {@link #jumps}.
 */
public interface VacancyKernel {
  /**
   * Adds an observer. It is told of every change of the lattice as a jump of one vacancy to a
   * neighbouring site, in the order in which they happen ({@code observer}: called after every
   * jump, after those added before; must not activate).
   */
  void observe(JumpObserver observer);

  /**
   * Replaces the active set.
   *
   * @param vacancySites sites that hold vacancies, in the order of selection; not kept
   * @throws IllegalArgumentException for a site without a vacancy or a site given twice; then no
   *     vacancy is active
   */
  default void activate(long[] vacancySites) {
    activate(vacancySites, vacancySites.length);
  }

  /**
   * Replaces the active set by the first elements of an array. Clock, counts, observers and regions
   * stay.
   *
   * @param vacancySites sites that hold vacancies, in the order of selection; not kept
   * @param count how many of them are meant; 0 leaves no vacancy active
   * @throws IllegalArgumentException for a site without a vacancy or a site given twice; then no
   *     vacancy is active
   */
  void activate(long[] vacancySites, int count);

  /**
   * Blocks hops that leave a region (DI-03) from now on, also those of vacancies activated later:
   * their rate is zero ({@code region}: where active vacancies may go, or null for everywhere).
   */
  void confine(Region region);

  /**
   * Sets the home region from now on: the block of the synchronous sublattice method. A vacancy may
   * hop out of it and then stays where it came to: outside of the home region the rates of a
   * vacancy are zero, also of one that is activated there. It still counts in {@link
   * #vacancyCount}, is reported by {@link #vacancySite}, and blocks and surrounds the others.
   *
   * @param region where active vacancies move, or null for everywhere
   */
  void home(Region region);

  /**
   * Makes a number of jumps.
   *
   * @param events jumps to make; a kernel that resolves several in one event may make more
   * @throws LatticeLiftException if the total rate is zero or not finite, also where a home region
   *     is empty
   */
  long runEvents(long events, Clock clock, RandomStream stream);

  /**
   * Simulates until a time, with the exponential clock. The clock ends at exactly that time.
   *
   * @param stopTime s, not before {@link #time()}
   * @throws LatticeLiftException as {@link #runUntil(double, long, RandomStream)}
   */
  default long runUntil(double stopTime, RandomStream stream) {
    return runUntil(stopTime, Long.MAX_VALUE, stream);
  }

  /**
   * Simulates until a time or a number of jumps, whichever comes first, with the exponential clock.
   * The jump that would pass that time is discarded and the clock set to it. A run in pieces of
   * jumps makes the same jumps as one in one piece.
   *
   * <p>With a home region a total rate of zero means that nothing happens here until another block
   * changes something: the clock moves on to the stop time without a random number being drawn.
   * Without one it is an error, since nothing would ever happen.
   *
   * @param stopTime s, not before {@link #time()}
   * @param most jumps after which to stop, 0 or more; a kernel that resolves several in one event
   *     may make more
   * @return jumps made; fewer than {@code most} only if the clock is at the stop time, and
   *     otherwise it is that of the last jump
   * @throws IllegalArgumentException if the stop time is past
   * @throws LatticeLiftException if the total rate is not finite, or is zero without a home region
   */
  long runUntil(double stopTime, long most, RandomStream stream);

  /**
   * A piece of a run until a time that began with an activation. All pieces together are bit for
   * bit one {@link #runUntil(double, RandomStream)}, also where what {@link #memory} gave after a
   * piece was recalled by another kernel, activated at the same sites of the same lattice.
   *
   * @param stopTime s, the same for all pieces, not before {@link #time()}
   * @param events jumps of this piece; a kernel that resolves several in one event counts it as one
   * @return whether the clock has come to the stop time
   * @throws LatticeLiftException as {@link #runUntil(double, long, RandomStream)}
   */
  default boolean runTowards(double stopTime, long events, RandomStream stream) {
    return runUntil(stopTime, events, stream) < events;
  }

  /**
   * What decides how a run in pieces goes on, beside the lattice, the active sites, the clock and
   * the stream; bytes for {@link #recall}.
   */
  default byte[] memory() {
    return new byte[0];
  }

  /**
   * Takes over what another kernel remembered between two pieces of {@link #runTowards}, after the
   * activation and before the next piece ({@code memory}: from {@link #memory}).
   */
  default void recall(byte[] memory) {
    // Nothing to remember.
  }

  /** The clock. */
  double time();

  /** Sets the clock. */
  void time(double seconds);

  /** Jumps made so far; since construction or a restored count. */
  long jumps();

  /**
   * Sum of the rates of all hops of the active vacancies; 1/s; 0 if no vacancy is active or can
   * move; not a number if the model does not know a species.
   */
  double totalRate();

  /**
   * Sum of the rates of all hops of one active vacancy ({@code i}: index in the order of
   * activation); 1/s; 0 if it cannot move.
   */
  double exitRate(int i);

  /** Number of active vacancies, those that left the home region included; 0 before activation. */
  int vacancyCount();

  /**
   * Where an active vacancy is ({@code i}: index in the order of activation); site number, outside
   * of the home region if it left it.
   */
  long vacancySite(int i);

  /** The last jump; the event object that observers see; meaningless before the first jump. */
  JumpEvent lastJump();

  /**
   * Jumps made from states in which the region blocked at least one hop; 0 means that no wall was
   * ever met.
   */
  long wallContacts();

  /** Sets {@link #wallContacts} to zero. */
  void resetWall();

  /**
   * Shows the hops that an active vacancy may make, in the order of their directions. While
   * residence is told, they are those of the state that it is told of ({@code i}: index in the
   * order of activation; {@code visitor}: shown every hop of positive rate).
   */
  void possibleHops(int i, HopVisitor visitor);

  /**
   * Adds an observer of the time spent in states ({@code observer}: called before every jump and at
   * the end of every run until a time).
   */
  void observeResidence(ResidenceObserver observer);

  /** How far the clock moves per jump when the total rate is R (AL-43, DI-18). */
  public enum Clock {
    /** -ln(u)/R: the waiting time of the continuous-time process. */
    EXPONENTIAL,
    /** 1/R: its mean; no random number is drawn. */
    MEAN
  }
}
