package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.lift.EvolutionPlanner.SampleCosts;
import org.latticelift.sim.lift.PairShard.PatchInputs;
import org.latticelift.sim.lift.SnapshotGroups.KeptStates;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.ConditionDynamics;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.simulate.WorkLeft;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SnapshotPool.Part;
import org.latticelift.sim.system.SnapshotPool.SnapshotObserver;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.system.TimeScales;

/**
 * Stages 2 and 3 (ME-03) in one stream: every sample is upsampled from small snapshots, relaxed,
 * observed, evolved in one patch and dropped. Pairs are committed shard by shard; memory does not
 * depend on the number of samples.
 */
public final class LiftStage<S> implements Stage {
  /** A large state with what is counted about it and evolves of it, in sizes of a stored one. */
  private static final double COPIES = 4;

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
    system.options().upsampling().map(FittedUpsampling::file).ifPresent(outputs::add);
    return outputs;
  }

  @Override
  public List<String> temporary() {
    return List.of(PairsFile.SHARDS, UpsamplingFit.PARTS);
  }

  private int kept() {
    return config.keep().count(config.pairs().samples());
  }

  /** Samples of each shard of a condition. */
  private int[] shardSizes() {
    int[] sizes = new int[config.pairs().shards()];
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
        (long) config.pairs().shards() * system.conditions().size(),
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
    try (SnapshotsFile snapshots = SnapshotsFile.open(context.file(SnapshotsFile.NAME))) {
      LiftRun run = new LiftRun(context, snapshots);
      List<Condition> conditions = system.conditions();
      int shards = config.pairs().shards();
      long samples = (long) config.pairs().samples() * conditions.size();
      try (Progress progress = context.progress().start(name(), samples)) {
        context
            .tasks()
            .run(
                (long) conditions.size() * shards,
                task ->
                    run.make(
                        conditions.get((int) (task / shards)), (int) (task % shards), progress));
        context.tasks().once(() -> run.finish(progress));
      }
    }
  }

  private SnapshotDraw<S> draw(SnapshotPool<S> pool, Condition condition, long seed) {
    boolean mixed = system.lifting().mixesSnapshots();
    LiftConfig.Keep keep = config.keep();
    return new SnapshotDraw<>(pool, keep.groups(), mixed, keep.draw(), condition, seed);
  }

  /** One run of the stage: what all its shards share. */
  private final class LiftRun {
    private final StageContext context;
    private final SnapshotsFile snapshots;
    private final Map<Condition, TimeScales> scales = new HashMap<>();
    private final ConditionDynamics<Dynamics<S>> dynamics;
    private final EvolutionPlan plan;
    private final WorkLeft left;

    /** The snapshots that were asked for last; threads at other conditions hold their own. */
    private Optional<ConditionSnapshots<S>> latest = Optional.empty();

    LiftRun(StageContext context, SnapshotsFile snapshots) {
      this.context = context;
      this.snapshots = snapshots;
      List<Condition> conditions = system.conditions();
      conditions.forEach(c -> scales.put(c, scales(snapshots, c)));
      LatticeSystem<S> fitted =
          UpsamplingFit.of(system, c -> draw(pool(c), c, context.seed()), context);
      dynamics =
          new ConditionDynamics<>(
              c -> fitted.dynamics(c, new RunContext(scales.get(c).event(), context.stop())));
      SampleCosts costs = new SampleCosts(system, scales::get);
      plan = plan(costs);
      left = WorkLeft.of(conditions, shardSizes(), c -> costs.sample(plan, c), context.threads());
    }

    private synchronized SnapshotPool<S> pool(Condition condition) {
      if (latest.filter(held -> held.condition().equals(condition)).isEmpty()) {
        SnapshotPool<S> pool = snapshots.pool(condition, system, preparation);
        latest = Optional.of(new ConditionSnapshots<>(condition, pool));
      }
      return latest.get().pool();
    }

    /** Makes a shard of the samples of a condition, unless it is there. */
    void make(Condition condition, int shard, Progress progress) {
      int first = shard * config.pairs().shardSize();
      int samples = shardSizes()[shard];
      ShardObserver observer = new ShardObserver(context.stop(), progress, left, condition, shard);
      String file = PairsFile.shard(condition, shard);
      if (context.complete(file)) {
        observer.found(samples);
        return;
      }
      PairMaker<S> maker =
          new PairMaker<>(
              condition,
              dynamics.at(condition),
              system.large(),
              duration(condition),
              plan,
              new Streams(context.seed()));
      if (config.continuesRuns(system)) {
        PairShard pairs = runSamples(maker, first, samples, observer);
        context.commit(file, pairs::write);
        return;
      }
      SnapshotPool<S> pool = continued(pool(condition), maker.duration(), condition);
      Optional<PatchInputs> inputs =
          config.patchInputs() ? Optional.of(new PatchInputs()) : Optional.empty();
      PairShard pairs =
          pairs(
              maker,
              draw(pool, condition, context.seed()),
              first,
              first + samples,
              inputs,
              observer);
      context.commit(file, beside -> pairs.write(beside, inputs));
    }

    private Duration duration(Condition condition) {
      return system.lifting().evolutionDuration(condition, scales.get(condition));
    }

    /** The samples of a shard where patches go on as their small runs did. */
    private PairShard runSamples(
        PairMaker<S> maker, int first, int samples, ShardObserver observer) {
      Condition condition = maker.condition();
      RunSamples means =
          new RunSamples(
              condition,
              draws(continued(observed(condition), maker.duration(), condition), condition),
              maker.duration(),
              maker.streams());
      PairShard pairs = new PairShard(place(condition, first), samples);
      for (int sample = first; sample < first + samples; sample++) {
        observer.begins();
        if (sample < kept()) {
          addAssembled(pairs, maker, sample);
        } else {
          RunSamples.RunSample made = means.make(sample);
          pairs.add(made.before(), made.source(), made.evolution());
        }
        observer.made();
      }
      return pairs;
    }

    /** A state that is put together to be looked at; one of its patches goes on. */
    private void addAssembled(PairShard pairs, PairMaker<S> maker, int sample) {
      Condition condition = maker.condition();
      List<SnapshotDraw<S>> draws =
          draws(continued(pool(condition), maker.duration(), condition), condition);
      SnapshotPool<S> pool = draws.get(sample % draws.size()).pool(sample);
      FirstSnapshot source = new FirstSnapshot();
      S large = maker.upsample(pool.watched(source), sample);
      pairs.add(
          maker.observe(large), source.in(pool.group()), maker.evolve(large, sample).ofRuns(1));
      pairs.keep(system.codec().encode(large));
    }

    private <T> List<SnapshotDraw<T>> draws(SnapshotPool<T> all, Condition condition) {
      return RunSamples.draws(all, config.keep(), condition, context.seed());
    }

    private SnapshotPool<double[]> observed(Condition condition) {
      return snapshots.observed(condition, system, preparation);
    }

    /** Remarks on what all shards show, and joins them. */
    void finish(Progress progress) {
      Condition first = system.conditions().get(0);
      RunHalves halves =
          config.continuesRuns(system)
              ? RunSamples.halves(config.keep().groups(), observed(first).runs())
              : RunHalves.NONE;
      ShardJoin<S> join = new ShardJoin<>(system, config, scales, halves, context);
      LiftRemarks<S> remarks = new LiftRemarks<>(system, progress);
      remarks.ofWalls(join);
      if (halves.blocks() == 0) {
        remarks.ofGroups(draw(pool(first), first, context.seed()));
      }
      if (wanted != config.keep().keep()) {
        remarks.ofStatesThatAreNotKept();
      }
      join.assemble();
      remarks.ofDurations(scales);
    }
  }

  private record ConditionSnapshots<S>(Condition condition, SnapshotPool<S> pool) {}

  /** Without the last records, after which a run goes on for less than the pair. */
  private <T> SnapshotPool<T> continued(
      SnapshotPool<T> pool, Duration duration, Condition condition) {
    if (!system.lifting().patchesContinueRuns()) {
      return pool;
    }
    int steps = (int) Math.rint(duration.value() / pool.lasts(0));
    if (steps >= pool.records()) {
      throw LatticeLiftException.badData(
          steps + " records from the beginning of a pair to its end, of " + pool.records(),
          "evolve.duration at " + condition.name(),
          "less than a run of the small system (simulate.duration), at least two records",
          "Shorten evolve.duration, or lengthen the runs");
    }
    return pool.part(new Part(0, 1, pool.runs(), 0, pool.records() - steps), pool.group());
  }

  /** The samples of a shard, each upsampled, observed and evolved in some patches. */
  private PairShard pairs(
      PairMaker<S> maker,
      SnapshotDraw<S> draw,
      int first,
      int last,
      Optional<PatchInputs> inputs,
      ShardObserver observer) {
    PairShard pairs = new PairShard(place(maker.condition(), first), last - first);
    for (int sample = first; sample < last; sample++) {
      observer.begins();
      SnapshotPool<S> pool = draw.pool(sample);
      FirstSnapshot source = new FirstSnapshot();
      S large = maker.upsample(pool.watched(source), sample);
      double[] z = maker.observe(large);
      pairs.add(z, source.in(pool.group()), maker.evolve(large, sample, inputs));
      if (sample < kept()) {
        pairs.keep(system.codec().encode(large));
      }
      observer.made();
    }
    return pairs;
  }

  private PairShard.Place place(Condition condition, int first) {
    return new PairShard.Place(system.conditions().indexOf(condition), first, system.timeUnit());
  }

  /** The snapshot that is asked for first while a large state is made: where it comes from. */
  private static final class FirstSnapshot implements SnapshotObserver {
    private PairShard.Source first = PairShard.Source.NONE;

    @Override
    public void asked(int run, int record) {
      if (first.run() < 0) {
        first = new PairShard.Source(run, record, -1);
      }
    }

    PairShard.Source in(int group) {
      return new PairShard.Source(first.run(), first.record(), group);
    }
  }
}
