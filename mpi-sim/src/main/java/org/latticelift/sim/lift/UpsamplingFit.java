package org.latticelift.sim.lift;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;

/**
 * Fits what large states are drawn from, where a system asks for it: a task for each condition,
 * each committed, then joined.
 *
 * @param model what is fitted
 * @param conditions of the system
 * @param draws the snapshots of a condition in their groups (EX-07)
 * @param context of the stage
 * @param <S> state
 */
record UpsamplingFit<S>(
    FittedUpsampling<S> model,
    List<Condition> conditions,
    Function<Condition, SnapshotDraw<S>> draws,
    StageContext context) {
  static final String PARTS = "parts/fit-";
  private static final String LABEL = "fit";

  /** The system with its fit, or as it was. */
  static <S> LatticeSystem<S> of(
      LatticeSystem<S> system, Function<Condition, SnapshotDraw<S>> draws, StageContext context) {
    return system
        .options()
        .upsampling()
        .map(model -> new UpsamplingFit<>(model, system.conditions(), draws, context).made())
        .orElse(system);
  }

  private LatticeSystem<S> made() {
    if (!context.tasks().decide(() -> context.complete(model.file()))) {
      try (Progress progress = context.progress().start(LABEL, conditions.size())) {
        context.tasks().run(conditions.size(), task -> fit(conditions.get((int) task), progress));
      }
      context.tasks().once(this::join);
    }
    return model.fitted(context.file(model.file()));
  }

  private String part(Condition condition) {
    return PARTS + condition.name() + ".h5";
  }

  private void fit(Condition condition, Progress progress) {
    if (!context.complete(part(condition))) {
      context.commit(
          part(condition),
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              SnapshotDraw<S> draw = draws.apply(condition);
              Streams streams = new Streams(context.seed());
              model.fit(
                  condition,
                  draw.all(),
                  draw.groupPools(),
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
