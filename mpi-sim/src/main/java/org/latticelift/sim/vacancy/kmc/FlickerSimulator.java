package org.latticelift.sim.vacancy.kmc;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.latticelift.sim.vacancy.basin.StoppedPassage;
import org.latticelift.sim.vacancy.basin.TimedPassage;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

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
 * instead of all jumps in it, so counts kept jump by jump stay right.
 *
 * <p>Several vacancies: the others compete as ever while some sleep. An event looks only at those
 * near its place ({@link NearbyVacancies}), so its cost does not grow with their number. A vacancy
 * sleeps only while no other active one is within an environment of any place it may be at, so
 * neither notices the other. One that is about to hop so near wakes the sleeper first, whose state
 * at that time is drawn given that it has not left ({@link StoppedPassage}), and its basin is
 * forgotten. A basin has no states outside the region or the home region.
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

  /** Jumps expected until the stop below which they are made one by one. */
  private static final double FEW_JUMPS = 16;

  private static final double FEWEST_INTERRUPTIONS = 2;
  private static final double MOST_INTERRUPTIONS = 30;

  /** Passages expected until the stop per interruption. */
  private static final double RARELY = 8;

  private final VacancySimulator plain;
  private final RateTable table;
  private final int capacity;
  private final Lattice lattice;
  private final BasinTour tour;
  private final SleepQueue queue = new SleepQueue();
  private final TimedPassage piece = new TimedPassage();
  private final StoppedPassage stopped = new StoppedPassage();
  private final FlickeringVacancies vacancies;
  private final NearbyVacancies nearby;
  private double stopTime;
  private RandomStream stream;
  private final FlickerTally tally = new FlickerTally();

  /**
   * A simulator without active vacancies.
   *
   * @param lattice changed by jumps
   * @param model barriers for the crystal of the lattice
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
    if (states < 2 || states > STATES) {
      throw new IllegalArgumentException("a basin of " + states + " states");
    }
    this.lattice = lattice;
    plain = new VacancySimulator(lattice, model, temperatureK, cacheOrNull);
    table = plain.table;
    capacity = states;
    tour = new BasinTour(plain);
    vacancies = new FlickeringVacancies(table);
    nearby = new NearbyVacancies(lattice, table, vacancies);
  }

  @Override
  public void observe(JumpObserver observer) {
    plain.observe(observer);
  }

  /**
   * Adds an observer of the time spent in states.
   *
   * @param observer see {@link ResidenceObserver} for what it is told of resolved jumps
   */
  @Override
  public void observeResidence(ResidenceObserver observer) {
    plain.observeResidence(observer);
  }

  /** Activates all vacancies of the lattice in site order. */
  public void activateAll() {
    plain.activateAll();
    forget();
  }

  @Override
  public void activate(long[] vacancySites, int count) {
    plain.activate(vacancySites, count);
    forget();
  }

  @Override
  public void confine(Region region) {
    plain.confine(region);
  }

  @Override
  public void home(Region region) {
    plain.home(region);
  }

  /** Forgets basins and what was learned of the vacancies. */
  private void forget() {
    queue.clear();
    vacancies.forget();
    nearby.place();
  }

  /**
   * Makes exactly as many jumps as asked for, one by one: the same as {@link VacancySimulator}, bit
   * for bit.
   *
   * @param events jumps to make
   * @param clock how the clock moves
   * @param numbers as for {@link VacancySimulator#runEvents}
   * @return jumps made: always {@code events}
   */
  @Override
  public long runEvents(long events, Clock clock, RandomStream numbers) {
    return plain.runEvents(events, clock, numbers);
  }

  @Override
  public long runUntil(double stop, long most, RandomStream numbers) {
    forget();
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
  private boolean run(double stop, long most, long events, boolean wakes, RandomStream numbers) {
    if (!(stop >= plain.time)) {
      throw new IllegalArgumentException("stop time " + stop + " s is before " + plain.time + " s");
    }
    stopTime = stop;
    stream = numbers;
    long before = plain.jumps;
    plain.residence().begin(plain.time);
    boolean reached = false;
    boolean done = false;
    try {
      for (long i = 0; i < events && plain.jumps - before < most && !reached; i++) {
        reached = !advance();
      }
      if (wakes) {
        wakeAll();
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
        forget();
        table.invalidate();
      }
    }
    return reached;
  }

  private void wakeAll() {
    for (int v = 0; v < table.vacancies.count; v++) {
      if (vacancies.asleep(v)) {
        wakeNow(vacancies.sleeper(v));
      }
    }
  }

  @Override
  public byte[] memory() {
    return vacancies.save();
  }

  @Override
  public void recall(byte[] memory) {
    forget();
    table.totalRate(); // all rates, before those of sleepers are set aside
    vacancies.restore(memory);
    for (int v = 0; v < table.vacancies.count; v++) {
      nearby.follow(v);
      if (vacancies.asleep(v)) {
        table.suspend(v);
        queue.add(vacancies.sleeper(v));
      }
    }
  }

  /** The next event: a plain jump, or a sleeper that wakes. False if the stop comes first. */
  private boolean advance() {
    if (queue.isEmpty() && table.isAtRest()) {
      stop();
      return false;
    }
    double next = Double.POSITIVE_INFINITY;
    if (queue.isEmpty() || table.totalRate() != 0) {
      next = plain.time + stream.exponential() / table.requireTotalRate();
    }
    // A sleeper always wakes before the stop.
    if (!queue.isEmpty() && queue.first().wakes <= next) {
      wake(queue.first());
      return true;
    }
    if (next > stopTime) {
      stop();
      return false;
    }
    plain.time = next;
    plain.residence().until(next);
    int v = plain.chooseVacancy(stream);
    int direction = plain.chooseDirection(v);
    disturb(v, direction);
    plain.jump(v, direction);
    vacancies.watch(v).jumped(plain.event.from, plain.event.to);
    arrived(v, direction);
    nearby.follow(v);
    return true;
  }

  private void stop() {
    plain.time = stopTime;
    plain.residence().until(stopTime);
  }

  /** Decides what a vacancy that has just jumped does next. */
  private void arrived(int v, int direction) {
    FlickerWatch watch = vacancies.watch(v);
    boolean known = vacancies.known(v);
    if (!known) {
      if (!watch.flickers()) {
        return;
      }
      watch.beginTrial();
    }
    if (table.tree.leaf(v) == 0 || !watch.pays() || crowded(v)) {
      vacancies.forgetBasin(v);
      watch.rest();
      return;
    }
    Sleeper s = vacancies.sleeper(v);
    if (known) {
      s.basin.follow(v, direction, plain.event, Math.min(capacity, watch.states()));
    } else {
      s.basin.begin(v);
    }
    fallAsleep(s);
  }

  private void fallAsleep(Sleeper s) {
    // An overflow or a number that is none would go unnoticed in the basin.
    table.requireTotalRate();
    double left = (stopTime - plain.time) * table.unit();
    int state = s.basin.current();
    if (!(left * s.basin.total(state) > FEW_JUMPS)) {
      return;
    }
    double expected = vacancies.watch(s.vacancy).meanTime();
    double interruptions =
        expected == 0
            ? FEWEST_INTERRUPTIONS
            : Math.max(
                FEWEST_INTERRUPTIONS, Math.min(MOST_INTERRUPTIONS, left / (RARELY * expected)));
    piece.draw(s.basin.chain, state, left, interruptions, stream);
    PathFactorisation passage = piece.passage();
    double until = Math.min(stopTime, plain.time + passage.duration() / table.unit());
    s.sleep(plain.time, until, passage);
    s.basin.touch(passage.visited());
    table.suspend(s.vacancy);
    queue.add(s);
  }

  /** The passage of a sleeper has come to its end. */
  private void wake(Sleeper s) {
    queue.remove(s);
    settle(s);
    double duration = (s.wakes - s.began) * table.unit();
    tally.passage(s);
    if (!s.leaves) {
      fallAsleep(s);
      return;
    }
    vacancies.watch(s.vacancy).left(s.jumps, duration);
    int direction = s.basin.wayOut(s.end, stream);
    disturb(s.vacancy, direction);
    table.hop(s.vacancy, direction, plain.event);
    plain.announce();
    arrived(s.vacancy, direction);
    nearby.follow(s.vacancy);
  }

  /** Wakes a sleeper before its passage has come to its end. */
  private void wakeNow(Sleeper s) {
    queue.remove(s);
    stopped.draw(s.basin.chain, s.start, (plain.time - s.began) * table.unit(), stream);
    s.stop(plain.time, stopped);
    settle(s);
    tally.passage(s);
  }

  /** Brings lattice, clock and counts to the last state of a passage. */
  private void settle(Sleeper s) {
    s.asleep = false;
    plain.time = s.wakes;
    plain.residence().until(s.wakes);
    plain.jumps += s.jumps;
    for (long rest = s.visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      if (s.basin.blocked(i) > 0) {
        table.wallContacts += s.departures(i);
        table.wallHits += s.departures(i) * s.basin.blocked(i) / s.basin.total(i);
      }
    }
    tour.make(s);
    s.basin.settle(s.vacancy, s.end);
  }

  /** Wakes all sleepers that would notice a hop, and forgets the basins near it. */
  private void disturb(int v, int direction) {
    if (table.vacancies.count == 1) {
      return;
    }
    long to = table.target(v, direction);
    int basis = lattice.crystal().basisCount();
    int x = SiteIndex.x(to, lattice.ny(), lattice.nz(), basis);
    int y = SiteIndex.y(to, lattice.ny(), lattice.nz(), basis);
    int z = SiteIndex.z(to, lattice.nz(), basis);
    int count = nearby.find(v, x, y, z);
    for (int i = 0; i < count; i++) {
      int w = nearby.get(i);
      if (vacancies.known(w)) {
        if (vacancies.asleep(w)) {
          wakeNow(vacancies.sleeper(w));
          tally.disturbed();
        }
        vacancies.forgetBasin(w);
        nearby.follow(w);
      }
    }
  }

  /** Whether another active vacancy is or may be within an environment of this one. */
  private boolean crowded(int v) {
    ActiveVacancies a = table.vacancies;
    return nearby.find(v, a.x[v], a.y[v], a.z[v]) > 0;
  }

  @Override
  public double time() {
    return plain.time;
  }

  @Override
  public void time(double seconds) {
    plain.time = seconds;
  }

  /**
   * Jumps that the plain twin would have made so far.
   *
   * @return since construction or a restored count
   */
  @Override
  public long jumps() {
    return plain.jumps;
  }

  @Override
  public double totalRate() {
    return plain.totalRate();
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
    if (tour.shows(i)) {
      tour.possibleHops(visitor);
    } else {
      plain.possibleHops(i, visitor);
    }
  }

  @Override
  public JumpEvent lastJump() {
    return plain.lastJump();
  }

  /**
   * As {@link VacancySimulator#wallContacts}, of the jumps of each vacancy by itself.
   *
   * @return resolved jumps included
   */
  @Override
  public long wallContacts() {
    return plain.wallContacts();
  }

  /**
   * As {@link VacancySimulator#expectedWallHits}.
   *
   * @return resolved jumps included; equal in expectation to that of plain jumps
   */
  @Override
  public double expectedWallHits() {
    return plain.expectedWallHits();
  }

  /** Sets {@link #wallContacts} and {@link #expectedWallHits} to zero. */
  @Override
  public void resetWall() {
    plain.resetWall();
  }

  /**
   * What has been resolved so far.
   *
   * @return counts since construction
   */
  public FlickerTally tally() {
    return tally;
  }
}
