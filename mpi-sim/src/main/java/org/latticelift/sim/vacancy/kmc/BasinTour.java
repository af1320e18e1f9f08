package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.basin.AbsorbingChain;

/**
 * Brings the lattice from the state in which a vacancy fell asleep to the last state of its
 * passage, hop by hop, telling the jump observers. The way is the shortest one; if somebody
 * observes residence it is a tour of all visited states.
 */
final class BasinTour {
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
    plain.announce();
  }
}
