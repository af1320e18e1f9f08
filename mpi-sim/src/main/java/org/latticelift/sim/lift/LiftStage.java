package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.lift.DealtSnapshots.PartOfPool;
import org.latticelift.sim.lift.EvolutionPlanner.SampleCosts;
import org.latticelift.sim.lift.LatestPool.SourcePool;
import org.latticelift.sim.lift.LatestPool.UpsamplingFit;
import org.latticelift.sim.lift.LiftConfig.SnapshotGroups;
import org.latticelift.sim.lift.LiftConfig.SnapshotGroups.KeptStates;
import org.latticelift.sim.lift.PairMaker.EvolutionPlan;
import org.latticelift.sim.lift.PairMaker.SnapshotDraw;
import org.latticelift.sim.lift.PairShard.PatchInputs;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.ConditionDynamics;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.simulate.WorkLeft;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.TimeScales;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.LatticeSystem.RunContext;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Stages 2 and 3 (ME-03) in one stream: every sample is upsampled from small snapshots, relaxed,
 * observed, evolved in one patch and dropped. Pairs are committed shard by shard; memory does not
 * depend on the number of samples.
 */
public final class LiftStage<S> implements Stage {
  /** A large state with what is counted about it and evolves of it, in sizes of a stored one. */
  private static final double COPIES = 4;

  /** Fraction of evolutions that may meet a wall before a warning is given. */
  private static final double WALL_WARNING = 0.05;

  private static final double MOST_OF_A_RUN = 0.125;

  /** Events of a relaxation, for estimates of work where nothing is known. */
  private static final double GUESSED_RELAXATION = 10_000;

  private final LatticeSystem<S> system;
  private final LiftConfig config;
  private final boolean stationary;
  private final KeptStates wanted;
  private final IntUnaryOperator preparation;

  /**
   * Plans nothing yet.
   *
   * @param config what to make and keep
   * @param stationary whether snapshots are those of equal times, or are to be taken as they are;
   *     otherwise they are refused before anything runs (EX-08)
   */
  public LiftStage(LatticeSystem<S> system, LiftConfig config, boolean stationary) {
    this(system, config, stationary, run -> 0);
  }

  /**
   * Of runs that were not all begun alike ({@code config}: what to make and keep; {@code
   * preparation}: the same number for runs from the same kind of state, by their numbers).
   */
  public LiftStage(
      LatticeSystem<S> system,
      LiftConfig config,
      boolean stationary,
      IntUnaryOperator preparation) {
    this.preparation = preparation;
    this.system = system;
    this.config = system.lifting().largeStatesAreWhole() ? config : config.keepingNone();
    wanted = config.keep().keep();
    this.stationary = stationary;
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
    List<String> outputs = new ArrayList<>(List.of(PairsFile.NAME));
    if (kept() > 0) {
      outputs.add(SnapshotsFile.LARGE);
    }
    UpsamplingFit.file(system).ifPresent(outputs::add);
    return outputs;
  }

  @Override
  public List<String> temporary() {
    return List.of(PairsFile.SHARDS, UpsamplingFit.PARTS);
  }

  private int kept() {
    return config.keep().count(config.pairs().samples());
  }

  private int shardsPerCondition() {
    int size = config.pairs().shardSize();
    return 1 + (config.pairs().samples() - 1) / size;
  }

  /** Samples of each shard of a condition. */
  private int[] shardSizes() {
    int[] sizes = new int[shardsPerCondition()];
    Arrays.fill(sizes, config.pairs().shardSize());
    sizes[sizes.length - 1] =
        config.pairs().samples() - (sizes.length - 1) * config.pairs().shardSize();
    return sizes;
  }

  /** Before there are runs: what the system knows, else a guess of its relaxation. */
  private TimeScales expected(Condition condition) {
    double event = system.costs().eventTime(condition);
    double relaxation =
        system
            .options()
            .relaxation()
            .map(known -> known.events().apply(condition).orElse(GUESSED_RELAXATION))
            .orElse(GUESSED_RELAXATION);
    return new TimeScales(event, relaxation * event, Double.NaN, event);
  }

  /**
   * As the runs show them. All pairs cost at most as much as the runs; those that only look at the
   * runs may each see an eighth of one.
   */
  private TimeScales scales(SnapshotsFile snapshots, Condition condition) {
    int runs = 1 + Arrays.stream(snapshots.run(condition)).max().orElse(0);
    double longest =
        system.lifting().patchesContinueRuns()
            ? MOST_OF_A_RUN / runs / system.small().patches()
            : 1.0 / config.pairs().samples();
    return MeanEventTime.scales(snapshots, system, condition, longest);
  }

  private EvolutionPlan plan(SampleCosts costs) {
    return new EvolutionPlanner(config, costs).plan();
  }

  @Override
  public void check() {
    system.lifting().checkLifting();
    if (wanted == KeptStates.ALL && !system.lifting().largeStatesAreWhole()) {
      throw LatticeLiftException.badData(
          "all states of " + system.large().name() + ", which are not made as wholes",
          "upsample.keep",
          "none, or sample, which keeps none of such states",
          "Set upsample.keep to none, or see upsample.block");
    }
    plan(
        new SampleCosts(
            system,
            condition ->
                new TimeScales(1, 1, 1, 1))); // what is possible does not depend on the time
  }

  @Override
  public void prepare() {
    if (!stationary) {
      throw LatticeLiftException.badData(
          "pairs from snapshots after equal numbers of events, among which states that last long"
              + " are too few",
          "simulate.sampling",
          "time; events with a preset of the authors' code",
          "Set simulate.sampling to time");
    }
  }

  @Override
  public StagePlan plan() {
    int perCondition = config.pairs().samples();
    long samples = (long) perCondition * system.conditions().size();
    SampleCosts costs = new SampleCosts(system, this::expected);
    EvolutionPlan plan = plan(costs);
    double events =
        samples * system.costs().eventsPerSample()
            + costs.eventsOfFurtherPatches(plan, perCondition);
    long perState = StateSeries.bytes(system.codec(), system.large());
    return new StagePlan(
        name(),
        (long) shardsPerCondition() * system.conditions().size(),
        String.format(
            Locale.ROOT,
            "%d samples of %s, %d of %d patches each%s, %.3g events",
            samples,
            system.large().name(),
            plan.patches(),
            system.large().patches(),
            plan.evolutions() > 1 ? " " + plan.evolutions() + " times" : "",
            events),
        costs.all(plan, perCondition),
        samples * bytesPerPair(plan) + (long) kept() * system.conditions().size() * perState,
        new PlannedMemory(0, COPIES * storedBytes() + system.costs().workspaceBytes()));
  }

  /** States that are kept are put together. */
  private double storedBytes() {
    Extent large = system.large();
    double share = kept() > 0 ? 1 : system.costs().storedSites(large) / large.sites();
    return share * StateSeries.bytes(system.codec(), large);
  }

  /** Of the columns that {@link PairShard} writes. */
  private long bytesPerPair(EvolutionPlan plan) {
    int observables = system.macroscopics().size();
    int means = plan.evolutions() > 1 ? 1 : 0;
    int vectors = 4 + means + (plan.compensated() ? 1 + means : 0) + (plan.twins() ? 1 : 0);
    long inputs =
        config.patchInputs()
            ? (2 * plan.patches() + (plan.twins() ? 1 : 0))
                * Float.BYTES
                * LatticeSystem.encodable(system).encoding().inputs()
            : 0;
    boolean grouped = config.keep().groups().rule() != SnapshotGroups.Rule.NONE;
    long numbers = 3L * Double.BYTES + 2 * Integer.BYTES + (grouped ? 3 * Integer.BYTES : 0);
    return Double.BYTES * (vectors * observables + plan.patches()) + numbers + inputs;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    int shards = shardsPerCondition();
    List<Condition> conditions = system.conditions();
    try (SnapshotsFile snapshots = SnapshotsFile.open(context.file(SnapshotsFile.NAME))) {
      Map<Condition, TimeScales> scales = new HashMap<>();
      int perCondition = config.pairs().samples();
      conditions.forEach(c -> scales.put(c, scales(snapshots, c)));
      LatestPool<S> pools = new LatestPool<>(system, snapshots, preparation);
      LatticeSystem<S> lifting = UpsamplingFit.of(system, this::dealt, context, pools);
      ConditionDynamics<Dynamics<S>> dynamics =
          new ConditionDynamics<>(
              c -> lifting.dynamics(c, new RunContext(scales.get(c).event(), context.stop())));
      SampleCosts costs = new SampleCosts(system, scales::get);
      EvolutionPlanner planner = new EvolutionPlanner(config, costs);
      EvolutionPlan common = planner.plan();
      long samples = (long) perCondition * conditions.size();
      WorkLeft left =
          WorkLeft.of(conditions, shardSizes(), c -> costs.sample(common, c), context.threads());
      try (Progress progress = context.progress().start(name(), samples)) {
        context
            .tasks()
            .run(
                (long) conditions.size() * shards,
                task -> {
                  Condition condition = conditions.get((int) (task / shards));
                  Dynamics<S> serving = dynamics.at(condition);
                  make(
                      new Shard(
                          condition,
                          (int) (task % shards),
                          system.lifting().evolutionDuration(condition, scales.get(condition)),
                          common),
                      serving,
                      pools.at(condition),
                      context,
                      new ShardObserver(
                          context.stop(), progress, left, condition, (int) (task % shards)));
                });
        ShardJoin<S> join = new ShardJoin<>(system, config, scales, context);
        context
            .tasks()
            .once(
                () -> {
                  warnOfWalls(join, progress);
                  remarkOnGroups(pools.at(conditions.get(0)), progress);
                  remarkOnKept(progress);
                  join.assemble();
                  remarkOnDurations(scales, progress);
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
                "warning: %s: %.0f %% of the evolutions met the confining border of their"
                    + " region; widen evolve.buffer_cells, shorten evolve.duration, or use"
                    + " environment whole",
                condition.name(),
                100 * blocked));
      }
    }
  }

  /** How long pairs are beside what they are to show, where the small runs show it. */
  private void remarkOnDurations(Map<Condition, TimeScales> scales, Progress progress) {
    SampleCosts costs = new SampleCosts(system, scales::get);
    String durations =
        system.conditions().stream()
            .filter(c -> scales.get(c).relaxation() > 0)
            .map(
                c ->
                    String.format(
                        Locale.ROOT,
                        "%s %.2g (%.3g events)",
                        c.name(),
                        costs.events(c) * scales.get(c).event() / scales.get(c).relaxation(),
                        costs.events(c)))
            .collect(Collectors.joining(", "));
    if (!durations.isEmpty()) {
      progress.message(
          "duration of training samples in relaxation times of the small runs: " + durations);
    }
  }

  private void remarkOnKept(Progress progress) {
    if (wanted != config.keep().keep()) {
      progress.message(
          SnapshotsFile.LARGE
              + " is not written: large states are not made as wholes (upsample.block);"
              + " upsample.keep: none says so");
    }
  }

  /** Groups of records are not quite independent (EX-07). */
  private void remarkOnGroups(SnapshotPool<S> pool, Progress progress) {
    DealtSnapshots<S> snapshots = dealt(pool);
    if (snapshots.dealt() && !snapshots.byRuns()) {
      progress.message(
          String.format(
              Locale.ROOT,
              "%d runs are too few for groups: groups of pairs are blocks of records, which are"
                  + " not quite independent",
              pool.runs()));
    }
  }

  private DealtSnapshots<S> dealt(SnapshotPool<S> pool) {
    return config.keep().groups().deal(pool, system.lifting().mixesSnapshots());
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
      ShardObserver observer) {
    int size = config.pairs().shardSize();
    int first = shard.index() * size;
    int last = first + Math.min(config.pairs().samples() - first, size);
    if (context.complete(shard.file())) {
      observer.found(last - first);
      return;
    }
    SourcePool<S> source = new SourcePool<>(continued(pool, shard));
    PairMaker<S> maker =
        new PairMaker<>(
            shard.condition(),
            dynamics,
            draw(source, shard.condition(), context.seed()),
            system.large(),
            shard.duration(),
            shard.plan(),
            new Streams(context.seed()));
    Optional<PatchInputs> inputs =
        config.patchInputs() ? Optional.of(new PatchInputs()) : Optional.empty();
    PairShard pairs = pairs(maker, source, first, last, inputs, observer);
    context.commit(shard.file(), beside -> pairs.write(beside, inputs));
  }

  /** Without the last records, after which a run goes on for less than the pair. */
  private SnapshotPool<S> continued(SnapshotPool<S> pool, Shard shard) {
    if (!system.lifting().patchesContinueRuns()) {
      return pool;
    }
    int steps = (int) Math.rint(shard.duration().value() / pool.lasts(0));
    if (steps >= pool.records()) {
      throw LatticeLiftException.badData(
          steps + " records from the beginning of a pair to its end, of " + pool.records(),
          "evolve.duration at " + shard.condition().name(),
          "less than a run of the small system (simulate.duration), at least two records",
          "Shorten evolve.duration, or lengthen the runs");
    }
    return new PartOfPool<>(pool, 0, 1, pool.runs(), 0, pool.records() - steps, pool.group());
  }

  private SnapshotDraw<S> draw(SnapshotPool<S> pool, Condition condition, long seed) {
    DealtSnapshots<S> snapshots = dealt(pool);
    return switch (config.keep().draw()) {
      case RANDOM -> snapshots.random();
      case ONCE -> snapshots.once(condition, seed);
      case LOG_TIMES -> snapshots.logTimes(condition, seed);
      case MIXED -> snapshots.mixed(condition, seed);
    };
  }

  /** The samples of a shard, each upsampled, observed and evolved in some patches. */
  private PairShard pairs(
      PairMaker<S> maker,
      SourcePool<S> pool,
      int first,
      int last,
      Optional<PatchInputs> inputs,
      ShardObserver observer) {
    PairShard.Place place =
        new PairShard.Place(
            system.conditions().indexOf(maker.condition()), first, system.timeUnit());
    PairShard pairs = new PairShard(place, last - first);
    for (int sample = first; sample < last; sample++) {
      observer.begins();
      pool.forget();
      S large = maker.upsample(sample);
      PairShard.Source source =
          new PairShard.Source(pool.run(), pool.record(), maker.draw().group(sample));
      double[] z = maker.observe(large);
      pairs.add(z, source, maker.evolve(large, sample, inputs));
      if (sample < kept()) {
        pairs.keep(system.codec().encode(large));
      }
      observer.made();
    }
    return pairs;
  }

  /**
   * Progress and the request to stop of a shard within the stage; the loop that makes the pairs
   * knows neither. An exception of it ends the shard, which is then made anew.
   */
  static final class ShardObserver {
    private static final double NANOS = 1e9;

    private final StopSignal stop;
    private final Progress progress;
    private final WorkLeft left;
    private final Condition condition;
    private final int shard;
    private int samples;
    private long began;

    /**
     * Of one shard ({@code stop}: ends the shard before its next sample; a shard that is whole is
     * kept; {@code left}: of all shards, and how long samples take).
     */
    ShardObserver(
        StopSignal stop, Progress progress, WorkLeft left, Condition condition, int shard) {
      this.stop = stop;
      this.progress = progress;
      this.left = left;
      this.condition = condition;
      this.shard = shard;
    }

    /** The shard is on disk already, with so many samples. */
    void found(int found) {
      samples = found;
      count(0);
    }

    /** A sample is about to be made. */
    void begins() {
      stop.check();
      began = System.nanoTime();
    }

    /** A sample was made. */
    void made() {
      samples++;
      count((System.nanoTime() - began) / NANOS);
    }

    private void count(double seconds) {
      progress.step(left.reached(condition, shard, samples, seconds));
      left.seconds().ifPresent(progress::left);
    }
  }
}
