package org.latticelift.sim.lift;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.ConditionDynamics;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Stages 2 and 3 (ME-03) in one stream: every sample is upsampled from small snapshots, relaxed,
 * observed, evolved in one patch and dropped. Pairs are committed shard by shard; memory does not
 * depend on the number of samples.
 *
 * @param <S> state
 */
public final class LiftStage<S> implements Stage {
  /**
   * Making and observing a large state, per site: 4 ns with {@code compact} and copies of a block,
   * 8 ns with independent tiles ({@code latticelift bench pairs}).
   */
  private static final double SITE_SECONDS = 4e-9;

  /** A large state with what is counted about it and evolves of it, in sizes of a stored one. */
  private static final double COPIES = 4;

  /** Fraction of evolutions that may meet a wall before a warning is given. */
  private static final double WALL_WARNING = 0.05;

  private final MicroscopicSystem<S> system;
  private final LiftConfig config;

  /**
   * Plans nothing yet.
   *
   * @param system the system
   * @param config what to make and keep
   */
  public LiftStage(MicroscopicSystem<S> system, LiftConfig config) {
    this.system = system;
    this.config = config;
  }

  @Override
  public String name() {
    return "lift";
  }

  @Override
  public List<String> inputs() {
    return List.of(SnapshotsFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return kept() > 0 ? List.of(PairsFile.NAME, SnapshotsFile.LARGE) : List.of(PairsFile.NAME);
  }

  private int kept() {
    return config.keep().count(config.pairs().samples());
  }

  private int shardsPerCondition() {
    int size = config.pairs().shardSamples();
    return 1 + (config.pairs().samples() - 1) / size;
  }

  @Override
  public void check() {
    system.checkLifting();
  }

  @Override
  public StagePlan plan() {
    long samples = (long) config.pairs().samples() * system.conditions().size();
    double events = samples * system.costs().eventsPerSample();
    long perPair = 8L * (2 * system.macroscopics().size() + 4);
    long perState = StateSeries.bytes(system.codec(), system.large());
    return new StagePlan(
        name(),
        (long) shardsPerCondition() * system.conditions().size(),
        String.format(
            Locale.ROOT, "%d samples of %s, %.3g events", samples, system.large().name(), events),
        events * system.costs().eventCost()
            + samples * system.costs().readSites(system.large()) * SITE_SECONDS,
        samples * perPair + (long) kept() * system.conditions().size() * perState,
        new PlannedMemory(0, COPIES * storedBytes() + system.costs().workspaceBytes()));
  }

  /** States that are kept are put together. */
  private double storedBytes() {
    Extent large = system.large();
    double share = kept() > 0 ? 1 : system.costs().storedSites(large) / large.sites();
    return share * StateSeries.bytes(system.codec(), large);
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    int shards = shardsPerCondition();
    List<Condition> conditions = system.conditions();
    try (SnapshotsFile snapshots =
        SnapshotsFile.open(context.directory().file(SnapshotsFile.NAME))) {
      ConditionDynamics<S> dynamics =
          new ConditionDynamics<>(
              c ->
                  system.dynamics(
                      c, MeanEventTime.ofSmallSystem(snapshots, system, c), context.stop()));
      LatestPool<S> pools = new LatestPool<>(system, snapshots);
      long samples = (long) config.pairs().samples() * conditions.size();
      try (Progress progress = context.progress().start(name(), samples)) {
        context
            .tasks()
            .run(
                (long) conditions.size() * shards,
                task -> {
                  Condition condition = conditions.get((int) (task / shards));
                  double eventTime = MeanEventTime.ofSmallSystem(snapshots, system, condition);
                  Duration duration = system.evolutionDuration(condition, eventTime);
                  EvolutionPlan plan =
                      new EvolutionPlanner(system, config, SITE_SECONDS)
                          .plan(dynamics.at(condition), condition, duration, eventTime);
                  make(
                      new Shard(condition, (int) (task % shards), duration, plan),
                      dynamics.at(condition),
                      pools.at(condition),
                      context,
                      new ShardObserver(context.stop(), progress));
                });
        ShardJoin<S> join = new ShardJoin<>(system, config, context);
        context
            .tasks()
            .once(
                () -> {
                  warnOfWalls(join, progress);
                  join.assemble(snapshots);
                });
      }
    }
  }

  /** A wall that is met often changes the dynamics of the patch (DI-03). */
  private void warnOfWalls(ShardJoin<S> join, Progress progress) {
    for (Condition condition : system.conditions()) {
      double blocked = join.blocked(condition);
      if (blocked > WALL_WARNING) {
        progress.message(
            String.format(
                Locale.ROOT,
                "warning: %s: %.0f %% of the evolutions met the wall of their region; widen"
                    + " evolve.buffer_cells, shorten evolve.duration, or use environment whole",
                condition.name(),
                100 * blocked));
      }
    }
  }

  private PairShard.Source source(SourcePool<S> pool) {
    if (config.keep().groups().rule() == SnapshotGroups.Rule.NONE || pool.run() < 0) {
      return PairShard.Source.NONE;
    }
    int group = config.keep().groups().of(pool.run(), pool.record(), pool);
    return new PairShard.Source(pool.run(), pool.record(), group);
  }

  /** A range of samples of one condition. */
  private record Shard(Condition condition, int index, Duration duration, EvolutionPlan plan) {
    String file() {
      return PairsFile.shard(condition, index);
    }
  }

  private void make(
      Shard shard,
      Dynamics<S> dynamics,
      SnapshotPool<S> pool,
      StageContext context,
      LiftObserver observer) {
    int size = config.pairs().shardSamples();
    int first = shard.index() * size;
    int last = first + Math.min(config.pairs().samples() - first, size);
    if (context.directory().complete(shard.file())) {
      observer.found(last - first);
      return;
    }
    SourcePool<S> source = new SourcePool<>(pool);
    PairMaker<S> maker =
        new PairMaker<>(
            shard.condition(),
            dynamics,
            SnapshotDraw.of(
                config.keep().draw(),
                config.keep().groups(),
                source,
                shard.condition(),
                context.seed()),
            system.large(),
            shard.duration(),
            shard.plan(),
            new Streams(context.seed()));
    Optional<PatchInputs> inputs =
        config.patchInputs()
            ? Optional.of(
                new PatchInputs(last - first, EncodableSystem.of(system).encoding().inputs()))
            : Optional.empty();
    PairShard pairs = pairs(maker, source, first, last, inputs, observer);
    context.directory().commit(shard.file(), beside -> pairs.write(beside, inputs));
  }

  /** The samples of a shard, each upsampled, observed and evolved in some patches. */
  private PairShard pairs(
      PairMaker<S> maker,
      SourcePool<S> pool,
      int first,
      int last,
      Optional<PatchInputs> inputs,
      LiftObserver observer) {
    PairShard.Place place =
        new PairShard.Place(
            system.conditions().indexOf(maker.condition()), first, system.timeUnit());
    PairShard pairs = new PairShard(place, last - first);
    for (int sample = first; sample < last; sample++) {
      observer.begins(sample);
      pool.forget();
      S large = maker.upsample(sample);
      PairShard.Source source = source(pool);
      double[] z = maker.observe(large);
      pairs.add(z, source, maker.evolve(large, sample, inputs));
      if (sample < kept()) {
        pairs.keep(system.codec().encode(large));
      }
      observer.made(sample);
    }
    return pairs;
  }
}
