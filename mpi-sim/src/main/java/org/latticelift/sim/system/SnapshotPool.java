package org.latticelift.sim.system;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.sim.random.RandomStream;

/**
 * Which snapshots of the small system there are at one condition, and where: runs by records, on a
 * common grid of record times (D_s of ME-80), or a part of them. {@code S}: state.
 */
public final class SnapshotPool<S> {
  private final Source<S> source;
  private final SnapshotObserver observer;
  private final double[] times;
  private final IntUnaryOperator preparations;
  private final Part part;
  private final int group;

  private SnapshotPool(
      Source<S> source,
      SnapshotObserver observer,
      double[] times,
      IntUnaryOperator preparations,
      Part part,
      int group) {
    this.source = source;
    this.observer = observer;
    this.times = times;
    this.preparations = preparations;
    this.part = part;
    this.group = group;
  }

  /** Where states come from. */
  @FunctionalInterface
  public interface Source<S> {
    /**
     * A state that must not be modified ({@code run}, {@code record}: from 0, of all there are).
     */
    S at(int run, int record);
  }

  /** Is told which snapshots are asked for, by their places among all there are. */
  @FunctionalInterface
  public interface SnapshotObserver {
    /** One is about to be read. */
    void asked(int run, int record);
  }

  /**
   * Some runs, and a range of records.
   *
   * @param run the numbers of the runs, at least one
   * @param firstRecord the first of the records
   * @param records their number, at least 1
   */
  public record Part(int[] run, int firstRecord, int records) {
    /** Every so many runs ({@code step}: from one of them to the next). */
    public Part(int firstRun, int step, int runs, int firstRecord, int records) {
      this(IntStream.range(0, runs).map(k -> firstRun + step * k).toArray(), firstRecord, records);
    }

    /** Number of the runs. */
    public int runs() {
      return run.length;
    }

    private int number(int run) {
      return this.run[run];
    }
  }

  /** Whole runs of one kind, all in one pool; when they were recorded is not known. */
  public static <S> SnapshotPool<S> of(int runs, int records, Source<S> source) {
    Part all = new Part(0, 1, runs, 0, records);
    return new SnapshotPool<>(source, (run, record) -> {}, new double[0], run -> 0, all, -1);
  }

  /**
   * The same of runs that were recorded at known times and not all begun alike.
   *
   * @param recordTimes from the beginning of a run to each of its records, in the unit of the
   *     system
   * @param preparationOfRun the same number for runs from the same kind of state
   */
  public SnapshotPool<S> with(double[] recordTimes, IntUnaryOperator preparationOfRun) {
    return new SnapshotPool<>(source, observer, recordTimes, preparationOfRun, part, group);
  }

  /** Some of these snapshots ({@code ofGroup}: that has all of them, from 0; -1 without groups). */
  public SnapshotPool<S> part(Part some, int ofGroup) {
    Part within =
        new Part(
            Arrays.stream(some.run()).map(part::number).toArray(),
            place(some.firstRecord()),
            some.records());
    return new SnapshotPool<>(source, observer, times, preparations, within, ofGroup);
  }

  /** The same snapshots, and someone is told which of them are asked for. */
  public SnapshotPool<S> watched(SnapshotObserver by) {
    return new SnapshotPool<>(source, by, times, preparations, part, group);
  }

  /** The same snapshots as something else. */
  public <T> SnapshotPool<T> map(Function<S, T> as) {
    Source<T> mapped = (run, record) -> as.apply(source.at(run, record));
    return new SnapshotPool<>(mapped, observer, times, preparations, part, group);
  }

  /** Number of independent runs, at least 1. */
  public int runs() {
    return part.runs();
  }

  /** Number of records of a run, at least 1. */
  public int records() {
    return part.records();
  }

  /**
   * One snapshot ({@code run}: 0 to runs - 1; {@code record}: 0 to records - 1); a state that must
   * not be modified.
   */
  public S snapshot(int run, int record) {
    observer.asked(part.number(run), place(record));
    return source.at(part.number(run), place(record));
  }

  /** A snapshot of any run and record, all with the same probability. */
  public S any(RandomStream stream) {
    return snapshot(stream.below(runs()), stream.below(records()));
  }

  /**
   * The state that a run was in so many records after a snapshot, which may be no snapshot of this
   * part; a state that must not be modified.
   */
  public S later(int run, int record, int steps) {
    return source.at(part.number(run), place(record) + steps);
  }

  /** Place of a record in its run, from 0, which tells its age; its number unless in a part. */
  public int place(int record) {
    return part.firstRecord() + record;
  }

  /**
   * Simulated time from the beginning of a run to a record, in the unit of the system; infinite
   * where it is not known.
   */
  public double age(int record) {
    return times.length > 0 ? times[place(record)] : Double.POSITIVE_INFINITY;
  }

  /**
   * How long a run goes on from a record to the next, or from the last but one to the last, in the
   * unit of the system; 0 where it is not known. All of this time a record stands for its run.
   */
  public double lasts(int record) {
    int from = Math.min(place(record), times.length - 2);
    return from < 0 ? 0 : times[from + 1] - times[from];
  }

  /** The number of a run among all there are. */
  public int number(int run) {
    return part.number(run);
  }

  /** How a run was begun: records of one age are alike in runs that were begun alike. */
  public int preparation(int run) {
    return preparations.applyAsInt(part.number(run));
  }

  /**
   * The group that has all of these snapshots (EX-07), from 0; -1 without groups, and where the
   * snapshots of all groups are here.
   */
  public int group() {
    return group;
  }
}
