package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Rejection-free kinetic Monte Carlo of vacancies in a lattice (AL-40...AL-45). Every active
 * vacancy competes with all its hops; the rest of the lattice, other vacancies included, is frozen
 * but blocks hops and counts in environments. Shares nothing with other simulators, so one thread
 * may use one.
 *
 * <p>Per jump: O(log n) selection in the order vacancy major, direction minor (AL-41); one gather
 * of the new environment; new rates of the vacancy and of the active vacancies within range of the
 * two changed sites (AL-144). Nothing is allocated per jump. {@code PlainVacancySimulator} is the
 * plain twin: the same numbers give bit for bit the same jumps and times, with any cache or none.
 * Cost where rates are known: 0.1 microseconds per jump with one vacancy at 600 K, where four jumps
 * of five go straight back, a sixth of it for the logarithm of the waiting time; see {@code
 * RateTable}. {@code latticelift bench kmc} measures it.
 */
public final class VacancySimulator implements VacancyKernel {
  final RateTable table;
  final JumpEvent event;
  private final Lattice lattice;
  private final Search search = new Search();
  private final Residence residence = new Residence();
  private final PossibleHops possible;
  private JumpObserver[] observers = {};
  double time;
  long jumps;

  /**
   * A simulator without active vacancies.
   *
   * @param lattice changed by jumps
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
    possible = new PossibleHops(table, model.crystal().environmentSize());
  }

  @Override
  public void observe(JumpObserver observer) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = observer;
  }

  @Override
  public void observeResidence(ResidenceObserver observer) {
    residence.add(observer);
  }

  /** Activates all vacancies of the lattice in site order. */
  public void activateAll() {
    activate(lattice.vacancies());
  }

  @Override
  public void activate(long[] vacancySites, int count) {
    table.activate(vacancySites, count);
  }

  @Override
  public void confine(Region region) {
    table.confine(region);
  }

  @Override
  public void home(Region region) {
    table.home(region);
  }

  /**
   * Makes exactly as many jumps as asked for.
   *
   * @param events jumps to make
   * @param stream per jump one number for the waiting time (exponential clock), then one for the
   *     choice
   * @return jumps made: always {@code events}
   * @throws LatticeLiftException if the total rate is zero or not finite
   */
  @Override
  public long runEvents(long events, Clock clock, RandomStream stream) {
    residence.begin(time);
    for (long i = 0; i < events; i++) {
      double rate = table.requireTotalRate();
      time += (clock == Clock.EXPONENTIAL ? stream.exponential() : 1) / rate;
      residence.until(time);
      choose(stream);
    }
    return events;
  }

  /**
   * {@inheritDoc} ({@code stream}: as for {@link #runEvents}); jumps made, at most {@code most}.
   */
  @Override
  public long runUntil(double stopTime, long most, RandomStream stream) {
    if (!(stopTime >= time)) {
      throw new IllegalArgumentException("stop time " + stopTime + " s is before " + time + " s");
    }
    residence.begin(time);
    for (long made = 0; made < most; made++) {
      if (table.isAtRest()) {
        stopAt(stopTime);
        return made;
      }
      double next = time + stream.exponential() / table.requireTotalRate();
      if (next > stopTime) {
        stopAt(stopTime);
        return made;
      }
      time = next;
      residence.until(time);
      choose(stream);
    }
    return most;
  }

  private void stopAt(double stopTime) {
    time = stopTime;
    residence.until(time);
  }

  private void choose(RandomStream stream) {
    int v = chooseVacancy(stream);
    jump(v, chooseDirection(v));
  }

  /** Draws which vacancy jumps; {@link #chooseDirection} must follow. */
  int chooseVacancy(RandomStream stream) {
    search.target = stream.uniform() * table.tree.total();
    return table.tree.find(search);
  }

  int chooseDirection(int v) {
    return table.direction(v, search.target);
  }

  void jump(int v, int direction) {
    jumps++;
    table.jump(v, direction, event);
    announce();
  }

  /** Tells the observers of jumps that were resolved at once. */
  void announcePassage(double[] expected) {
    for (JumpObserver observer : observers) {
      observer.passed(expected);
    }
  }

  /** Tells the observers of what the event holds. */
  void announce() {
    event.time = time;
    for (JumpObserver observer : observers) {
      observer.jumped(event);
    }
  }

  Residence residence() {
    return residence;
  }

  @Override
  public double time() {
    return time;
  }

  @Override
  public void time(double seconds) {
    time = seconds;
  }

  @Override
  public long jumps() {
    return jumps;
  }

  @Override
  public double totalRate() {
    return table.totalRate();
  }

  @Override
  public double exitRate(int i) {
    return table.exitRate(i);
  }

  @Override
  public void possibleHops(int i, HopVisitor visitor) {
    table.totalRate(); // all rates, where they are still to be evaluated
    possible.show(i, table.vacancies.rates, i * table.geometry().hops, visitor);
  }

  /** The hops of a vacancy with rates that the table does not hold. */
  void possibleHops(int i, float[] rates, int at, HopVisitor visitor) {
    possible.show(i, rates, at, visitor);
  }

  /** Rate of one hop; 1/s; 0 if blocked. */
  public double rate(int i, int direction) {
    return table.rate(i, direction);
  }

  @Override
  public int vacancyCount() {
    return table.vacancies.count;
  }

  @Override
  public long vacancySite(int i) {
    return table.vacancies.site[i];
  }

  @Override
  public JumpEvent lastJump() {
    return event;
  }

  @Override
  public long wallContacts() {
    return table.wallContacts;
  }

  @Override
  public void resetWall() {
    table.wallContacts = 0;
  }

  /**
   * Shows the hops of a vacancy as the jumps they would be. Cost per hop: the gather of an
   * environment, 60 to 80 ns, and the visitor.
   */
  static final class PossibleHops {
    private final RateTable table;
    private final JumpEvent event;
    private final byte[] after;

    PossibleHops(RateTable table, int environmentSize) {
      this.table = table;
      event = new JumpEvent(environmentSize);
      after = new byte[environmentSize];
    }

    /**
     * Of one vacancy where it is ({@code rates}: of its hops in units of the table; {@code at}:
     * where they begin).
     */
    void show(int v, float[] rates, int at, HopVisitor visitor) {
      HopGeometry geometry = table.geometry();
      ActiveVacancies vacancies = table.vacancies;
      int basis = vacancies.b[v];
      System.arraycopy(vacancies.codes, v * geometry.sites, event.before, 0, geometry.sites);
      event.from = vacancies.site[v];
      event.basisFrom = basis;
      event.vacancy = v;
      event.after = after;
      for (int d = 0; d < geometry.hops; d++) {
        if (rates[at + d] != 0) {
          int j = geometry.target[basis][d];
          event.species = event.before[j];
          event.direction = d;
          event.reverse = geometry.reverse[basis][d];
          event.basisTo = geometry.basis[basis][j];
          event.to = table.target(v, d);
          gather(event.to, event.basisTo);
          after[geometry.opposite[basis][j]] = (byte) event.species;
          visitor.hop(rates[at + d] * table.unit(), event);
        }
      }
    }

    private void gather(long site, int basis) {
      Lattice lattice = table.lattice;
      long cell = site / lattice.crystal().basisCount();
      int z = (int) (cell % lattice.nz());
      long row = cell / lattice.nz();
      lattice.gather((int) (row / lattice.ny()), (int) (row % lattice.ny()), z, basis, after, 0);
    }
  }

  /** The observers of residence, and up to when they have been told. */
  static final class Residence {
    private ResidenceObserver[] observers = {};
    private double told;

    void add(ResidenceObserver observer) {
      observers = Arrays.copyOf(observers, observers.length + 1);
      observers[observers.length - 1] = observer;
    }

    boolean watched() {
      return observers.length > 0;
    }

    void begin(double time) {
      told = time;
    }

    /** The state of the moment lasted until a time. */
    void until(double time) {
      if (observers.length > 0) {
        tell(time - told);
        told = time;
      }
    }

    void tell(double seconds) {
      for (ResidenceObserver observer : observers) {
        observer.resided(seconds);
      }
    }
  }
}
