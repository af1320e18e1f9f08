package org.latticelift.learn.barrierfit;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** {@code barrier sample}: environments from many sources, barriers from a teacher. */
public final class BarrierSampleStage implements Stage {
  /** The table to train on. */
  public static final String TABLE = "table.h5";

  /** The table of fresh environments. */
  public static final String FRESH = "fresh.h5";

  private static final double SECONDS_PER_JUMP = 2.5e-6;

  private final SampleConfig spec;
  private final Teacher teacher;

  /**
   * The stage.
   *
   * @param spec what to sample
   * @param barrier the teacher, as section {@code barrier} of a simulation
   * @param crystal of the environments
   */
  public BarrierSampleStage(SampleConfig spec, ConfigNode barrier, Crystal crystal) {
    this.spec = spec;
    this.teacher = Teacher.of(barrier, crystal, spec.species());
  }

  @Override
  public String name() {
    return "barrier sample";
  }

  @Override
  public StagePlan plan() {
    long jumps = 0;
    for (SampleGroup group : spec.groups()) {
      if (group instanceof KmcGroupConfig kmc) {
        jumps += kmc.members() * kmc.stages().stream().mapToLong(KmcStageConfig::jumps).sum();
      }
    }
    Crystal crystal = teacher.model().crystal();
    long bytes = crystal.environmentSize() + Float.BYTES * (crystal.hopCount() + 1L);
    int runs = spec.freshEnvironments() > 0 ? 2 : 1;
    long environments = (long) spec.environments() + spec.freshEnvironments();
    return new StagePlan(
        name(),
        spec.groups().size(),
        environments + " environments, " + runs * jumps + " jumps",
        runs * jumps * SECONDS_PER_JUMP,
        environments * bytes);
  }

  @Override
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>(List.of(TABLE));
    if (spec.freshEnvironments() > 0) {
      outputs.add(FRESH);
    }
    return outputs;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    TaskDistributor tasks = context.tasks();
    TableSampler sampler = sampler(context);
    if (missing(context, TABLE)) {
      byte[][] members = sampler.members();
      tasks.once(() -> commit(context, TABLE, sampler.table(members, teacher.origin())));
    }
    if (spec.freshEnvironments() > 0 && missing(context, FRESH)) {
      byte[][] members = sampler.freshMembers();
      tasks.once(
          () -> {
            BarrierTable table = BarrierTableFile.read(context.directory().file(TABLE));
            commit(context, FRESH, sampler.fresh(members, table));
          });
    }
  }

  private TableSampler sampler(StageContext context) {
    SampleContext sample = new SampleContext(teacher.model(), spec.species(), context.stop());
    return new TableSampler(
        spec, sample, context.seed(), context.threads(), context.tasks(), context.progress());
  }

  private static boolean missing(StageContext context, String name) {
    return !context.tasks().decide(() -> context.directory().complete(name));
  }

  private static void commit(StageContext context, String name, BarrierTable table) {
    context
        .directory()
        .commit(
            name,
            file -> {
              try (Hdf5Writer writer = Hdf5Writer.create(file)) {
                BarrierTableFile.write(table, writer);
                context.provenance().writeTo(writer);
              }
            });
  }
}
