package org.latticelift.sim.lift;

import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
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
    return new SnapshotDraw<>() {
      @Override
      public SnapshotPool<S> pool(int sample) {
        return DealtSnapshots.this.pool(group(sample));
      }

      @Override
      public int group(int sample) {
        return ofSample(sample);
      }
    };
  }

  /** One snapshot for each sample, in a random order that uses each once before any twice. */
  SnapshotDraw<S> once(Condition condition, long seed) {
    int records = all.records();
    long count = (long) all.runs() * records;
    Permutation order =
        new Permutation(count, new Streams(seed).stream(Purpose.SNAPSHOT_ORDER, condition.key()));
    return new SnapshotDraw<>() {
      private int run(int sample) {
        return (int) (order.of(sample % count) / records);
      }

      private int record(int sample) {
        return (int) (order.of(sample % count) % records);
      }

      @Override
      public SnapshotPool<S> pool(int sample) {
        return new PartOfPool<>(all, run(sample), 1, 1, record(sample), 1);
      }

      @Override
      public int group(int sample) {
        return dealt() ? of(run(sample), record(sample)) : -1;
      }
    };
  }

  /**
   * For each sample the snapshots of one record, record r with probability ln((r + 2) / (r + 1)) /
   * ln(records + 1), of all runs or those of its group.
   */
  SnapshotDraw<S> logTimes(Condition condition, long seed) {
    Streams streams = new Streams(seed);
    return new SnapshotDraw<>() {
      private int record(int sample) {
        double even = streams.stream(Purpose.SNAPSHOT_TIME, condition.key(), sample).uniform();
        return (int) StrictMath.pow(all.records() + 1.0, even) - 1;
      }

      @Override
      public SnapshotPool<S> pool(int sample) {
        boolean part = dealt() && byRuns;
        int group = part ? group(sample) : 0;
        int step = part ? groups : 1;
        int runs = (all.runs() - group + step - 1) / step;
        return new PartOfPool<>(all, group, step, runs, record(sample), 1);
      }

      @Override
      public int group(int sample) {
        if (!dealt()) {
          return -1;
        }
        return byRuns ? ofSample(sample) : of(0, record(sample));
      }
    };
  }

  /** The snapshots of one group, as a pool. */
  SnapshotPool<S> pool(int group) {
    if (byRuns) {
      int runs = (all.runs() - group + groups - 1) / groups;
      return new PartOfPool<>(all, group, groups, runs, 0, all.records());
    }
    int first = firstRecord(group);
    return new PartOfPool<>(all, 0, 1, all.runs(), first, firstRecord(group + 1) - first);
  }

  private int firstRecord(int group) {
    return (int) (((long) group * all.records() + groups - 1) / groups);
  }
}
