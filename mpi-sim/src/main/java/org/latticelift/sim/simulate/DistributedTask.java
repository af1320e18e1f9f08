package org.latticelift.sim.simulate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedRun;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.PhaseCost;

/**
 * One run that all ranks make together: cycle after cycle, a record at the end of every stretch. It
 * is saved as the log first, then the state beside the one before, then the position that names
 * both; so what was saved earlier stands until the new one is whole.
 */
final class DistributedTask<S> implements SavableRun {
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
   * Continues, or begins, until the run has so many records after the initial one; collective.
   *
   * @param steps asked for what passes between two records where the run begins
   * @param observer told of every cycle and record on all ranks; it saves the run
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
    return bytes.length == 0 ? Optional.empty() : Optional.of(RunPosition.of(bytes, "checkpoint"));
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
    if (first) {
      piece.add(live.time(), live.events(), values);
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
