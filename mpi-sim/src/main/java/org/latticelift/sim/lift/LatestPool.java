package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;

/**
 * Snapshot pools on demand. Only the pool of the latest condition is held here; threads that still
 * work at an earlier one hold their own reference.
 */
final class LatestPool<S> {
  private final LatticeSystem<S> system;
  private final SnapshotsFile snapshots;
  private final IntUnaryOperator preparation;
  private Condition condition;
  private SnapshotPool<S> pool;

  LatestPool(LatticeSystem<S> system, SnapshotsFile snapshots, IntUnaryOperator preparation) {
    this.preparation = preparation;
    this.system = system;
    this.snapshots = snapshots;
  }

  synchronized SnapshotPool<S> at(Condition wanted) {
    if (!wanted.equals(condition)) {
      pool = new StoredSnapshots<>(snapshots, wanted, system.codec(), system.small(), preparation);
      condition = wanted;
    }
    return pool;
  }

  /**
   * The snapshots of one condition, held as bytes (a small system's snapshots are small) and
   * decoded when asked for.
   */
  static final class StoredSnapshots<S> implements SnapshotPool<S> {
    private final byte[] bytes;
    private final int stateBytes;
    private final int runs;
    private final int records;

    /** Runs are recorded at the same times. */
    private final double[] times;

    private final StateCodec<S> codec;
    private final Extent extent;
    private final IntUnaryOperator preparation;

    StoredSnapshots(
        SnapshotsFile file,
        Condition condition,
        StateCodec<S> codec,
        Extent extent,
        IntUnaryOperator preparation) {
      this.preparation = preparation;
      this.codec = codec;
      this.extent = extent;
      int count = file.count(condition, codec, extent);
      bytes = file.allStates(condition, codec);
      stateBytes = bytes.length / count;
      int[] run = file.run(condition);
      runs = (int) Arrays.stream(run).distinct().count();
      records = count / runs;
      requireEqualRuns(run, file, condition);
      times = Arrays.copyOf(file.time(condition), records);
    }

    private void requireEqualRuns(int[] run, SnapshotsFile file, Condition condition) {
      for (int i = 0; i < run.length; i++) {
        if (run[i] != i / records) {
          throw LatticeLiftException.badData(
              "runs of different length",
              file.file() + " " + condition.name(),
              "the same number of snapshots in every run, run after run",
              "Simulate again");
        }
      }
    }

    @Override
    public int runs() {
      return runs;
    }

    @Override
    public int records() {
      return records;
    }

    @Override
    public S snapshot(int run, int record) {
      int from = (run * records + record) * stateBytes;
      return codec.decode(Arrays.copyOfRange(bytes, from, from + stateBytes), extent);
    }

    @Override
    public int preparation(int run) {
      return preparation.applyAsInt(run);
    }

    @Override
    public double age(int record) {
      return times[record];
    }

    @Override
    public double lasts(int record) {
      int from = Math.min(record, records - 2);
      return from < 0 ? 0 : times[from + 1] - times[from];
    }
  }

  /**
   * Fits what large states are drawn from, where a system asks for it: a task for each condition,
   * each committed, then joined.
   *
   * @param model what is fitted
   * @param conditions of the system
   * @param groups deals the snapshots of a condition (EX-07)
   * @param context of the stage
   * @param <S> state
   */
  record UpsamplingFit<S>(
      FittedUpsampling<S> model,
      List<Condition> conditions,
      Function<SnapshotPool<S>, DealtSnapshots<S>> groups,
      StageContext context) {
    static final String PARTS = "parts/fit-";
    private static final String LABEL = "fit";

    /** The name of the file that a system needs, if any. */
    static Optional<String> file(LatticeSystem<?> system) {
      return system.options().upsampling().map(FittedUpsampling::file);
    }

    /** The system with its fit, or as it was. */
    static <S> LatticeSystem<S> of(
        LatticeSystem<S> system,
        Function<SnapshotPool<S>, DealtSnapshots<S>> groups,
        StageContext context,
        LatestPool<S> pools) {
      return system
          .options()
          .upsampling()
          .map(
              model -> new UpsamplingFit<>(model, system.conditions(), groups, context).made(pools))
          .orElse(system);
    }

    private LatticeSystem<S> made(LatestPool<S> pools) {
      if (!context.tasks().decide(() -> context.complete(model.file()))) {
        try (Progress progress = context.progress().start(LABEL, conditions.size())) {
          context
              .tasks()
              .run(conditions.size(), task -> fit(conditions.get((int) task), pools, progress));
        }
        context.tasks().once(this::join);
      }
      return model.fitted(context.file(model.file()));
    }

    private String part(Condition condition) {
      return PARTS + condition.name() + ".h5";
    }

    private void fit(Condition condition, LatestPool<S> pools, Progress progress) {
      if (!context.complete(part(condition))) {
        context.commit(
            part(condition),
            beside -> {
              try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
                DealtSnapshots<S> dealt = groups.apply(pools.at(condition));
                Streams streams = new Streams(context.seed());
                model.fit(
                    condition,
                    dealt.all(),
                    dealt.pools(),
                    streams,
                    (group, groups, stage, stages) -> {
                      context.stop().check();
                      progress.step(0, state(condition, group, groups, stage, stages));
                    },
                    writer);
              }
            });
      }
      progress.step(1);
    }

    private static String state(Condition condition, int group, int groups, int stage, int stages) {
      String runs = group == 0 ? "all runs" : "group " + group + " of " + groups;
      return condition.name() + ", " + runs + ", stage " + stage + " of " + stages;
    }

    private void join() {
      RunDirectory directory = context.directory();
      List<Path> parts = conditions.stream().map(c -> directory.file(part(c))).toList();
      directory.commit(
          model.file(),
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              Path input = directory.file(SnapshotsFile.NAME);
              context.provenance().withInput(input).writeTo(writer);
              model.join(parts, writer);
            }
          });
      conditions.forEach(c -> directory.delete(part(c)));
    }
  }

  /**
   * All snapshots of a condition, and which of them was asked for first since {@link #forget}:
   * where a large state comes from. Serves one thread.
   */
  static final class SourcePool<S> implements SnapshotPool<S> {
    private final SnapshotPool<S> all;
    private int run = -1;
    private int record = -1;

    SourcePool(SnapshotPool<S> all) {
      this.all = all;
    }

    void forget() {
      run = -1;
      record = -1;
    }

    /** The run of the first snapshot; -1 if there was none. */
    int run() {
      return run;
    }

    /** The record of the first snapshot; -1 if there was none. */
    int record() {
      return record;
    }

    @Override
    public int runs() {
      return all.runs();
    }

    @Override
    public int records() {
      return all.records();
    }

    @Override
    public S snapshot(int wantedRun, int wantedRecord) {
      if (run < 0) {
        run = wantedRun;
        record = wantedRecord;
      }
      return all.snapshot(wantedRun, wantedRecord);
    }

    @Override
    public S later(int wantedRun, int wantedRecord, int steps) {
      return all.later(wantedRun, wantedRecord, steps);
    }

    @Override
    public int preparation(int wanted) {
      return all.preparation(wanted);
    }

    @Override
    public int place(int record) {
      return all.place(record);
    }

    @Override
    public double age(int record) {
      return all.age(record);
    }

    @Override
    public double lasts(int record) {
      return all.lasts(record);
    }

    @Override
    public int group() {
      return all.group();
    }
  }
}
