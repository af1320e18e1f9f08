package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.latticelift.sim.vacancy.basin.StoppedPassage;
import org.latticelift.sim.vacancy.basin.StoppedPassage.TimedPassage;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * One event after the other where vacancies flicker: plain jumps of those that are awake, passages
 * of those that sleep. Decides who falls asleep, when, and who is woken before its time; the law is
 * told at {@link FlickerSimulator}.
 */
final class FlickerEvents {
  /** Jumps expected until the stop below which they are made one by one. */
  private static final double FEW_JUMPS = 16;

  private static final double FEWEST_INTERRUPTIONS = 2;
  private static final double MOST_INTERRUPTIONS = 30;

  /** Passages expected until the stop per interruption. */
  private static final double RARELY = 8;

  private final VacancySimulator plain;
  private final RateTable table;
  private final Lattice lattice;
  private final int capacity;
  private final BasinTour tour;
  private final SleepQueue queue = new SleepQueue();
  private final TimedPassage piece = new TimedPassage();
  private final StoppedPassage stopped = new StoppedPassage();
  private final FlickeringVacancies vacancies;
  private final NearbyVacancies nearby;
  private final FlickerTally tally = new FlickerTally();

  /** Jumps by species that a passage is expected to hold; null where atoms are not followed. */
  private final double[] expected;

  private double stopTime;
  private RandomStream stream;

  /**
   * None yet, with basins of at most so many states ({@code species}: how many there are, where
   * each atom is followed; else 0).
   */
  FlickerEvents(VacancySimulator plain, Lattice lattice, int capacity, int species) {
    this.plain = plain;
    this.table = plain.table;
    this.lattice = lattice;
    this.capacity = capacity;
    expected = species > 0 ? new double[species] : null;
    tour = new BasinTour(plain);
    vacancies = new FlickeringVacancies(table, species > 0);
    nearby = new NearbyVacancies(lattice, table, vacancies, plain.residence());
  }

  /** Forgets basins and what was learned of the vacancies. */
  void forget() {
    queue.clear();
    vacancies.forget();
    nearby.clear();
  }

  /** The events that follow are those of a run until a time. */
  void begin(double stop, RandomStream numbers) {
    stopTime = stop;
    stream = numbers;
    plain.residence().begin(plain.time);
  }

  /** The next event: a plain jump, or a sleeper that wakes. False if the stop comes first. */
  boolean next() {
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

  void wakeAll() {
    for (int v = 0; v < table.vacancies.count; v++) {
      if (vacancies.asleep(v)) {
        wakeNow(vacancies.sleeper(v));
      }
    }
  }

  /** All that sleepers and basins are, for {@link #recall}. */
  byte[] memory() {
    return vacancies.save();
  }

  void recall(byte[] memory) {
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

  private void stop() {
    plain.time = stopTime;
    plain.residence().until(stopTime);
  }

  /** Decides what a vacancy that has just jumped does next. */
  private void arrived(int v, int direction) {
    FlickerWatch watch = vacancies.watch(v);
    boolean known = vacancies.known(v);
    if (!known && !watch.flickers()) {
      return;
    }
    if (nearby.crowded(v)) {
      vacancies.forgetBasin(v);
      watch.pause();
      return;
    }
    if (!known) {
      watch.beginTrial();
    }
    if (table.tree.leaf(v) == 0 || !watch.pays()) {
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
    plain.event.resolved = true;
    plain.announce();
    plain.event.resolved = false;
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
      }
    }
    if (expected != null) {
      expect(s);
    }
    tour.make(s);
    s.basin.settle(s.vacancy, s.end);
  }

  private void expect(Sleeper s) {
    Arrays.fill(expected, 0);
    for (long rest = s.visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      s.basin.expect(i, s.time(i), expected);
    }
    plain.announcePassage(expected);
  }

  /** Wakes all sleepers that would notice a hop, and forgets the basins near it. */
  private void disturb(int v, int direction) {
    if (table.vacancies.count == 1) {
      return;
    }
    long to = table.target(v, direction);
    int basis = lattice.crystal().basisCount();
    int b = SiteIndex.b(to, basis);
    int x = SiteIndex.x(to, lattice.ny(), lattice.nz(), basis);
    int y = SiteIndex.y(to, lattice.ny(), lattice.nz(), basis);
    int z = SiteIndex.z(to, lattice.nz(), basis);
    int count = nearby.find(v, x, y, z, b);
    for (int i = 0; i < count; i++) {
      int w = nearby.get(i);
      if (vacancies.asleep(w)) {
        wakeNow(vacancies.sleeper(w));
        tally.disturbed();
      }
      vacancies.forgetBasin(w);
      nearby.follow(w);
    }
  }

  /** The possible hops of a vacancy, also while its way through a basin is shown. */
  void possibleHops(int i, HopVisitor visitor) {
    if (tour.shows(i)) {
      tour.possibleHops(visitor);
    } else {
      plain.possibleHops(i, visitor);
    }
  }

  FlickerTally tally() {
    return tally;
  }

  /** Sleepers in the order in which they wake: a binary heap. */
  static final class SleepQueue {
    private Sleeper[] heap = new Sleeper[8];
    private int size;

    boolean isEmpty() {
      return size == 0;
    }

    void clear() {
      Arrays.fill(heap, 0, size, null);
      size = 0;
    }

    /** The one that wakes first. */
    Sleeper first() {
      return heap[0];
    }

    void add(Sleeper sleeper) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      put(sleeper, size++);
      rise(size - 1);
    }

    void remove(Sleeper sleeper) {
      int k = sleeper.place;
      size--;
      Sleeper last = heap[size];
      heap[size] = null;
      if (k < size) {
        put(last, k);
        rise(k);
        sink(k);
      }
    }

    private void rise(int from) {
      int k = from;
      while (k > 0 && before(heap[k], heap[(k - 1) / 2])) {
        swap(k, (k - 1) / 2);
        k = (k - 1) / 2;
      }
    }

    private void sink(int from) {
      int k = from;
      while (2 * k + 1 < size) {
        int child = 2 * k + 1;
        if (child + 1 < size && before(heap[child + 1], heap[child])) {
          child++;
        }
        if (!before(heap[child], heap[k])) {
          return;
        }
        swap(k, child);
        k = child;
      }
    }

    private static boolean before(Sleeper a, Sleeper b) {
      return a.wakes < b.wakes || a.wakes == b.wakes && a.vacancy < b.vacancy;
    }

    private void swap(int i, int j) {
      Sleeper held = heap[i];
      put(heap[j], i);
      put(held, j);
    }

    private void put(Sleeper sleeper, int k) {
      heap[k] = sleeper;
      sleeper.place = k;
    }
  }

  /**
   * Brings the lattice from the state in which a vacancy fell asleep to the last state of its
   * passage, hop by hop, telling the jump observers. The way is the shortest one; if somebody
   * observes residence it is a tour of all visited states.
   */
  static final class BasinTour {
    private final VacancySimulator plain;
    private final int[] way = new int[AbsorbingChain.MOST];

    /** The vacancy whose states are shown, and the one of the moment; null without a tour. */
    private Sleeper shown;

    private int state;

    BasinTour(VacancySimulator plain) {
      this.plain = plain;
    }

    void make(Sleeper s) {
      if (s.start != s.end || plain.residence().watched()) {
        s.basin.routes(s.start, s.visited);
        if (plain.residence().watched()) {
          shown = s;
          try {
            visit(s, s.start, wayTo(s));
          } finally {
            shown = null;
          }
        } else {
          walk(s);
        }
      }
    }

    /** Whether residence is just told for a state in which the table has no rates of a vacancy. */
    boolean shows(int v) {
      return shown != null && shown.vacancy == v;
    }

    /** The hops of that vacancy in that state. */
    void possibleHops(HopVisitor visitor) {
      shown.basin.possibleHops(plain, shown.vacancy, state, visitor);
    }

    private void walk(Sleeper s) {
      int steps = 0;
      for (int i = s.end; i != s.start; i = s.basin.parent(i)) {
        way[steps++] = i;
      }
      int at = s.start;
      while (steps > 0) {
        int to = way[--steps];
        hop(s, at, to);
        at = to;
      }
    }

    /** The states on the way to the end. */
    private static long wayTo(Sleeper s) {
      long states = 0;
      for (int i = s.end; i != s.start; i = s.basin.parent(i)) {
        states |= 1L << i;
      }
      return states;
    }

    /** Shows a state and all that branches off there, the way to the end last. */
    private void visit(Sleeper s, int i, long way) {
      state = i;
      double told = i == s.start ? s.wakes - s.began : 0;
      plain.residence().tell(s.time(i) / plain.table.unit() - told);
      int ahead = -1;
      for (long rest = s.visited & ~(1L << s.start); rest != 0; rest &= rest - 1) {
        int child = Long.numberOfTrailingZeros(rest);
        if (s.basin.parent(child) == i) {
          if ((way >>> child & 1) != 0) {
            ahead = child;
          } else {
            hop(s, i, child);
            visit(s, child, 0);
            hop(s, child, i);
          }
        }
      }
      if (ahead >= 0) {
        hop(s, i, ahead);
        visit(s, ahead, way);
      }
    }

    private void hop(Sleeper s, int from, int to) {
      plain.table.shift(s.vacancy, s.basin.direction(from, to), plain.event);
      plain.event.resolved = true;
      plain.announce();
      plain.event.resolved = false;
    }
  }
}
