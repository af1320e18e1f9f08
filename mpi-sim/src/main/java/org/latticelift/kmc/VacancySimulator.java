package org.latticelift.kmc;

import java.util.Arrays;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.lattice.Lattice;
import org.latticelift.random.RandomStream;

/**
 * Rejection-free kinetic Monte Carlo of vacancies in a lattice (AL-40...AL-45). Every active
 * vacancy competes with all its hops; the rest of the lattice, other vacancies included, is frozen
 * but blocks hops and counts in environments. Shares nothing with other simulators, so one thread
 * may use one.
 *
 * <p>Per jump: O(log n) selection in the order vacancy major, direction minor (AL-41); one gather
 * of the new environment; new rates of the vacancy and of the active vacancies within range of the
 * two changed sites (AL-144). Nothing is allocated per jump. {@link PlainVacancySimulator} is the
 * plain twin: the same numbers give bit for bit the same jumps and times, with any cache or none.
 * Cost with all rates cached: about 0.2 microseconds per jump with one vacancy in 1024 sites, 0.3
 * with 512 in 524 288; {@code VacancySimulatorBenchmark} measures it.
 *
 * <p>Who changes the lattice otherwise must activate anew.
 */
public final class VacancySimulator {
  private final Lattice lattice;
  private final RateTable table;
  private final JumpEvent event;
  private final SumTree.Search search = new SumTree.Search();
  private JumpObserver[] observers = {};
  private double time;
  private long jumps;

  /**
   * A simulator without active vacancies.
   *
   * @param lattice changed by jumps
   * @param model barriers for the crystal of the lattice
   * @param temperatureK 250 to 5000 K; rates are rounded to float in a unit chosen so that barriers
   *     from -0.27 to 3.5 eV keep full precision in that range
   * @param cacheOrNull rates of the same model and temperature, or null
   * @throws LatticeLiftException for a temperature outside the range
   */
  public VacancySimulator(
      Lattice lattice, BarrierModel model, double temperatureK, EnvironmentCache cacheOrNull) {
    if (lattice.crystal() != model.crystal()) {
      throw new IllegalArgumentException("lattice and barrier model have different crystals");
    }
    if (cacheOrNull != null && !cacheOrNull.serves(model, temperatureK)) {
      throw new IllegalArgumentException("the cache is for another model or temperature");
    }
    this.lattice = lattice;
    table = new RateTable(lattice, model, temperatureK, cacheOrNull);
    event = new JumpEvent(model.crystal().environmentSize());
  }

  /**
   * Adds an observer.
   *
   * @param observer called after every jump, after those added before
   */
  public void observe(JumpObserver observer) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = observer;
  }

  /** Activates all vacancies of the lattice in site order. */
  public void activateAll() {
    activate(lattice.vacancies());
  }

  /**
   * Replaces the active set and evaluates its rates.
   *
   * @param vacancySites sites that hold vacancies, in the order of selection
   */
  public void activate(long[] vacancySites) {
    table.activate(vacancySites);
  }

  /**
   * Blocks hops that leave a region (DI-03) from now on.
   *
   * @param region where active vacancies may go, or null for everywhere
   */
  public void confine(Region region) {
    table.confine(region);
  }

  /**
   * Makes a number of jumps.
   *
   * @param events jumps to make
   * @param clock how the clock moves
   * @param stream per jump one number for the waiting time (exponential clock), then one for the
   *     choice
   * @return jumps made: always {@code events}
   * @throws LatticeLiftException if the total rate is zero or not finite
   */
  public long runEvents(long events, Clock clock, RandomStream stream) {
    for (long i = 0; i < events; i++) {
      double rate = table.requireTotalRate();
      time += (clock == Clock.EXPONENTIAL ? stream.exponential() : 1) / rate;
      choose(stream);
    }
    return events;
  }

  /**
   * Simulates until a time, with the exponential clock. The jump that would pass that time is
   * discarded and the clock set to it.
   *
   * @param stopTime s, not before {@link #time()}
   * @param stream as for {@link #runEvents}
   * @return jumps made
   * @throws LatticeLiftException if the total rate is zero or not finite
   */
  public long runUntil(double stopTime, RandomStream stream) {
    return runUntil(stopTime, Long.MAX_VALUE, stream);
  }

  /**
   * Simulates until a time or a number of jumps, whichever comes first. A run in pieces of jumps
   * makes the same jumps as one in one piece.
   *
   * @param stopTime s, not before {@link #time()}
   * @param most jumps to make at most
   * @param stream as for {@link #runEvents}
   * @return jumps made; if this is {@code most} the clock is that of the last jump
   * @throws LatticeLiftException if the total rate is zero or not finite
   */
  public long runUntil(double stopTime, long most, RandomStream stream) {
    if (!(stopTime >= time)) {
      throw new IllegalArgumentException("stop time " + stopTime + " s is before " + time + " s");
    }
    for (long made = 0; made < most; made++) {
      double next = time + stream.exponential() / table.requireTotalRate();
      if (next > stopTime) {
        time = stopTime;
        return made;
      }
      time = next;
      choose(stream);
    }
    return most;
  }

  private void choose(RandomStream stream) {
    search.target = stream.uniform() * table.tree.total();
    int v = table.tree.find(search);
    jump(v, table.direction(v, search.target));
  }

  private void jump(int v, int direction) {
    jumps++;
    event.time = time;
    event.jumps = jumps;
    table.jump(v, direction, event);
    for (JumpObserver observer : observers) {
      observer.jumped(event);
    }
  }

  /**
   * The clock.
   *
   * @return s
   */
  public double time() {
    return time;
  }

  /**
   * Sets the clock.
   *
   * @param seconds s
   */
  public void time(double seconds) {
    time = seconds;
  }

  /**
   * Jumps made so far.
   *
   * @return since construction or the restored count
   */
  public long jumps() {
    return jumps;
  }

  /**
   * Sum of the rates of all hops.
   *
   * @return 1/s
   */
  public double totalRate() {
    return table.totalRate();
  }

  /**
   * Rate of one hop.
   *
   * @param i index of the vacancy
   * @param direction hop
   * @return 1/s; 0 if blocked
   */
  public double rate(int i, int direction) {
    return table.rate(i, direction);
  }

  /**
   * Number of active vacancies.
   *
   * @return 0 before activation
   */
  public int vacancyCount() {
    return table.vacancies.count;
  }

  /**
   * Where an active vacancy is.
   *
   * @param i index in the order of activation
   * @return site number
   */
  public long vacancySite(int i) {
    return table.vacancies.site[i];
  }

  /**
   * The last jump.
   *
   * @return the event object that observers see; meaningless before the first jump
   */
  public JumpEvent lastJump() {
    return event;
  }

  /**
   * Jumps made from states in which the region blocked at least one hop.
   *
   * @return 0 means that no wall was ever met
   */
  public long wallContacts() {
    return table.wallContacts;
  }

  /**
   * Expected number of attempts to cross the wall: sum over the jumps of blocked rate over total
   * rate.
   *
   * @return 0 without a region
   */
  public double expectedWallHits() {
    return table.wallHits;
  }

  /** Sets {@link #wallContacts} and {@link #expectedWallHits} to zero. */
  public void resetWall() {
    table.wallContacts = 0;
    table.wallHits = 0;
  }

  /**
   * What has to be kept beside lattice and stream to continue. A region and observers are not part
   * of it.
   *
   * @return a copy
   */
  public SimulatorState save() {
    return new SimulatorState(
        table.vacancies.site.clone(), time, jumps, table.wallContacts, table.wallHits);
  }

  /**
   * Continues from a saved state; the lattice must be that of the moment of saving.
   *
   * @param state from {@link #save}
   */
  public void restore(SimulatorState state) {
    activate(state.vacancies());
    time = state.time();
    jumps = state.jumps();
    table.wallContacts = state.wallContacts();
    table.wallHits = state.expectedWallHits();
  }
}
