package org.latticelift.sim.systems.external;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LinearRules;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.external.Frame.Array;
import org.latticelift.sim.systems.external.UpsampleConfig.States;
import org.latticelift.sim.systems.external.WorkerPool.Call;

/** Asks workers for everything that happens at one condition. */
final class ExternalDynamics implements Dynamics<ExternalState> {
  private static final double ROUNDING = 1e-9;
  private static final int SEED_WORDS = 2;

  private final ExternalSystem system;
  private final Description description;
  private final Condition condition;

  private Optional<Opened> opened = Optional.empty();

  /** A large state that a worker keeps, the request that opened it, and its patches. */
  private record Opened(ExternalState state, byte[] bytes, Frame request, double[] observables) {
    double[] before(long patch, int m) {
      return Arrays.copyOfRange(observables, (int) patch * m, ((int) patch + 1) * m);
    }
  }

  ExternalDynamics(ExternalSystem system, Condition condition) {
    this.system = system;
    this.description = system.description();
    this.condition = condition;
  }

  static JsonObject json(Condition condition) {
    JsonObject json = new JsonObject();
    condition.components().forEach(c -> json.addProperty(c.parameter(), c.value()));
    return json;
  }

  private static JsonObject json(Duration duration) {
    JsonObject json = new JsonObject();
    if (duration.kind() == Duration.Kind.TIME) {
      json.addProperty("time", duration.value());
    } else {
      json.addProperty("events", (long) duration.value());
    }
    return json;
  }

  /** 128 bits of a stream, as integers that every language has. */
  static JsonArray seed(RandomStream stream) {
    JsonArray words = new JsonArray();
    for (int k = 0; k < SEED_WORDS; k++) {
      long bits = stream.bits();
      words.add(bits >>> Integer.SIZE);
      words.add(bits & 0xffffffffL);
    }
    return words;
  }

  private static String role(Extent extent) {
    return extent.role() == Role.SMALL ? "small" : "large";
  }

  private Frame request(String call, Array... arrays) {
    return Frame.request(call, arrays).put("condition", json(condition));
  }

  private Frame request(String call, Extent extent, Array... arrays) {
    return Frame.request(call, arrays)
        .put("extent", new JsonPrimitive(role(extent)))
        .put("condition", json(condition));
  }

  private <T> T ask(Frame request, WorkerPool.Reader<T> reader) {
    return ask(request, Optional.empty(), reader);
  }

  private byte[] askForState(Frame request, Extent extent) {
    return ask(request, reply -> description.state().of(reply, extent));
  }

  private <T> T ask(Frame request, Optional<Frame> opening, WorkerPool.Reader<T> reader) {
    JsonObject header = request.header();
    double amount = 1;
    String kind = request.call() + header.get("extent") + condition.name();
    if (header.has("duration")) {
      JsonObject duration = header.getAsJsonObject("duration");
      String unit = duration.keySet().iterator().next();
      double value = duration.get(unit).getAsDouble();
      kind += value > 0 ? unit : "";
      amount = value > 0 ? value : 1;
    }
    return system.workers().call(new Call(request, condition, kind, amount, opening), reader);
  }

  @Override
  public ExternalState initial(Extent extent, RandomStream stream) {
    Frame request = request("initial", extent).put("seed", seed(stream));
    return new ExternalState(extent, askForState(request, extent));
  }

  @Override
  public Progression advance(ExternalState state, Duration duration, RandomStream stream) {
    return advance(state, duration, seed(stream), Optional.empty());
  }

  /** Advances, some elements perhaps standing still ({@code frozen}: 1 for these). */
  Progression advance(
      ExternalState state, Duration duration, JsonArray seed, Optional<byte[]> frozen) {
    Array sent = description.state().array("state", state.bytes, state.extent);
    Frame request =
        frozen
            .map(f -> new Array("frozen", ElementType.UINT8, sent.shape(), f))
            .map(still -> request("advance", state.extent, sent, still))
            .orElseGet(() -> request("advance", state.extent, sent));
    return ask(
        request.put("duration", json(duration)).put("seed", seed),
        reply -> {
          byte[] after = description.state().of(reply, state.extent);
          Progression made = made(duration, reply);
          state.bytes = after;
          return made;
        });
  }

  /** What a worker says that it has made, which has to be what it was asked for. */
  private Progression made(Duration asked, Frame reply) throws WorkerFailure {
    double time = reply.number("time");
    double off = Math.abs(time - asked.value()) - 0.5 * system.timeStep();
    boolean byTime = asked.kind() == Duration.Kind.TIME;
    if (time < 0 || byTime && off > ROUNDING * asked.value()) {
      throw new WorkerFailure("made a time of " + time + " in place of " + asked.value());
    }
    return new Progression(
        reply.whole("events"), byTime && system.timeStep() == 0 ? asked.value() : time);
  }

  @Override
  public double[] observe(ExternalState state) {
    if (state.tiles.isEmpty()) {
      return observe(state.bytes, state.extent);
    }
    double[] mean = new double[system.macroscopics().size()];
    for (int k = 0; k < state.tiles.size(); k++) {
      double[] z = observeTile(state, k);
      Arrays.setAll(mean, i -> mean[i] + z[i]);
    }
    return Arrays.stream(mean).map(sum -> sum / state.tiles.size()).toArray();
  }

  private double[] observe(byte[] bytes, Extent extent) {
    Array sent = description.state().array("state", bytes, extent);
    double[] z =
        ask(
            request("observe", extent, sent),
            reply -> numbers(reply, "observables", system.macroscopics().size()));
    LinearRules.requireObeyed(
        description.relations(), system.macroscopics().names(), z, "a state", "external.command");
    return z;
  }

  private double[] observeTile(ExternalState state, long patch) {
    int k = (int) (patch % state.tiles.size());
    if (state.observed[k] == null) {
      state.observed[k] = observe(state.tiles.get(k), system.small());
    }
    return state.observed[k];
  }

  private static double[] numbers(Frame reply, String name, long... shape) throws WorkerFailure {
    return reply.array(name, ElementType.FLOAT64, shape).doubles();
  }

  @Override
  public double[] observePatch(ExternalState state, long patch) {
    return state.tiles.isEmpty()
        ? open(state).before(patch, system.macroscopics().size())
        : observeTile(state, patch).clone();
  }

  @Override
  public ExternalState upsample(
      SnapshotPool<ExternalState> pool, Extent extent, RandomStream build, RandomStream relax) {
    int count =
        switch (system.states()) {
          case REPLICATE -> 1;
          case TILES -> Math.toIntExact(extent.patches());
          case WORKER -> (int) description.number("snapshots", 1);
          case AUTO -> throw new IllegalStateException("decided before");
        };
    List<byte[]> drawn =
        system.states() == States.TILES
            ? tiles(pool, count, build)
            : Stream.generate(() -> pool.any(build).bytes).limit(count).toList();
    if (system.closedTiles()) {
      return new ExternalState(extent, new byte[0], drawn);
    }
    byte[] bytes =
        system.states() == States.WORKER ? built(drawn, extent, build) : mosaic(drawn, extent);
    if (description.can("relax")) {
      Frame request =
          request("relax", description.state().array("state", bytes, extent))
              .put("seed", seed(relax));
      bytes = askForState(request, extent);
    }
    return new ExternalState(extent, bytes);
  }

  /**
   * Of one record, so that all ages of small runs are ages of large states, in turn from one, two,
   * four and so on of the runs, each as often. States of many lie close to the mean path, as large
   * systems do; those of few say what happens beside it.
   */
  private static List<byte[]> tiles(
      SnapshotPool<ExternalState> pool, int count, RandomStream stream) {
    int record = stream.below(pool.records());
    int most = Math.min(count, pool.runs());
    int turns = 1 << stream.below(Integer.SIZE - Integer.numberOfLeadingZeros(most));
    int[] runs = new int[pool.runs()];
    Arrays.setAll(runs, run -> run);
    List<byte[]> drawn = new ArrayList<>();
    for (int k = 0; k < turns; k++) {
      int other = k + stream.below(runs.length - k);
      int run = runs[other];
      runs[other] = runs[k];
      runs[k] = run;
      drawn.add(pool.snapshot(run, record).bytes);
    }
    for (int k = turns; k < count; k++) {
      drawn.add(drawn.get(k % turns));
    }
    return drawn;
  }

  private byte[] built(List<byte[]> drawn, Extent extent, RandomStream stream) {
    int longest = Math.toIntExact(description.state().bytes(system.small()));
    byte[] all = new byte[drawn.size() * longest];
    ByteBuffer lengths =
        ByteBuffer.allocate(Long.BYTES * drawn.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < drawn.size(); k++) {
      System.arraycopy(drawn.get(k), 0, all, k * longest, drawn.get(k).length);
      lengths.putLong(drawn.get(k).length);
    }
    long[] count = {drawn.size()};
    long[] one = system.small().shape().stream().mapToLong(Integer::longValue).toArray();
    long[] shape = LongStream.concat(Arrays.stream(count), Arrays.stream(one)).toArray();
    Array snapshots = new Array("snapshots", description.state().type(), shape, all);
    Array each = new Array("lengths", ElementType.INT64, count, lengths.array());
    Frame request =
        description.state().opaque()
            ? request("upsample", snapshots, each)
            : request("upsample", snapshots);
    return askForState(request.put("seed", seed(stream)), extent);
  }

  /** Small arrays side by side, in turn, the last axis fastest. */
  byte[] mosaic(List<byte[]> tiles, Extent extent) {
    List<Integer> from = system.small().shape();
    List<Integer> to = extent.shape();
    int last = from.size() - 1;
    int row = from.get(last) * description.state().type().bytes();
    byte[] large = new byte[Math.toIntExact(description.state().bytes(extent))];
    for (int at = 0; at < large.length; at += row) {
      int left = at / row;
      int tile = 0;
      int inTile = 0;
      int tileStride = 1;
      int stride = 1;
      for (int axis = last; axis >= 0; axis--) {
        int length = axis == last ? to.get(axis) / from.get(axis) : to.get(axis);
        int i = left % length;
        left /= length;
        int side = axis == last ? 1 : from.get(axis);
        tile += i / side * tileStride;
        inTile += i % side * stride;
        tileStride *= to.get(axis) / from.get(axis);
        stride *= side;
      }
      System.arraycopy(tiles.get(tile % tiles.size()), inTile * row, large, at, row);
    }
    return large;
  }

  @Override
  public Patches<ExternalState> patches(ExternalState state, boolean compensated) {
    if (compensated && !system.compensatorsPay()) {
      throw LatticeLiftException.badData(
          "integrated drift, which this worker does not compute for environment "
              + system.environment(),
          "evolve.compensator",
          "auto or off",
          "Remove the key");
    }
    return state.tiles.isEmpty() ? opened(state, compensated) : new ClosedTiles(state);
  }

  WorkerPatches opened(ExternalState state, boolean compensated) {
    return new WorkerPatches(open(state), compensated);
  }

  private Opened open(ExternalState state) {
    if (opened.filter(o -> o.state == state && o.bytes == state.bytes).isEmpty()) {
      long patches = state.extent.patches();
      Frame request =
          request("patches", description.state().array("state", state.bytes, state.extent))
              .put("environment", new JsonPrimitive(system.environment()));
      double[] observables =
          ask(
              request,
              reply -> {
                if (reply.whole("count") != patches) {
                  throw new WorkerFailure(
                      "has " + reply.whole("count") + " patches in place of " + patches);
                }
                return numbers(reply, "observables", patches, system.macroscopics().size());
              });
      opened = Optional.of(new Opened(state, state.bytes, request, observables));
    }
    return opened.get();
  }

  /** Patches that are small systems by themselves. */
  private final class ClosedTiles implements Patches<ExternalState> {
    private final ExternalState state;

    ClosedTiles(ExternalState state) {
      this.state = state;
    }

    @Override
    public long count() {
      return system.large().patches();
    }

    @Override
    public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
      double[] before = observeTile(state, patch).clone();
      byte[] tile = state.tiles.get((int) (patch % state.tiles.size()));
      ExternalState moved = new ExternalState(system.small(), tile);
      Progression made = advance(moved, duration, stream);
      double[] change = observe(moved);
      Arrays.setAll(change, i -> change[i] - before[i]);
      return new PartialEvolution(patch, before, change, made.events(), made.time(), 0);
    }

    @Override
    public JointEvolution evolveAll(Duration duration, RandomStream stream) {
      long[] all = LongStream.range(0, count()).toArray();
      List<PartialEvolution> made =
          Arrays.stream(all).mapToObj(k -> evolve(k, duration, stream)).toList();
      return JointEvolution.of(
          all,
          made.stream().map(PartialEvolution::increment).toArray(double[][]::new),
          new double[0],
          new Progression(
              made.stream().mapToLong(PartialEvolution::events).sum(),
              made.get(all.length - 1).time()));
    }
  }

  /** Patches of a large state that workers keep while it is asked about. */
  final class WorkerPatches implements Patches<ExternalState> {
    private final Opened on;
    private final boolean compensated;
    private final int m = system.macroscopics().size();

    private WorkerPatches(Opened on, boolean compensated) {
      this.on = on;
      this.compensated = compensated;
    }

    double[] before(long patch) {
      return on.before(patch, m);
    }

    @Override
    public long count() {
      return on.state.extent.patches();
    }

    @Override
    public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
      return evolve(patch, duration, seed(stream), false, (reply, made) -> made);
    }

    /** Takes more from a reply than the evolution. */
    @FunctionalInterface
    interface Look<T> {
      T of(Frame reply, PartialEvolution made) throws WorkerFailure;
    }

    <T> T evolve(long patch, Duration duration, JsonArray seed, boolean keep, Look<T> look) {
      Frame request = request("evolve").put("duration", json(duration));
      return ask(
          flagged(request.put("patch", new JsonPrimitive(patch)), seed, keep),
          Optional.of(on.request),
          reply -> {
            Progression made = made(duration, reply);
            double blocked = reply.header().has("blocked") ? reply.number("blocked") : 0;
            double[] increment = numbers(reply, "increments", m);
            return look.of(
                reply,
                new PartialEvolution(
                    patch,
                    before(patch),
                    increment,
                    made.events(),
                    made.time(),
                    blocked,
                    drift(reply)));
          });
    }

    private Frame flagged(Frame request, JsonArray seed, boolean keep) {
      return request
          .put("seed", seed)
          .put("drift", new JsonPrimitive(compensated))
          .put("keep", new JsonPrimitive(keep));
    }

    private double[] drift(Frame reply) throws WorkerFailure {
      return compensated ? numbers(reply, "drift", m) : new double[0];
    }

    @Override
    public JointEvolution evolveAll(Duration duration, RandomStream stream) {
      int count = Math.toIntExact(count());
      Frame request = request("evolve_all").put("duration", json(duration));
      return ask(
          flagged(request, seed(stream), false),
          Optional.of(on.request),
          reply -> {
            double[] all = numbers(reply, "increments", count, m);
            double[][] changes = new double[count][];
            Arrays.setAll(changes, k -> Arrays.copyOfRange(all, k * m, (k + 1) * m));
            long[] patches = LongStream.range(0, count).toArray();
            return JointEvolution.of(patches, changes, drift(reply), made(duration, reply));
          });
    }
  }
}
