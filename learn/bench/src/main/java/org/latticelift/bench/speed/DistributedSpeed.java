package org.latticelift.bench.speed;

import org.latticelift.io.config.Binder.Part;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Extremum;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.parallel.communicator.ResidentMemory;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.system.Duration;

/**
 * How fast the ranks of a job simulate one lattice together. Wall times; of phases the mean over
 * ranks, so that what is missing to the whole is waiting.
 *
 * @param transport name
 * @param ranks number
 * @param sites of the whole lattice
 * @param setupSeconds making the random alloy and everything else before the first cycle
 * @param cycles that were timed
 * @param events jumps in them, of all ranks
 * @param seconds they took
 * @param mean over ranks
 * @param observeSeconds one observation of the whole
 * @param peakMebibytes largest resident memory of a rank so far (VmHWM); 0 where it is not known
 */
public record DistributedSpeed(
    String transport,
    int ranks,
    long sites,
    double setupSeconds,
    long cycles,
    long events,
    double seconds,
    @Part PerRank mean,
    double observeSeconds,
    double peakMebibytes) {
  /**
   * What a rank does.
   *
   * @param evolveSeconds in own blocks
   * @param exchangeSeconds in exchanges, waiting included
   * @param waitSeconds of these, until the messages of all neighbours had come
   * @param messages per cycle
   * @param bytes per cycle
   */
  public record PerRank(
      double evolveSeconds,
      double exchangeSeconds,
      double waitSeconds,
      double messages,
      double bytes) {}

  /** Per rank, until compiled code runs and caches are filled; but not for ever. */
  private static final long WARM_EVENTS = 400_000;

  private static final double PATIENCE = 120;
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  /**
   * Measures; all ranks call it.
   *
   * @param ranks at least one
   * @param condition where
   * @param seconds wall time to measure for, after a third of it, and jumps enough to warm up, that
   *     are not
   */
  public static DistributedSpeed measure(
      Communicator ranks,
      DistributedDynamics dynamics,
      Condition condition,
      long sites,
      double seconds,
      long seed) {
    long begin = System.nanoTime();
    DistributedRun run = dynamics.start(ranks, condition, 0, new Streams(seed));
    double setup = largest(ranks, since(begin));
    run.begin(Duration.events(Long.MAX_VALUE / 4));
    while (sum(ranks, run.cost().events()) < WARM_EVENTS * ranks.size()
        && largest(ranks, since(begin)) < PATIENCE) {
      run.cycle();
    }
    long cycles = Math.max(1, 3 * cyclesFor(ranks, run, seconds / 3));
    PhaseCost before = run.cost();
    ranks.barrier();
    begin = System.nanoTime();
    for (long i = 0; i < cycles; i++) {
      run.cycle();
    }
    double taken = largest(ranks, since(begin));
    PhaseCost after = run.cost();
    long events = sum(ranks, after.events() - before.events());
    begin = System.nanoTime();
    run.observe();
    double observed = largest(ranks, since(begin));
    return new DistributedSpeed(
        ranks.transport(),
        ranks.size(),
        sites,
        setup,
        cycles,
        events,
        taken,
        new PerRank(
            mean(ranks, after.evolveSeconds() - before.evolveSeconds()),
            mean(ranks, after.exchangeSeconds() - before.exchangeSeconds()),
            mean(ranks, after.waitSeconds() - before.waitSeconds()),
            mean(ranks, (double) (after.messages() - before.messages()) / cycles),
            mean(ranks, (double) (after.bytes() - before.bytes()) / cycles)),
        observed,
        largest(ranks, ResidentMemory.peakMebibytes()));
  }

  private static long cyclesFor(Communicator ranks, DistributedRun run, double seconds) {
    long begin = System.nanoTime();
    long cycles = 0;
    do {
      run.cycle();
      cycles++;
    } while (largest(ranks, since(begin)) < seconds);
    return cycles;
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / NANOS;
  }

  private static double largest(Communicator ranks, double value) {
    double[] all = {value};
    ranks.allReduce(all, Extremum.MAX);
    return all[0];
  }

  private static long sum(Communicator ranks, long value) {
    long[] sum = {value};
    ranks.allReduce(sum, Reduction.SUM);
    return sum[0];
  }

  private static double mean(Communicator ranks, double value) {
    return sum(ranks, Math.round(value * MICROS)) / MICROS / ranks.size();
  }

  /** Jumps per second of all ranks together; 1/s. */
  public double eventsPerSecond() {
    return events / seconds;
  }
}
