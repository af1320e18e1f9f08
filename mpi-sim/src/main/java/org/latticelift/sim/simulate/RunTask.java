package org.latticelift.sim.simulate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.simulate.RunStore.RunPosition;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * One run: initial state, then one step after the other, each recorded. A step is made in pieces,
 * and after each of them an observer may save the run or end it. Where it stands and what it
 * recorded is in its {@link RunStore.Run} when it was saved, so that a continued run is bit for bit
 * the uninterrupted one.
 */
record RunTask<S>(RunStore.Run<S> store, Dynamics<S> dynamics) {
  /**
   * What a run begins with; not asked where a run is continued.
   *
   * @param step what passes between two records
   * @param initial a state that the run may change
   * @param stream randomness of the dynamics
   * @param <S> state
   */
  record Start<S>(Supplier<Duration> step, Supplier<S> initial, RandomStream stream) {}

  /**
   * Continues, or begins, until the run has so many records after the initial one.
   *
   * @param records at least those on disk
   * @param start asked for what a run begins with
   * @param observer told of every piece and record; it saves the run
   */
  void extend(int records, Start<S> start, RunObserver observer) {
    Live live = store.position().map(this::restored).orElseGet(() -> begun(start));
    observer.begins(live.records);
    while (live.records < records) {
      if (live.advance()) {
        observer.recorded(live.records);
      }
      observer.paused(live);
    }
    observer.ends(live);
  }

  private final class Live implements SavableRun {
    private Duration step;
    private S state;
    private RandomStream stream;
    private int records;
    private int segments;
    private double seconds;
    private long events;
    private Trajectory piece = new Trajectory(store.observables());

    private Optional<Stretch> stretch = Optional.empty();

    private boolean saved;

    /** Goes on to the next place where the run can be saved; true where that is a record. */
    private boolean advance() {
      Stretch next = stretch.orElseGet(() -> dynamics.begin(state, step, stream));
      next.advance();
      saved = false;
      if (!next.done()) {
        stretch = Optional.of(next);
        return false;
      }
      stretch = Optional.empty();
      Progression made = next.made();
      records++;
      seconds += made.time();
      events += made.events();
      record();
      return true;
    }

    private void record() {
      piece.add(seconds, events, dynamics.observe(state));
      if (store.measures()) {
        piece.measure(dynamics.measure(state));
      }
      if (store.keepsState(records)) {
        piece.keep(store.codec().encode(state));
      }
    }

    /** The segment first, then the position that counts it. */
    @Override
    public void save() {
      if (saved) {
        return;
      }
      if (piece.size() > 0) {
        store.log().write(segments, piece);
        segments++;
        piece = new Trajectory(store.observables());
      }
      Optional<byte[]> memory = stretch.map(Stretch::save);
      byte[] saving = store.codec().save(state);
      store.save(
          new RunPosition(step, saving, stream.save(), records, segments, seconds, events, memory));
      saved = true;
    }
  }

  private Live begun(Start<S> start) {
    store.clear();
    Live live = new Live();
    live.step = start.step().get();
    live.state = start.initial().get();
    live.stream = start.stream();
    live.record();
    return live;
  }

  private Live restored(RunPosition position) {
    store.truncate(position);
    Live live = new Live();
    live.step = position.step();
    live.state = store.codec().restore(position.state(), store.extent());
    live.stream = RandomStream.restore(position.stream());
    live.records = position.records();
    live.segments = position.segments();
    live.seconds = position.time();
    live.events = position.events();
    live.saved = true;
    live.stretch =
        position
            .stretch()
            .map(memory -> dynamics.resume(live.state, live.step, live.stream, memory));
    return live;
  }

  /**
   * Told how a run gets on. Checkpoints, requests to stop, times and progress are observers; the
   * loop that makes the run knows none of them. An exception of an observer ends the run.
   */
  interface RunObserver {
    /** The run begins, or goes on ({@code records}: that it has already, after the initial one). */
    default void begins(int records) {}

    /** A record was made ({@code records}: so many by now, after the initial one). */
    default void recorded(int records) {}

    /**
     * A piece of the way to the next record was made. Here, and nowhere else, a run can be saved.
     */
    default void paused(SavableRun run) {}

    /** All records were made; the run may be saved. */
    default void ends(SavableRun run) {}

    /** All of some observers, told one after the other. */
    static RunObserver all(RunObserver... observers) {
      return new All(List.of(observers));
    }

    /** Several as one ({@code observers}: in the order in which they are told). */
    record All(List<RunObserver> observers) implements RunObserver {
      @Override
      public void begins(int records) {
        observers.forEach(each -> each.begins(records));
      }

      @Override
      public void recorded(int records) {
        observers.forEach(each -> each.recorded(records));
      }

      @Override
      public void paused(SavableRun run) {
        observers.forEach(each -> each.paused(run));
      }

      @Override
      public void ends(SavableRun run) {
        observers.forEach(each -> each.ends(run));
      }
    }
  }

  /** A run that stands between two pieces of its way. */
  interface SavableRun {
    /**
     * Puts on disk where the run stands and what it recorded since it was saved last; nothing where
     * that is there already.
     */
    void save();
  }

  /**
   * One run that all ranks make together: cycle after cycle, a record at the end of every stretch.
   * It is saved as the log first, then the state beside the one before, then the position that
   * names both; so what was saved earlier stands until the new one is whole.
   */
  static final class DistributedTask<S> implements SavableRun {
    private static final byte[] NONE = {};

    private final Communicator ranks;
    private final DistributedDynamics dynamics;
    private final RunStore<S> runs;
    private final Streams streams;
    private final boolean first;

    private RunStore.Run<S> store;
    private DistributedRun live;
    private Duration step;
    private int records;
    private int segments;
    private int generation;
    private Trajectory piece;

    DistributedTask(
        Communicator ranks, DistributedDynamics dynamics, RunStore<S> runs, Streams streams) {
      this.ranks = ranks;
      this.dynamics = dynamics;
      this.runs = runs;
      this.streams = streams;
      this.first = ranks.rank() == 0;
    }

    /**
     * Continues, or begins, until the run has so many records after the initial one; collective
     * ({@code steps}: asked for what passes between two records where the run begins; {@code
     * observer}: told of every cycle and record on all ranks; it saves the run).
     */
    void extend(
        Condition condition, int run, int wanted, Supplier<Duration> steps, RunObserver observer) {
      store = runs.run(condition, run);
      Optional<RunPosition> position = agreed(ranks, store);
      observer.begins(Math.min(position.map(RunPosition::records).orElse(0), wanted));
      if (position.filter(p -> p.records() >= wanted).isPresent()) {
        return;
      }
      if (position.isPresent()) {
        restore(position.get(), condition, run);
      } else {
        begin(condition, run, steps);
      }
      while (records < wanted) {
        if (live.cycle()) {
          record(wanted);
          observer.recorded(records);
        }
        observer.paused(this);
      }
      observer.ends(this);
    }

    /** Where a run stands, as the first rank reads it. */
    static Optional<RunPosition> agreed(Communicator ranks, RunStore.Run<?> store) {
      byte[] mine =
          ranks.rank() == 0 ? store.position().map(RunPosition::toBytes).orElse(NONE) : NONE;
      byte[] bytes = ranks.broadcast(mine, 0);
      return bytes.length == 0
          ? Optional.empty()
          : Optional.of(RunPosition.of(bytes, "checkpoint"));
    }

    /** The file of the state that a position names. */
    static Path state(RunStore.Run<?> store, RunPosition position) {
      return store.file(new String(position.state(), StandardCharsets.UTF_8));
    }

    private void begin(Condition condition, int run, Supplier<Duration> durations) {
      if (first) {
        store.clear();
      }
      ranks.barrier();
      step = agreed(durations);
      live = dynamics.start(ranks, condition, run, streams);
      piece = new Trajectory(store.observables());
      observe();
      live.begin(step);
    }

    /** Only the first rank may ask for files outside of tasks. */
    private Duration agreed(Supplier<Duration> durations) {
      byte[] mine = NONE;
      if (first) {
        Duration duration = durations.get();
        mine =
            ByteBuffer.allocate(Integer.BYTES + Double.BYTES)
                .putInt(duration.kind().ordinal())
                .putDouble(duration.value())
                .array();
      }
      ByteBuffer bytes = ByteBuffer.wrap(ranks.broadcast(mine, 0));
      return new Duration(Duration.Kind.values()[bytes.getInt()], bytes.getDouble());
    }

    private void restore(RunPosition position, Condition condition, int run) {
      if (first) {
        store.truncate(position);
      }
      step = position.step();
      records = position.records();
      segments = position.segments();
      Path saved = state(store, position);
      generation = store.generation(saved) + 1;
      live = dynamics.resume(ranks, condition, run, streams, saved);
      live.recall(position.stretch().orElse(NONE));
      piece = new Trajectory(store.observables());
    }

    private void record(int wanted) {
      records++;
      observe();
      if (records < wanted) {
        live.begin(step);
      }
    }

    private void observe() {
      double[] values = live.observe();
      double[] measured = store.measures() ? live.measure() : new double[0];
      if (first) {
        piece.add(live.time(), live.events(), values);
        piece.measure(measured);
      }
    }

    @Override
    public void save() {
      String name = store.stateName(generation++);
      if (first) {
        if (piece.size() > 0) {
          store.log().write(segments++, piece);
          piece = new Trajectory(store.observables());
        }
        runs.directory()
            .commit(
                name,
                beside -> {
                  ranks.barrier(); // the others write into the file, so an old one is gone by now
                  live.save(beside);
                });
        store.save(position(name));
      } else {
        ranks.barrier();
        live.save(runs.directory().beside(name));
      }
      ranks.barrier();
    }

    private RunPosition position(String state) {
      return new RunPosition(
          step,
          state.getBytes(StandardCharsets.UTF_8),
          NONE,
          records,
          segments,
          live.time(),
          live.events(),
          Optional.of(live.memory()).filter(memory -> memory.length > 0));
    }

    /** Where time and messages went; empty where nothing was to do. */
    Optional<PhaseCost> cost() {
      return Optional.ofNullable(live).map(DistributedRun::cost);
    }
  }
}
