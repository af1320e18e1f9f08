package org.latticelift.learn.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition.BlockObserver;
import org.latticelift.learn.ensemble.EnsembleConfig.EnsembleSize;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.system.Duration.StepLimit;

/**
 * The stage {@code ensemble}: {@code model.h5} to {@code ensemble.h5}. A block of trajectories is
 * one task; the first rank joins them.
 */
public final class EnsembleStage implements Stage {
  private static final double CHECKPOINT_SECONDS = 60;
  private static final double FAR = 10;
  private static final double SECONDS_PER_STEP = 3e-7;
  private static final double PLANNED_RELAXATIONS = 10;

  private final EnsembleConfig config;
  private final Planned planned;
  private final String output;
  private final double checkpointSeconds;
  private final Optional<PathPrediction.Wanted> schedule;

  /** A stage ({@code config}: the key {@code ensemble}). */
  public EnsembleStage(EnsembleConfig config, Planned planned) {
    this(config, planned, EnsembleFile.NAME, CHECKPOINT_SECONDS);
  }

  /** A stage with a file of its own ({@code config}: the key {@code ensemble}). */
  public EnsembleStage(
      EnsembleConfig config, Planned planned, String output, double checkpointSeconds) {
    this(config, planned, output, checkpointSeconds, Optional.empty());
  }

  private EnsembleStage(
      EnsembleConfig config,
      Planned planned,
      String output,
      double checkpointSeconds,
      Optional<PathPrediction.Wanted> schedule) {
    this.config = config;
    this.planned = planned;
    this.output = output;
    this.checkpointSeconds = checkpointSeconds;
    this.schedule = schedule;
  }

  /**
   * The same stage along a schedule of the condition instead of at fixed ones (EX-50): its one
   * group is that of the condition at the beginning. Horizon and conditions of the configuration
   * are not asked ({@code wanted}: the schedule in the names and units of a model).
   */
  public EnsembleStage along(PathPrediction.Wanted wanted) {
    Planned one = new Planned(1, planned.models(), planned.observables());
    return new EnsembleStage(config, one, output, checkpointSeconds, Optional.of(wanted));
  }

  @Override
  public String name() {
    return "ensemble";
  }

  @Override
  public List<String> inputs() {
    return List.of(ModelFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public List<String> temporary() {
    return KeptResults.names(kept());
  }

  @Override
  public void check() {
    EnsembleKernel kernel = config.kernel();
    kernel.check();
    plannedSize(kernel).require();
    config.where().initial().requireCount(planned.observables());
    if (!config.times().horizon().physical()) {
      TimeGrid.of(
          config.times().horizon().value(), config.times().step(), config.times().records());
      requireSteps(
          plannedTrajectories() * (config.times().horizon().value() / config.times().step()));
    }
  }

  private double plannedTrajectories() {
    double conditions = config.predicted(new double[planned.conditions()]).length;
    return conditions * planned.models() * config.trajectories();
  }

  private static void requireSteps(double steps) {
    StepLimit.require(steps, "ensemble.step, ensemble.horizon, ensemble.trajectories");
  }

  private EnsembleSize plannedSize(EnsembleKernel kernel) {
    return config.size(planned.models(), planned.observables(), kernel.block());
  }

  @Override
  public StagePlan plan() {
    long conditions = config.predicted(new double[planned.conditions()]).length;
    long trajectories = conditions * planned.models() * config.trajectories();
    double relaxations =
        config.times().horizon().physical()
            ? PLANNED_RELAXATIONS
            : config.times().horizon().value();
    double seconds = SECONDS_PER_STEP * trajectories * relaxations / config.times().step();
    long kept =
        config.keepTrajectories()
            ? trajectories * config.times().records() * Float.BYTES * planned.observables()
            : 0;
    long bytes = kept + conditions * config.times().records() * 48L * (8 + 2L * planned.models());
    String size = trajectories + " trajectories";
    double memory = conditions * config.size(planned.models(), planned.observables(), 1).memory();
    return new StagePlan(
        name(), conditions * planned.models(), size, seconds, bytes, new PlannedMemory(memory, 0));
  }

  private String kept() {
    return "checkpoint/" + output;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    SdeModel model = ModelFile.read(context.file(ModelFile.NAME));
    List<Ensemble> ensembles =
        schedule
            .map(wanted -> List.of(PathPrediction.along(model, config, wanted, context.seed())))
            .orElseGet(() -> Ensemble.isothermal(model, config, context.seed()));
    requireSteps(ensembles.stream().mapToDouble(Ensemble::work).sum());
    context.tasks().once(() -> tellStarts(context, ensembles));
    EnsembleTasks tasks = new EnsembleTasks(ensembles);
    KeptResults kept =
        new KeptResults(context.directory(), kept(), checkpointSeconds, context.stop());
    byte[][] blocks = kept.keeping(() -> integrate(context, tasks, kept));
    context
        .tasks()
        .once(
            () -> {
              List<Trajectories> all = tasks.join(blocks);
              tellDropped(context, ensembles, all);
              write(context, model, ensembles, all, statistics(context, all, model.resampling()));
              kept.delete();
            });
  }

  private static byte[][] integrate(StageContext context, EnsembleTasks tasks, KeptResults kept) {
    try (Progress progress = context.progress().start("ensemble", tasks.count())) {
      return context
          .tasks()
          .collect(
              tasks.count(),
              task -> {
                byte[] block = tasks.run(task, kept);
                synchronized (progress) {
                  progress.step(1);
                }
                return block;
              });
    }
  }

  /** An equation knows nothing of states that none of its pairs is near to. */
  private static void tellStarts(StageContext context, List<Ensemble> ensembles) {
    List<Ensemble> far = ensembles.stream().filter(each -> each.noveltyOfStart() > FAR).toList();
    if (!far.isEmpty()) {
      String line =
          String.format(
              Locale.ROOT,
              "warning: trajectories of %s start up to %.0f times as far from the states of the"
                  + " pairs as these are from one another, and may go anywhere; set"
                  + " ensemble.initial, or let pairs begin there, too (upsample)",
              far.stream().map(each -> each.condition().name()).collect(Collectors.joining(", ")),
              far.stream().mapToDouble(Ensemble::noveltyOfStart).max().orElseThrow());
      tell(context, List.of(line));
    }
  }

  private static void tellDropped(
      StageContext context, List<Ensemble> ensembles, List<Trajectories> all) {
    List<String> lines = new ArrayList<>();
    for (int c = 0; c < all.size(); c++) {
      int count = all.get(c).models() * all.get(c).perModel();
      int left = Arrays.stream(all.get(c).bounded()).mapToInt(each -> each.length).sum();
      if (left < count) {
        String which = count - left + " of " + count + " trajectories";
        lines.add(which + " diverged and are dropped, " + ensembles.get(c).condition().name());
      }
    }
    tell(context, lines);
  }

  private static void tell(StageContext context, List<String> lines) {
    if (!lines.isEmpty()) {
      try (Progress progress = context.progress().start("ensemble", 1)) {
        lines.forEach(progress::message);
        progress.step(1);
      }
    }
  }

  private List<Statistics> statistics(
      StageContext context, List<Trajectories> all, Resampling resampling) {
    return all.stream()
        .map(
            each ->
                Statistics.of(
                    each, EnsembleConfig.levels(), resampling, context.threads(), context.stop()))
        .toList();
  }

  private void write(
      StageContext context,
      SdeModel model,
      List<Ensemble> ensembles,
      List<Trajectories> all,
      List<Statistics> statistics) {
    context.commitHdf5(
        output,
        context
            .provenance()
            .withInput(ModelFile.NAME, context.checksum(ModelFile.NAME))
            .withEngine("ensemble_engine", config.engine().name().toLowerCase(Locale.ROOT)),
        writer -> {
          EnsembleFile.describe(writer, model.map().observables(), model.resampling());
          for (int c = 0; c < ensembles.size(); c++) {
            EnsembleFile.write(
                writer,
                ensembles.get(c),
                all.get(c),
                statistics.get(c),
                model.scaling().quantities(),
                config);
          }
        });
  }

  /** The blocks of all conditions, numbered one after the other. */
  static final class EnsembleTasks {
    private final List<Ensemble> ensembles;
    private final int[] first;

    /**
     * @param ensembles one for each condition
     */
    EnsembleTasks(List<Ensemble> ensembles) {
      this.ensembles = List.copyOf(ensembles);
      this.first = new int[ensembles.size() + 1];
      for (int c = 0; c < ensembles.size(); c++) {
        first[c + 1] = Math.addExact(first[c], ensembles.get(c).tasks());
      }
    }

    int count() {
      return first[ensembles.size()];
    }

    /**
     * One block, encoded: the result depends on the number only ({@code kept}: where blocks are
     * that were made, wholly or in part).
     */
    byte[] run(int task, KeptResults kept) {
      return kept.result(task, () -> made(task, new KeptBlock(kept.begin(task))));
    }

    private byte[] made(int task, KeptBlock kept) {
      int condition = 0;
      while (task >= first[condition + 1]) {
        condition++;
      }
      return ensembles.get(condition).run(task - first[condition], kept.start(), kept).encode();
    }

    /**
     * Joins the blocks to the trajectories of each condition ({@code blocks}: by task; each is let
     * go as soon as it is joined, since together they take as much memory as the trajectories).
     */
    List<Trajectories> join(byte[][] blocks) {
      List<Trajectories> joined = new ArrayList<>();
      for (int c = 0; c < ensembles.size(); c++) {
        Ensemble ensemble = ensembles.get(c);
        Trajectories all = ensemble.room();
        for (int task = first[c]; task < first[c + 1]; task++) {
          all.put(ensemble.firstTrajectory(task - first[c]), blocks[task]);
          blocks[task] = null;
        }
        joined.add(all);
      }
      return joined;
    }

    /**
     * Keeps how far a block has come on disk, and ends it when a stop is requested ({@code kept}:
     * of its task).
     */
    record KeptBlock(KeptResults.Under kept) implements BlockObserver {
      /** Where the block was interrupted. */
      BlockPosition start() {
        return kept.state().map(BlockPosition::of).orElse(BlockPosition.START);
      }

      @Override
      public boolean due() {
        return kept.due();
      }

      @Override
      public void reached(BlockPosition position) {
        kept.keep(position.bytes());
      }
    }
  }
}
