package org.latticelift.sim.simulate;

import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.io.run.directory.StageContext;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;

/**
 * One run: initial state, then one step after the other, each recorded. A step is made in pieces,
 * and after each of them the run may be saved or stopped. Where it stands and what it recorded is
 * in its {@link RunStore.Run} at every checkpoint and at the end, so that a continued run is bit
 * for bit the uninterrupted one.
 *
 * @param <S> state
 */
final class RunTask<S> {
  private static final double NANOS = 1e9;

  private final StageContext context;
  private final RunStore.Run<S> store;
  private final Dynamics<S> dynamics;
  private final double checkpointSeconds;

  RunTask(
      StageContext context, RunStore.Run<S> store, Dynamics<S> dynamics, double checkpointSeconds) {
    this.context = context;
    this.store = store;
    this.dynamics = dynamics;
    this.checkpointSeconds = checkpointSeconds;
  }

  /**
   * What a run begins with; not asked where a run is continued.
   *
   * @param step what passes between two records
   * @param initial randomness of the initial state
   * @param stream randomness of the dynamics
   */
  record Start(Supplier<Duration> step, RandomStream initial, RandomStream stream) {}

  /** Told about every record. */
  interface Watch {
    /**
     * A record was made.
     *
     * @param records after the initial one
     * @param seconds of wall time it took
     */
    void recorded(int records, double seconds);
  }

  /** The run between two checkpoints. */
  private final class Live {
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
  }

  /**
   * Continues, or begins, until so many records after the initial one are on disk.
   *
   * @param records at least those on disk
   */
  void extend(int records, Start start, Watch watch) {
    Live live = store.position().map(this::restored).orElseGet(() -> begun(start));
    long checkpoint = System.nanoTime();
    long last = checkpoint;
    while (live.records < records) {
      if (live.stretch == null) {
        live.stretch = Stretch.begin(dynamics, live.state, live.step, live.stream);
      }
      live.stretch.advance();
      live.saved = false;
      long now = System.nanoTime();
      if (live.stretch.done()) {
        reached(live);
        now = System.nanoTime();
        watch.recorded(live.records, (now - last) / NANOS);
        last = now;
      }
      if (context.stop().requested() || now - checkpoint > NANOS * checkpointSeconds) {
        save(live);
        checkpoint = System.nanoTime();
        last += checkpoint - now;
      }
      context.stop().check();
    }
    save(live);
  }

  private void reached(Live live) {
    Progression step = live.stretch.made();
    live.stretch = null;
    live.records++;
    live.seconds += step.seconds();
    live.events += step.events();
    record(live);
  }

  private Live begun(Start start) {
    store.clear();
    Live live = new Live();
    live.step = start.step().get();
    live.state = dynamics.initial(store.extent(), start.initial());
    live.stream = start.stream();
    record(live);
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
    live.seconds = position.seconds();
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

  private void record(Live live) {
    live.piece.add(live.seconds, live.events, dynamics.observe(live.state));
    if (store.keepsState(live.records)) {
      live.piece.keep(store.codec().encode(live.state));
    }
  }

  /** The segment first, then the position that counts it. */
  private void save(Live live) {
    if (live.saved) {
      return;
    }
    if (live.piece.size() > 0) {
      store.log().write(live.segments, live.piece);
      live.segments++;
      live.piece = new Trajectory(store.observables());
    }
    Optional<byte[]> stretch = Optional.ofNullable(live.stretch).map(Stretch::save);
    store.save(
        new RunPosition(
            live.step,
            store.codec().save(live.state),
            live.stream.save(),
            live.records,
            live.segments,
            live.seconds,
            live.events,
            stretch));
    live.saved = true;
  }
}
