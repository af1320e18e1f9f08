package org.latticelift.sim.vacancy.kmc;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.latticelift.sim.vacancy.kmc.ChangedSites.NoticedSites;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.Sleeper.Basin;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Kinetic Monte Carlo of vacancies that resolves flicker exactly. A vacancy that hops back and
 * forth among few configurations falls asleep in this {@link Basin}: time and place of its next hop
 * to a new configuration, and the time and jumps spent in every known one, are drawn at once from
 * their exact law ({@link PathFactorisation}). Times, states, and times spent in states follow the
 * same law as with {@link VacancySimulator}, its plain twin; the numbers drawn differ.
 *
 * <p>Runs until a time are accelerated. A number of jumps is made jump by jump: stopping at a
 * number of jumps that depends on the passage would favour some states. {@link #jumps} counts every
 * jump that the plain twin would make. Jump observers see the shortest way through the basin
 * instead of all jumps in it, so counts kept jump by jump stay right; where each atom goes is right
 * if the simulator was made to tell like atoms apart.
 *
 * <p>Several vacancies: the others compete as ever while some sleep. A vacancy sleeps only while no
 * other active one is in the {@link NoticedSites} of any place it may be at, so neither notices the
 * other. One that is about to hop there wakes the sleeper first, whose state at that time is drawn
 * given that it has not left ({@link org.latticelift.sim.vacancy.basin.StoppedPassage}), and its
 * basin is forgotten. An event looks only at basins near its place ({@link NearbyVacancies}), of
 * which there are few, so its cost does not grow with the number of vacancies. A basin has no
 * states outside the region or the home region.
 *
 * <p>All sleepers are awake at the end of a run, and everything learned is forgotten when one
 * begins: a run continued at the end of another is bit for bit the same whether it was saved and
 * restored there or not. A run in pieces ({@link #runTowards}) keeps sleepers and basins from piece
 * to piece, and {@link #memory} tells all of them. If an observer throws, sleeping vacancies are
 * left where they fell asleep.
 *
 * <p>Cost: a passage takes about 4 microseconds with 12 states and 8 with 64, whatever its number
 * of jumps: 2 for the barriers of the new state (with {@code compact}), the rest mostly for {@code
 * BasinBenchmark}'s part. So a basin keeps few states while passages hold few jumps, and all that
 * it may when they hold many; {@code latticelift bench flicker} measures the gain. Wall counts of
 * {@link #wallContacts} are exact for one vacancy; with several each counts for its own jumps.
 */
public final class FlickerSimulator implements VacancyKernel {
  /** States of a basin unless told otherwise. */
  public static final int STATES = 64;

  private final VacancySimulator plain;
  private final FlickerEvents flicker;

  /**
   * A simulator without active vacancies.
   *
   * @param lattice changed by jumps
   * @param temperatureK 250 to 5000 K
   * @param cacheOrNull rates of the same model and temperature, or null
   * @param states most states of a basin, 2 to 64; fewer are kept where that is faster
   */
  public FlickerSimulator(
      Lattice lattice,
      BarrierModel model,
      double temperatureK,
      EnvironmentCache cacheOrNull,
      int states) {
    this(lattice, model, temperatureK, cacheOrNull, states, false);
  }

  /** The same ({@code atoms}: whether observers are to know where each single atom goes). */
  FlickerSimulator(
      Lattice lattice,
      BarrierModel model,
      double temperatureK,
      EnvironmentCache cacheOrNull,
      int states,
      boolean atoms) {
    if (states < 2 || states > STATES) {
      throw new IllegalArgumentException("a superbasin of " + states + " states");
    }
    plain = new VacancySimulator(lattice, model, temperatureK, cacheOrNull);
    flicker = new FlickerEvents(plain, lattice, states, atoms ? model.species() : 0);
  }

  @Override
  public void observe(JumpObserver observer) {
    plain.observe(observer);
  }

  /**
   * Adds an observer of the time spent in states ({@code observer}: see {@link ResidenceObserver}
   * for what it is told of resolved jumps).
   */
  @Override
  public void observeResidence(ResidenceObserver observer) {
    plain.observeResidence(observer);
  }

  /** Activates all vacancies of the lattice in site order. */
  public void activateAll() {
    plain.activateAll();
    flicker.forget();
  }

  @Override
  public void activate(long[] vacancySites, int count) {
    plain.activate(vacancySites, count);
    flicker.forget();
  }

  @Override
  public void confine(Region region) {
    plain.confine(region);
  }

  @Override
  public void home(Region region) {
    plain.home(region);
  }

  /**
   * Makes exactly as many jumps as asked for, one by one: the same as {@link VacancySimulator}, bit
   * for bit ({@code events}: jumps to make; {@code numbers}: as for {@link
   * VacancySimulator#runEvents}); jumps made: always {@code events}.
   */
  @Override
  public long runEvents(long events, Clock clock, RandomStream numbers) {
    return plain.runEvents(events, clock, numbers);
  }

  @Override
  public long runUntil(double stop, long most, RandomStream numbers) {
    flicker.forget();
    long before = plain.jumps;
    run(stop, most, Long.MAX_VALUE, true, numbers);
    return plain.jumps - before;
  }

  /** Sleepers stay asleep between pieces; all are awake at the stop. */
  @Override
  public boolean runTowards(double stop, long events, RandomStream numbers) {
    return run(stop, Long.MAX_VALUE, events, false, numbers);
  }

  /** Until the stop, some jumps or some events, whichever comes first; whether it was the stop. */
  private boolean run(double stop, long most, long pieces, boolean wakes, RandomStream numbers) {
    if (!(stop >= plain.time)) {
      throw new IllegalArgumentException("stop time " + stop + " s is before " + plain.time + " s");
    }
    long before = plain.jumps;
    flicker.begin(stop, numbers);
    boolean reached = false;
    boolean done = false;
    try {
      for (long i = 0; i < pieces && plain.jumps - before < most && !reached; i++) {
        reached = !flicker.next();
      }
      if (wakes) {
        flicker.wakeAll();
      }
      done = true;
    } catch (ArithmeticException tooMany) {
      throw LatticeLiftException.numerical(
          "a flickering vacancy makes too many jumps to be counted: " + tooMany.getMessage(),
          "a run of " + (stop - plain.time) + " s",
          "up to 2^53 jumps of a passage",
          "Make the time between records shorter");
    } finally {
      if (!done) {
        flicker.forget();
        plain.table.invalidate();
      }
    }
    return reached;
  }

  @Override
  public byte[] memory() {
    return flicker.memory();
  }

  @Override
  public void recall(byte[] memory) {
    flicker.recall(memory);
  }

  @Override
  public double time() {
    return plain.time;
  }

  @Override
  public void time(double seconds) {
    plain.time = seconds;
  }

  /** Jumps that the plain twin would have made so far; since construction or a restored count. */
  @Override
  public long jumps() {
    return plain.jumps;
  }

  @Override
  public double totalRate() {
    return plain.totalRate();
  }

  @Override
  public double exitRate(int i) {
    return plain.exitRate(i);
  }

  @Override
  public int vacancyCount() {
    return plain.vacancyCount();
  }

  @Override
  public long vacancySite(int i) {
    return plain.vacancySite(i);
  }

  @Override
  public void possibleHops(int i, HopVisitor visitor) {
    flicker.possibleHops(i, visitor);
  }

  @Override
  public JumpEvent lastJump() {
    return plain.lastJump();
  }

  /** As {@link VacancySimulator#wallContacts}, of the jumps of each vacancy by itself. */
  @Override
  public long wallContacts() {
    return plain.wallContacts();
  }

  /** Sets {@link #wallContacts} to zero. */
  @Override
  public void resetWall() {
    plain.resetWall();
  }

  /** What has been resolved so far. */
  public FlickerTally tally() {
    return flicker.tally();
  }
}
