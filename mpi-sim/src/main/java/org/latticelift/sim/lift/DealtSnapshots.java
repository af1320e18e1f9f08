package org.latticelift.sim.lift;

import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.sim.lift.PairMaker.SnapshotDraw;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;

/**
 * The snapshots of a condition in groups: every so many runs, or blocks of records.
 *
 * @param all snapshots
 * @param groups their number; 0 without groups
 * @param byRuns whether groups are of whole runs
 * @param <S> state
 */
record DealtSnapshots<S>(SnapshotPool<S> all, int groups, boolean byRuns) {

  /** Whether there are groups. */
  boolean dealt() {
    return groups > 0;
  }

  /** The group of a snapshot. */
  int of(int run, int record) {
    return byRuns ? run % groups : (int) ((long) record * groups / all.records());
  }

  /** The group that a sample takes its snapshots from: each as often as it has snapshots. */
  int ofSample(int sample) {
    return of(sample % all.runs(), sample % all.records());
  }

  /** All snapshots for every sample, or those of its group (ME-82). */
  SnapshotDraw<S> random() {
    if (!dealt()) {
      return sample -> all;
    }
    return sample -> pool(ofSample(sample));
  }

  /** One snapshot for each sample, in a random order that uses each once before any twice. */
  SnapshotDraw<S> once(Condition condition, long seed) {
    int records = all.records();
    long count = (long) all.runs() * records;
    Permutation order =
        new Permutation(count, new Streams(seed).stream(Purpose.SNAPSHOT_ORDER, condition.key()));
    return sample -> {
      int run = (int) (order.of(sample % count) / records);
      int record = (int) (order.of(sample % count) % records);
      int group = dealt() ? of(run, record) : -1;
      return new PartOfPool<>(all, run, 1, 1, record, 1, group);
    };
  }

  /**
   * For each sample the snapshots of one record, record r with probability ln((r + 2) / (r + 1)) /
   * ln(records + 1), of all runs or those of its group.
   */
  SnapshotDraw<S> logTimes(Condition condition, long seed) {
    Streams streams = new Streams(seed);
    return sample -> {
      double even = streams.stream(Purpose.SNAPSHOT_TIME, condition.key(), sample).uniform();
      int record = (int) StrictMath.pow(all.records() + 1.0, even) - 1;
      if (dealt() && byRuns) {
        int group = ofSample(sample);
        return new PartOfPool<>(all, group, groups, runs(group), record, 1, group);
      }
      int group = dealt() ? of(0, record) : -1;
      return new PartOfPool<>(all, 0, 1, all.runs(), record, 1, group);
    };
  }

  /** {@link #random} or {@link #logTimes}, each for half of the samples (EX-57). */
  SnapshotDraw<S> mixed(Condition condition, long seed) {
    SnapshotDraw<S> random = random();
    SnapshotDraw<S> logTimes = logTimes(condition, seed);
    Streams streams = new Streams(seed);
    return sample -> {
      RandomStream stream = streams.stream(Purpose.SNAPSHOT_TIME, condition.key(), sample);
      stream.uniform(); // the time, if it is one of log_times
      return (stream.uniform() < 0.5 ? random : logTimes).pool(sample);
    };
  }

  /** The snapshots of each group; none without groups. */
  List<SnapshotPool<S>> pools() {
    return IntStream.range(0, groups).mapToObj(this::pool).toList();
  }

  /** The snapshots of one group, as a pool. */
  SnapshotPool<S> pool(int group) {
    if (byRuns) {
      return new PartOfPool<>(all, group, groups, runs(group), 0, all.records(), group);
    }
    int first = firstRecord(group);
    int records = firstRecord(group + 1) - first;
    return new PartOfPool<>(all, 0, 1, all.runs(), first, records, group);
  }

  /** Of one of the groups of runs. */
  private int runs(int group) {
    return (all.runs() - group + groups - 1) / groups;
  }

  private int firstRecord(int group) {
    return (int) (((long) group * all.records() + groups - 1) / groups);
  }

  /**
   * Every so many runs of a pool, and a range of records.
   *
   * @param all the pool
   * @param firstRun the first of the runs
   * @param step from one of them to the next
   * @param runs their number
   * @param firstRecord the first of the records
   * @param records their number
   * @param group that all of them are of; -1 without groups
   * @param <S> state
   */
  record PartOfPool<S>(
      SnapshotPool<S> all,
      int firstRun,
      int step,
      int runs,
      int firstRecord,
      int records,
      int group)
      implements SnapshotPool<S> {
    @Override
    public S snapshot(int run, int record) {
      return all.snapshot(firstRun + step * run, firstRecord + record);
    }

    @Override
    public S later(int run, int record, int steps) {
      return all.later(firstRun + step * run, firstRecord + record, steps);
    }

    @Override
    public int preparation(int run) {
      return all.preparation(firstRun + step * run);
    }

    @Override
    public int place(int record) {
      return all.place(firstRecord + record);
    }

    @Override
    public double age(int record) {
      return all.age(firstRecord + record);
    }

    @Override
    public double lasts(int record) {
      return all.lasts(firstRecord + record);
    }
  }
}
