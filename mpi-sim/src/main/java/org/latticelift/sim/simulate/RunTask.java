package org.latticelift.sim.simulate;

import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * One run: initial state, then one step after the other, each recorded. A step is made in pieces,
 * and after each of them an observer may save the run or end it. Where it stands and what it
 * recorded is in its {@link RunStore.Run} when it was saved, so that a continued run is bit for bit
 * the uninterrupted one.
 *
 * @param <S> state
 */
final class RunTask<S> {
  private final RunStore.Run<S> store;
  private final Dynamics<S> dynamics;

  RunTask(RunStore.Run<S> store, Dynamics<S> dynamics) {
    this.store = store;
    this.dynamics = dynamics;
  }

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

  /** The run between two checkpoints. */
  private final class Live implements SavableRun {
    private Duration step;
    private S state;
    private RandomStream stream;
    private int records;
    private int segments;
    private double seconds;
    private long events;
    private Trajectory piece = new Trajectory(store.observables());

    /** Null between two records. */
    private Stretch stretch;

    private boolean saved;

    /** Goes on to the next place where the run can be saved; true where that is a record. */
    private boolean advance() {
      if (stretch == null) {
        stretch = Stretch.begin(dynamics, state, step, stream);
      }
      stretch.advance();
      saved = false;
      if (!stretch.done()) {
        return false;
      }
      Progression made = stretch.made();
      stretch = null;
      records++;
      seconds += made.time();
      events += made.events();
      record();
      return true;
    }

    private void record() {
      piece.add(seconds, events, dynamics.observe(state));
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
      Optional<byte[]> memory = Optional.ofNullable(stretch).map(Stretch::save);
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
    position
        .stretch()
        .ifPresent(
            memory ->
                live.stretch =
                    Stretch.resume(dynamics, live.state, live.step, live.stream, memory));
    return live;
  }
}
