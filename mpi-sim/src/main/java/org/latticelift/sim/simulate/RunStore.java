package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StateCodec;

/**
 * The runs of a stage on disk while the stage is not complete: for each run its log and where it
 * stands.
 *
 * @param <S> state
 */
final class RunStore<S> {
  private static final String CHECKPOINTS = "checkpoint/";

  private final RunDirectory directory;
  private final MicroscopicSystem<S> system;
  private final String stage;
  private final Extent extent;
  private final int runs;
  private final int statesEvery;

  /**
   * @param stage name, the first word of file names
   * @param extent of the states
   * @param runs per condition
   * @param statesEvery records from one kept state to the next; 0 keeps none
   */
  RunStore(
      RunDirectory directory,
      MicroscopicSystem<S> system,
      String stage,
      Extent extent,
      int runs,
      int statesEvery) {
    this.directory = directory;
    this.system = system;
    this.stage = stage;
    this.extent = extent;
    this.runs = runs;
    this.statesEvery = statesEvery;
  }

  RunDirectory directory() {
    return directory;
  }

  MicroscopicSystem<S> system() {
    return system;
  }

  Extent extent() {
    return extent;
  }

  int runs() {
    return runs;
  }

  int statesEvery() {
    return statesEvery;
  }

  /** What the names of the files of all runs of a stage begin with. */
  static List<String> names(String stage) {
    return List.of(CHECKPOINTS + stage + "-", RunLog.FOLDER + stage + "-");
  }

  Run<S> run(Condition condition, int run) {
    return new Run<>(this, stage + "-" + condition.name() + "-" + run);
  }

  /** Records after the initial one, the same number in all runs of a condition. */
  int records(Condition condition) {
    return run(condition, 0).finished().records();
  }

  /** Records of which the state is kept. */
  int states(Condition condition) {
    return statesEvery == 0 ? 0 : records(condition) / statesEvery + 1;
  }

  /** All records of a condition, run by run, without states. */
  List<Trajectory> trajectories(Condition condition) {
    return IntStream.range(0, runs).mapToObj(run -> run(condition, run).trajectory()).toList();
  }

  /** Removes all runs, once their results are committed. */
  void delete() {
    for (Condition condition : system.conditions()) {
      for (int run = 0; run < runs; run++) {
        run(condition, run).clear();
      }
    }
  }

  /**
   * One run.
   *
   * @param <S> state
   */
  static final class Run<S> {
    private final RunStore<S> store;
    private final RunLog log;
    private final String checkpoint;
    private final String name;

    private Run(RunStore<S> store, String name) {
      this.store = store;
      this.name = name;
      this.log = new RunLog(store.directory, name, store.system, store.system.codec().dataset());
      this.checkpoint = CHECKPOINTS + name + ".ckpt";
    }

    RunLog log() {
      return log;
    }

    StateCodec<S> codec() {
      return store.system.codec();
    }

    Extent extent() {
      return store.extent;
    }

    int observables() {
      return store.system.macroscopics().size();
    }

    boolean keepsState(int record) {
      return store.statesEvery > 0 && record % store.statesEvery == 0;
    }

    /** Where the run stands; empty where it has not begun, or a part of its log is lost. */
    Optional<RunPosition> position() {
      if (!store.directory.complete(checkpoint)) {
        return Optional.empty();
      }
      RunPosition position = RunPosition.read(store.directory.file(checkpoint));
      return Optional.of(position).filter(p -> log.complete(p.segments()));
    }

    /** Where a run ended that was made. */
    RunPosition finished() {
      return position().orElseThrow(() -> new IllegalStateException(checkpoint));
    }

    void save(RunPosition position) {
      store.directory.commit(checkpoint, position::write);
    }

    /** Drops what was logged after the checkpoint. */
    void truncate(RunPosition position) {
      log.truncate(position.segments());
    }

    Trajectory trajectory() {
      return log.read(finished().segments());
    }

    void forEachSegment(RunLog.Visitor visitor) {
      log.forEach(finished().segments(), visitor);
    }

    S last() {
      return codec().restore(finished().state(), store.extent);
    }

    /** Name of the file of a distributed state; two take turns. */
    String stateName(int generation) {
      return CHECKPOINTS + name + (generation % 2 == 0 ? ".a" : ".b") + ".state";
    }

    /** Which of the two a file is. */
    int generation(Path state) {
      return state.equals(file(stateName(0))) ? 0 : 1;
    }

    Path file(String relative) {
      return store.directory.file(relative);
    }

    void clear() {
      store.directory.delete(checkpoint);
      store.directory.delete(stateName(0));
      store.directory.delete(stateName(1));
      log.truncate(0);
    }
  }
}
