package org.latticelift.sim.vacancy.build;

import java.util.Arrays;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Exchanges in several stretches of a large lattice at a time, so far apart that none sees what
 * another one changes. How many there are does not depend on the threads, nor does what comes out.
 * They agree on the deviations after each round; within it each counts its own changes as often as
 * there are stretches ({@link CountExchange#oneOf}).
 */
final class ConcurrentExchange {
  /** Stretches of a round; more threads have nothing to do. */
  static final int TOGETHER = 8;

  /** A round may touch one site of so many, or deviations change too much before all know. */
  private static final int SHARE = 8;

  private final CountExchange whole;
  private final CountExchange[] several = new CountExchange[TOGETHER];
  private final Streams seeds;
  private final int threads;
  private final StopSignal stop;

  /**
   * For a lattice that has {@link #room}.
   *
   * @param whole deviations of the whole lattice
   * @param seeds streams are keyed by sweep, round and stretch
   */
  ConcurrentExchange(CountExchange whole, Streams seeds, int threads, StopSignal stop) {
    this.whole = whole;
    this.seeds = seeds;
    this.threads = threads;
    this.stop = stop;
    Arrays.setAll(several, i -> whole.oneOf(TOGETHER));
  }

  /** Whether the stretches of a round are far enough apart and a small part of the lattice. */
  static boolean room(Lattice lattice, int stretch) {
    long plane = lattice.plane(0).length;
    long between = lattice.sites() / TOGETHER - stretch;
    return lattice.sites() >= (long) SHARE * TOGETHER * stretch
        && between > 2L * (lattice.crystal().reach() + 1) * plane;
  }

  /** About one attempt for every site. */
  void sweep(int number, double stiffness) {
    long perRound = (long) TOGETHER * whole.stretch();
    long rounds = (whole.sites() + perRound - 1) / perRound;
    for (long round = 0; round < rounds; round++) {
      round(number, round, stiffness);
    }
  }

  private void round(int sweep, long round, double stiffness) {
    int sites = whole.sites();
    long first = seeds.stream(Purpose.BUILD, sweep, round).below(sites);
    double[] before = whole.deviations();
    TaskPool.run(
        threads,
        TOGETHER,
        i -> {
          CountExchange one = several[(int) i];
          one.follow(whole);
          RandomStream stream = seeds.stream(Purpose.BUILD, sweep, round, i);
          long from = (first + i * (long) sites / TOGETHER) % sites;
          one.stay((int) from, whole.stretch(), stiffness, stream);
        },
        stop);
    for (CountExchange one : several) {
      whole.join(one, before);
    }
  }
}
