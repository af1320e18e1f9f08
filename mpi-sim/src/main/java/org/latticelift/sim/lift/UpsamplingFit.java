package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.FittedUpsampling;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Fits what large states are drawn from, where a system asks for it: a task for each condition,
 * each committed, then joined.
 *
 * @param system that asks
 * @param name of the file
 * @param groups deals the snapshots of a condition (EX-07)
 * @param context of the stage
 * @param <S> state
 */
record UpsamplingFit<S>(
    FittedUpsampling<S> system,
    String name,
    Function<SnapshotPool<S>, DealtSnapshots<S>> groups,
    StageContext context) {
  static final String PARTS = "parts/fit-";
  private static final String LABEL = "fit";

  /** The name of the file that a system needs, if any. */
  static Optional<String> file(LiftableSystem<?> system) {
    return system instanceof FittedUpsampling<?> fitted ? fitted.fittedFile() : Optional.empty();
  }

  /** The system with its fit, or as it was. */
  static <S> LiftableSystem<S> of(
      LiftableSystem<S> system,
      Function<SnapshotPool<S>, DealtSnapshots<S>> groups,
      StageContext context,
      LatestPool<S> pools) {
    Optional<String> name = file(system);
    return name.isPresent() && system instanceof FittedUpsampling<S> fitted
        ? new UpsamplingFit<>(fitted, name.get(), groups, context).made(pools)
        : system;
  }

  private LiftableSystem<S> made(LatestPool<S> pools) {
    RunDirectory directory = context.directory();
    if (!context.tasks().decide(() -> directory.complete(name))) {
      List<Condition> conditions = system.conditions();
      try (Progress progress = context.progress().start(LABEL, conditions.size())) {
        context
            .tasks()
            .run(conditions.size(), task -> fit(conditions.get((int) task), pools, progress));
      }
      context.tasks().once(this::join);
    }
    return system.fitted(directory.file(name));
  }

  private String part(Condition condition) {
    return PARTS + condition.name() + ".h5";
  }

  private void fit(Condition condition, LatestPool<S> pools, Progress progress) {
    RunDirectory directory = context.directory();
    if (!directory.complete(part(condition))) {
      directory.commit(
          part(condition),
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              DealtSnapshots<S> dealt = groups.apply(pools.at(condition));
              Streams streams = new Streams(context.seed());
              system.fit(
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
    List<Path> parts = system.conditions().stream().map(c -> directory.file(part(c))).toList();
    directory.commit(
        name,
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            Path input = directory.file(SnapshotsFile.NAME);
            context.provenance().withInput(input).writeTo(writer);
            system.join(parts, writer);
          }
        });
    system.conditions().forEach(c -> directory.delete(part(c)));
  }
}
