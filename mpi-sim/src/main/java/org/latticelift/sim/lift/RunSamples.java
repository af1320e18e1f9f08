package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.sim.lift.SampleEvolution.FirstPatch;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SnapshotPool.Part;

/**
 * Training samples of systems whose patches go on as their small runs did. A state is the mean of k
 * runs at one record, and its increment the mean of what all of them did next, k being all runs
 * that it is drawn from, or a half, a quarter and so on down to a sixteenth of them. States of many
 * runs lie close to the mean path, as large systems do; those of fewer are spread, and say what
 * happens beside it. Single ones of many relax faster than the path where it is slow. The noise of
 * an increment is that of one patch over k.
 *
 * @param draws of stored observables, see {@link #draws}
 * @param duration of an evolution, in time
 * @param streams of the run
 */
record RunSamples(
    Condition condition, List<SnapshotDraw<double[]>> draws, Duration duration, Streams streams) {
  private static final double[] NONE = {};
  private static final long[] FIRST_PATCH = {0};

  /** Early on a run changes in less than it is old: a sample lasts a quarter of its age at most. */
  private static final int PARTS_OF_AGE = 4;

  private static final int MOST_HALVINGS = 4;

  /**
   * One sample.
   *
   * @param before observables of the state
   * @param source of its first run
   * @param evolution what its runs did next
   */
  record RunSample(double[] before, PairShard.Source source, SampleEvolution evolution) {}

  /** Halves of the runs where there are enough and nothing else is asked for, else groups. */
  static RunHalves halves(SnapshotGroups groups, int runs) {
    return groups.rule() == SnapshotGroups.Rule.AUTO ? RunHalves.of(runs) : RunHalves.NONE;
  }

  /**
   * The snapshots that samples take turns to be made from: halves of the runs, or all in groups.
   *
   * @param all snapshots of a condition
   * @param <T> states, or what is stored of them
   */
  static <T> List<SnapshotDraw<T>> draws(
      SnapshotPool<T> all, LiftConfig.Keep keep, Condition condition, long seed) {
    RunHalves halves = halves(keep.groups(), all.runs());
    if (halves.blocks() == 0) {
      return List.of(new SnapshotDraw<>(all, keep.groups(), true, keep.draw(), condition, seed));
    }
    List<SnapshotDraw<T>> draws = new ArrayList<>();
    for (int half = 0; half < halves.count(); half++) {
      Part part = new Part(halves.runs(half, all.runs()), 0, all.records());
      draws.add(
          new SnapshotDraw<>(
              all.part(part, half), SnapshotGroups.NONE, true, keep.draw(), condition, seed));
    }
    return draws;
  }

  /** Makes a sample ({@code number}: of its condition; with the seed it decides the sample). */
  RunSample make(int number) {
    SnapshotPool<double[]> pool = draws.get(number % draws.size()).pool(number);
    RandomStream stream = streams.stream(Purpose.UPSAMPLE, condition.key(), number);
    int record = stream.below(pool.records());
    int[] runs = runs(pool, stream);
    double interval = pool.lasts(record);
    int steps =
        (int)
            Math.min(
                Math.rint(duration.value() / interval),
                Math.max(1, pool.place(record) / PARTS_OF_AGE));
    double[][] before = new double[runs.length][];
    double[][] change = new double[runs.length][];
    for (int k = 0; k < runs.length; k++) {
      before[k] = pool.snapshot(runs[k], record);
      double[] after = pool.later(runs[k], record, steps);
      double[] from = before[k];
      change[k] = new double[from.length];
      Arrays.setAll(change[k], i -> after[i] - from[i]);
    }
    SampleEvolution evolution =
        new SampleEvolution(
            FIRST_PATCH,
            new FirstPatch(before[0], change[0], NONE),
            mean(change),
            NONE,
            Optional.empty(),
            0,
            steps * interval,
            0,
            Optional.empty(),
            runs.length);
    return new RunSample(
        mean(before),
        new PairShard.Source(pool.number(runs[0]), pool.place(record), pool.group()),
        evolution);
  }

  /** So many runs that were begun alike, without replacement; every number is as probable. */
  private static int[] runs(SnapshotPool<?> pool, RandomStream stream) {
    int preparation = pool.preparation(stream.below(pool.runs()));
    int[] runs =
        IntStream.range(0, pool.runs())
            .filter(run -> pool.preparation(run) == preparation)
            .toArray();
    int halvings = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(runs.length);
    int wanted = runs.length >> stream.below(Math.min(MOST_HALVINGS, halvings) + 1);
    for (int k = 0; k < wanted; k++) {
      int j = k + stream.below(runs.length - k);
      int other = runs[k];
      runs[k] = runs[j];
      runs[j] = other;
    }
    return Arrays.copyOf(runs, wanted);
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      Arrays.setAll(mean, i -> mean[i] + row[i]);
    }
    Arrays.setAll(mean, i -> mean[i] / rows.length);
    return mean;
  }
}
