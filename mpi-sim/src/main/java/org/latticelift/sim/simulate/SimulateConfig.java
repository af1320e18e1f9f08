package org.latticelift.sim.simulate;

import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/** Sections {@code simulate} and {@code direct}. */
public record SimulateConfig(
    @Default("4") @Range(min = 1, max = 100000) @Doc("independent runs per condition") int runs,
    @Default("200") @Range(min = 1, max = 1e7) @Doc("records after the initial one") int records,
    @Default("{events: 200000}")
        @Doc(
            "length of a run: {events: N} or {mean_events: N} per patch, {time_s: T}, or"
                + " {relaxations: R} times the relaxation time, which pilot runs find")
        RunDuration duration,
    @Default("time") @Doc("records at equal times, or after equal numbers of events")
        Sampling sampling,
    @Doc("{precision: E} ends runs before 'records' and 'duration' are reached")
        Optional<StopConfig> stop,
    @Range(min = 0)
        @Doc(
            "records from one stored state to the next, 0 for none; default of simulate 1, of direct"
                + " 0 (the last states alone)")
        Optional<Integer> statesEvery,
    @Doc("direct only: distributes the lattice over ranks") Optional<ConfigNode> parallel,
    @Doc("direct only: other dynamics with the same equilibrium; Ising without field: wolff")
        Optional<ConfigNode> dynamics,
    @Range(min = 0, minOpen = true)
        @Doc(
            "under a schedule: largest change of the condition while rates stay constant, default"
                + " 1/1000 of its largest value")
        Optional<Double> change,
    @Default("0")
        @Range(min = 0, max = 100000)
        @Doc(
            "simulate only: further runs per condition that begin with the last states of runs at"
                + " another one, so that pairs know what follows a change of the condition")
        int stepRuns) {

  /** Checks what cannot be checked key by key. */
  public SimulateConfig {
    if (sampling == Sampling.EVENTS && !duration.spec().isEvents()) {
      throw LatticeLiftException.badData(
          "no such duration of a run that is sampled by events",
          duration.toConfig().where(),
          "{events: N}",
          "Write it so, or leave out sampling: events");
    }
    stop.flatMap(StopConfig::checkEvery)
        .filter(every -> every > records)
        .ifPresent(
            every -> {
              throw LatticeLiftException.badData(
                  "a decision after " + every + " records of a run of " + records,
                  "stop.check_every",
                  "1 to " + records + ", the number of records",
                  "Lower check_every or raise records");
            });
  }

  /** How a run is begun; 0 from an initial state, else the same number for the same step. */
  public int preparation(int run, int conditions) {
    return run < runs ? 0 : 1 + (run - runs) % (conditions - 1);
  }

  /** All runs per condition, those after a step included. */
  int allRuns() {
    return runs + stepRuns;
  }

  /**
   * Numbers of records after which the runs of a condition may end, the last one being all of them;
   * ascending.
   */
  int[] rounds() {
    int every = stop.map(s -> s.checkEvery().orElse(Math.max(1, records / 10))).orElse(records);
    int count = (records + every - 1) / every;
    return IntStream.rangeClosed(1, count).map(i -> Math.min(records, i * every)).toArray();
  }

  /**
   * Key {@code stop} of sections {@code simulate} and {@code direct}: when the runs of a condition
   * end before their configured duration. The decision is made for all runs of a condition
   * together, at fixed numbers of records, from their records alone; so it is the same for any
   * number of threads and any interruption.
   */
  public record StopConfig(
      @Range(min = 0, minOpen = true)
          @Doc("ends the runs of a condition when every mean has a standard error below this")
          double precision,
      @Range(min = 1) @Doc("records of a run between decisions; default a tenth of 'records'")
          Optional<Integer> checkEvery,
      @Default("100")
          @Range(min = 1)
          @Doc("fewest records after the transient, of all runs of a condition together")
          int minRecords) {

    /** Whether averages are good enough; true if the runs may end. */
    boolean reached(ConditionAverages averages) {
      return averages.relaxed()
          && averages.lateRecords() >= minRecords
          && averages.largestError() <= precision;
    }
  }
}
