package org.latticelift.sim.lift;

import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.sim.lift.LiftConfig.DrawOrder;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SnapshotPool.Part;

/**
 * Which snapshots of a condition a training sample is made from: all of them, or those of its
 * group, which are every so many runs or a block of records (EX-07); of these one only, those of
 * one record, or any. {@code S}: state.
 */
public final class SnapshotDraw<S> {
  private static final int FEWEST_RUNS = 4;
  private static final int FEWEST_MIXED = 4;
  private static final int MOST = 8;

  private final SnapshotPool<S> all;
  private final int groups;
  private final boolean byRuns;
  private final DrawOrder order;
  private final Condition condition;
  private final Streams streams;

  /** The order of {@link DrawOrder#ONCE}. */
  private final Permutation shuffled;

  /**
   * Deals the snapshots of a condition into groups.
   *
   * @param all of the condition
   * @param mixed whether a large state is put together from snapshots of several runs
   * @param seed of the run; what is drawn depends on it and on the condition
   */
  public SnapshotDraw(
      SnapshotPool<S> all,
      SnapshotGroups groups,
      boolean mixed,
      DrawOrder order,
      Condition condition,
      long seed) {
    this.all = all;
    this.order = order;
    this.condition = condition;
    int fewest = mixed ? FEWEST_MIXED : 1;
    byRuns = all.runs() >= Math.max(FEWEST_RUNS, 2 * fewest);
    int parts = byRuns ? all.runs() : all.records();
    this.groups =
        switch (groups.rule()) {
          case NONE -> 0;
          case AUTO -> Math.min(byRuns ? parts / fewest : parts, MOST);
          case NUMBER -> Math.min(parts, groups.number());
        };
    streams = new Streams(seed);
    shuffled =
        new Permutation(
            (long) all.runs() * all.records(),
            streams.stream(Purpose.SNAPSHOT_ORDER, condition.key()));
  }

  SnapshotPool<S> all() {
    return all;
  }

  /** Number of groups; 0 without groups. */
  int groups() {
    return groups;
  }

  boolean byRuns() {
    return byRuns;
  }

  /** The snapshots that the system draws from for one sample; some or all. */
  public SnapshotPool<S> pool(int sample) {
    return switch (order) {
      case RANDOM -> random(sample);
      case ONCE -> once(sample);
      case LOG_TIMES -> logTimes(sample);
      case MIXED -> mixed(sample);
    };
  }

  /** All snapshots, or those of the group of the sample (ME-82). */
  private SnapshotPool<S> random(int sample) {
    return groups == 0 ? all : groupPool(ofSample(sample));
  }

  /** One snapshot, in a random order that uses each once before any twice. */
  private SnapshotPool<S> once(int sample) {
    long place = shuffled.of(sample % ((long) all.runs() * all.records()));
    int run = (int) (place / all.records());
    int record = (int) (place % all.records());
    return all.part(new Part(run, 1, 1, record, 1), groups == 0 ? all.group() : of(run, record));
  }

  /**
   * The snapshots of one record, record r with probability ln((r + 2) / (r + 1)) / ln(records + 1),
   * of all runs or those of the group.
   */
  private SnapshotPool<S> logTimes(int sample) {
    double even = streams.stream(Purpose.SNAPSHOT_TIME, condition.key(), sample).uniform();
    int record = (int) StrictMath.pow(all.records() + 1.0, even) - 1;
    SnapshotPool<S> runs = groups > 0 && byRuns ? groupPool(ofSample(sample)) : all;
    int group = groups == 0 || byRuns ? runs.group() : of(0, record);
    return runs.part(new Part(0, 1, runs.runs(), record, 1), group);
  }

  /** Draws by {@link #logTimes}, or from the later half of the records: these show equilibrium. */
  private SnapshotPool<S> mixed(int sample) {
    RandomStream stream = streams.stream(Purpose.SNAPSHOT_TIME, condition.key(), sample);
    stream.uniform(); // the time, if it is one of log_times
    if (stream.uniform() >= 0.5) {
      return logTimes(sample);
    }
    SnapshotPool<S> any = random(sample);
    int half = any.records() / 2;
    return any.part(new Part(0, 1, any.runs(), half, any.records() - half), any.group());
  }

  int of(int run, int record) {
    return byRuns ? run % groups : (int) ((long) record * groups / all.records());
  }

  /** The group that a sample takes its snapshots from: each as often as it has snapshots. */
  private int ofSample(int sample) {
    return of(sample % all.runs(), sample % all.records());
  }

  /** The snapshots of each group; none without groups. */
  List<SnapshotPool<S>> groupPools() {
    return IntStream.range(0, groups).mapToObj(this::groupPool).toList();
  }

  private SnapshotPool<S> groupPool(int group) {
    if (byRuns) {
      int runs = (all.runs() - group + groups - 1) / groups;
      return all.part(new Part(group, groups, runs, 0, all.records()), group);
    }
    int first = firstRecord(group);
    return all.part(new Part(0, 1, all.runs(), first, firstRecord(group + 1) - first), group);
  }

  private int firstRecord(int group) {
    return (int) (((long) group * all.records() + groups - 1) / groups);
  }
}
