package org.latticelift.sim.systems.external;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.external.Description.State;
import org.latticelift.sim.systems.external.ExternalProvider.EvolveConfig;
import org.latticelift.sim.systems.external.UpsampleConfig.States;

/** A system as its worker describes it. */
final class ExternalSystem implements LatticeSystem<ExternalState>, CostEstimate, Lifting {
  /** A patch that is closed on itself, which the program makes of a small system. */
  static final String TILE = "tile";

  private static final String WHOLE = "whole";

  /** Of the relaxation time, for partial evolutions. */
  private static final double AUTO = 0.1;

  private static final int STARTS = 8;

  private final WorkerPool workers;
  private final Description description;
  private final SystemFacts facts;
  private final States states;
  private final EvolveConfig evolve;
  private final String environment;
  private Optional<double[]> start = Optional.empty();

  ExternalSystem(
      WorkerPool workers, List<Condition> conditions, States states, EvolveConfig evolve) {
    this.workers = workers;
    this.evolve = evolve;
    description = workers.description();
    environment =
        evolve.environment().equals("auto")
            ? description.environments().stream().findFirst().filter(e -> canEvolve()).orElse(TILE)
            : evolve.environment();
    this.states = states == States.AUTO ? automatic() : states;
    int[] mirror =
        Arrays.stream(description.perObservable("mirror")).mapToInt(x -> (int) x).toArray();
    facts =
        new SystemFacts(
                ExternalProvider.NAME,
                conditions,
                description.macroscopics(),
                description.small(),
                description.large(),
                this)
            .withTime(description.text("time_unit", "1"), description.number("time_step", 0))
            .withSymmetry(description.relations(), mirror);
  }

  /** Copies expect what one small state does; several small ones are nearer to a large one. */
  private States automatic() {
    if (closedTiles()) {
      return States.TILES;
    }
    if (description.can("upsample")) {
      return States.WORKER;
    }
    return description.can("relax") && tiled() ? States.TILES : States.REPLICATE;
  }

  private boolean canEvolve() {
    return description.can("patches");
  }

  WorkerPool workers() {
    return workers;
  }

  Description description() {
    return description;
  }

  States states() {
    return states;
  }

  String environment() {
    return environment;
  }

  boolean closedTiles() {
    return environment.equals(TILE);
  }

  @Override
  public SystemFacts facts() {
    return facts;
  }

  @Override
  public StateCodec<ExternalState> codec() {
    return new ExternalCodec(description.state(), description.small());
  }

  @Override
  public ExternalDynamics dynamics(Condition condition, RunContext context) {
    if (!conditions().contains(condition) && !description.can("conditions")) {
      throw LatticeLiftException.badData(
          "a condition that changes, to " + condition.parameter() + " " + condition.value(),
          "schedule",
          "a worker whose capabilities have 'conditions'; this one knows those of 'conditions'",
          "Remove the section, or teach the simulator");
    }
    return new ExternalDynamics(this, condition);
  }

  @Override
  public SystemOptions<ExternalState> options() {
    return SystemOptions.of(this);
  }

  @Override
  public List<Trial> trials() {
    return new WorkerTrials(this).all();
  }

  /** As the worker says, or the mean of some initial states. */
  @Override
  public synchronized double[] start() {
    if (start.isEmpty()) {
      double[] told = description.perObservable("start");
      start = Optional.of(told.length > 0 ? told : measuredStart());
    }
    return start.get().clone();
  }

  private double[] measuredStart() {
    Condition first = conditions().get(0);
    ExternalDynamics dynamics = new ExternalDynamics(this, first);
    double[] mean = new double[macroscopics().size()];
    for (int run = 0; run < STARTS; run++) {
      double[] z =
          dynamics.observe(
              dynamics.initial(
                  large(), new Streams(0).stream(Purpose.DIRECT_INITIAL_STATE, first.key(), run)));
      Arrays.setAll(mean, i -> mean[i] + z[i] / STARTS);
    }
    return mean;
  }

  @Override
  public List<String> explanation() {
    List<String> all = new ArrayList<>();
    all.add("The system is simulated by another program: " + description.text("name", "?") + ".");
    all.addAll(description.texts("explanation"));
    return all;
  }

  @Override
  public List<String> caveats() {
    List<String> all = new ArrayList<>(description.texts("caveats"));
    if (closedTiles()) {
      all.add(
          "Patches were evolved as closed small systems (evolve.environment: tile): what comes over"
              + " their borders in the large system is left out.");
    }
    return all;
  }

  @Override
  public Duration evolutionDuration(Condition condition, TimeScales scales) {
    if (evolve.duration().isEvents()) {
      return Duration.events((long) evolve.duration().value(condition));
    }
    double time =
        evolve.duration().isAuto()
            ? scales.relaxations(evolve.duration().automatic(condition, AUTO))
            : evolve.duration().time(condition, scales, 1);
    double step = timeStep();
    return Duration.time(step > 0 ? Math.max(1, Math.rint(time / step)) * step : time);
  }

  @Override
  public boolean mixesSnapshots() {
    return states == States.TILES
        || states == States.WORKER && description.number("snapshots", 1) > 1;
  }

  @Override
  public boolean largeStatesAreWhole() {
    return !closedTiles();
  }

  @Override
  public boolean patchesAreIndependent() {
    return closedTiles();
  }

  @Override
  public long distinctPatches(Extent large) {
    return states == States.REPLICATE ? 1 : large.patches();
  }

  @Override
  public boolean patchesMoveTogether() {
    return environment.equals(WHOLE);
  }

  @Override
  public void checkLifting() {
    evolve.duration().requireAll(conditions());
    evolve.duration().requireUnit(timeUnit());
    List<String> allowed = new ArrayList<>(List.of(TILE));
    if (canEvolve()) {
      allowed.addAll(description.environments());
    }
    if (!allowed.contains(environment)) {
      throw mistake("environment " + environment, "evolve.environment", "one of " + allowed);
    }
    if (states == States.WORKER && !description.can("upsample")) {
      throw mistake("large states built by the worker", "upsample.states", "replicate or tiles");
    }
    if (states == States.WORKER && closedTiles()) {
      throw mistake(
          "closed patches of a state that the worker builds",
          "upsample.states",
          "replicate or tiles with evolve.environment tile");
    }
    if (states != States.WORKER && !closedTiles() && !tiled()) {
      throw mistake(
          "small states " + small().shape() + " side by side in large ones " + large().shape(),
          "upsample.states",
          "arrays of which each axis of the large one is a multiple of that of the small one, and"
              + " their product is the number of patches, "
              + large().patches());
    }
  }

  /** Whether small arrays fill a large one. */
  boolean tiled() {
    List<Integer> from = description.small().shape();
    List<Integer> to = description.large().shape();
    return !description.state().opaque()
        && from.size() == to.size()
        && IntStream.range(0, from.size()).allMatch(i -> to.get(i) % from.get(i) == 0)
        && IntStream.range(0, from.size())
                .mapToLong(i -> to.get(i) / from.get(i))
                .reduce(1, (a, b) -> a * b)
            == description.large().patches();
  }

  private static LatticeLiftException mistake(String what, String where, String allowed) {
    return LatticeLiftException.badData(
        what + ", which this worker cannot do", where, allowed, "Change the key, or the simulator");
  }

  @Override
  public double eventCost() {
    return description.cost("event_seconds", 1e-7);
  }

  @Override
  public double eventTime(Condition condition) {
    return description.cost("event_time", timeStep());
  }

  @Override
  public double eventsPerSample() {
    return evolve.duration().isEvents()
        ? conditions().stream().mapToDouble(evolve.duration()::value).average().orElseThrow()
        : 0;
  }

  @Override
  public double readSites(Extent large) {
    return states == States.REPLICATE && closedTiles() ? small().sites() : large.sites();
  }

  /** States are sent to the worker and back. */
  @Override
  public double siteCost() {
    return 2e-8;
  }

  @Override
  public boolean compensatorsPay() {
    return !closedTiles() && description.can("drift");
  }

  /** Arrays as they are; bytes behind their number, filled up with 0. */
  private record ExternalCodec(State state, Extent small) implements StateCodec<ExternalState> {
    @Override
    public Layout layout() {
      int axes = small.shape().size();
      List<String> named =
          state.axes().size() == axes
              ? state.axes()
              : IntStream.range(0, axes).mapToObj(i -> "axis" + i).toList();
      return new Layout(state.name(), state.type(), named);
    }

    @Override
    public long[] shape(Extent extent) {
      return state.opaque()
          ? new long[] {Long.BYTES + state.bytes(extent)}
          : StateCodec.super.shape(extent);
    }

    @Override
    public byte[] encode(ExternalState from) {
      if (!state.opaque()) {
        return from.bytes.clone();
      }
      int longest = Math.toIntExact(Long.BYTES + state.bytes(from.extent));
      return ByteBuffer.allocate(longest)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(from.bytes.length)
          .put(from.bytes)
          .array();
    }

    @Override
    public ExternalState decode(byte[] bytes, Extent extent) {
      if (!state.opaque()) {
        return new ExternalState(extent, bytes.clone());
      }
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long length = from.getLong();
      if (length < 0 || length > from.remaining()) {
        throw LatticeLiftException.badData(
            "a state of " + length + " bytes",
            "dataset " + state.name(),
            "0 to " + from.remaining(),
            "Make the file again");
      }
      byte[] own = new byte[(int) length];
      from.get(own);
      return new ExternalState(extent, own);
    }
  }
}
