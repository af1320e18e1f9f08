package org.latticelift.bench.study.speed;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import org.latticelift.bench.speed.Rates;
import org.latticelift.bench.speed.Slices;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.EvolutionPlan;
import org.latticelift.sim.lift.PairMaker;
import org.latticelift.sim.lift.PairShard;
import org.latticelift.sim.lift.SampleEvolution;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.alloy.AlloyConfig.RelaxConfig;

/**
 * Training pairs per core-second, made by the calls that the stage {@code lift} makes, from
 * snapshots of short runs of the small system. Time is processor time of this thread.
 */
public final class PairBenchmark<S> {
  private static final int CHECKED = 64;
  private static final int SHARD = 500;
  private static final int SLICES = 7;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LatticeSystem<S> system;
  private final BenchmarkSamples<S> samples;
  private PairShard shard;
  private int sample;

  /** Sums over the pairs that were timed. */
  private long pairs;

  private long events;
  private long upsampleNanos;
  private long observeNanos;
  private long evolveNanos;

  private PairBenchmark(LatticeSystem<S> system) {
    this.system = system;
    samples = BenchmarkSamples.of(system, new Streams(1));
    shard = emptyShard();
  }

  private PairShard emptyShard() {
    return new PairShard(new PairShard.Place(0, 0, system.timeUnit()), SHARD);
  }

  /**
   * Measures the first condition of a configuration.
   *
   * @param name how to call it
   * @param user the configuration; its preset is applied
   * @param seconds processor time to measure for, after half as long a warm-up
   */
  public static PairSpeed measure(String name, ConfigNode user, double seconds) {
    SystemProvider provider = SystemProvider.find(user.get("system"));
    ConfigNode root =
        user.find("preset")
            .map(preset -> user.over(ConfigNode.parse(provider.preset(preset.text()), "preset")))
            .orElse(user);
    ConfigNode still =
        root.with(Binder.section(RelaxConfig.class, provider.sections()), "{windows: none}");
    double building =
        new PairBenchmark<>(LatticeSystem.liftable(provider.create(still)))
            .microsToBuild(seconds / SLICES);
    return new PairBenchmark<>(LatticeSystem.liftable(provider.create(root)))
        .measure(name, seconds, building);
  }

  /** Upsampling alone, after as long a warm-up. */
  private double microsToBuild(double seconds) {
    LongSupplier build =
        () -> {
          samples.upsample(sample++);
          return 1;
        };
    Rates.of(seconds, build);
    return MICROS_PER_SECOND / Rates.of(seconds, build);
  }

  private PairSpeed measure(String name, double seconds, double building) {
    String checksum = checksum();
    Rates.of(seconds / 2, this::pair);
    clear();
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    Rates rates = Rates.inSlices(SLICES, seconds, this::pair);
    allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
    return new PairSpeed(
        name,
        system.large().sites(),
        rates.median(),
        rates.slices(),
        (double) events / pairs,
        new Micros(
            building,
            Math.max(0, upsampleNanos / NANOS_PER_MICRO / pairs - building),
            observeNanos / NANOS_PER_MICRO / pairs,
            evolveNanos / NANOS_PER_MICRO / pairs,
            microsToWrite()),
        (double) allocated / pairs,
        checksum);
  }

  private void clear() {
    pairs = 0;
    events = 0;
    upsampleNanos = 0;
    observeNanos = 0;
    evolveNanos = 0;
  }

  /** Makes one pair and returns 1. */
  private long pair() {
    long start = Rates.nanos();
    S large = samples.upsample(sample);
    long upsampled = Rates.nanos();
    double[] z = samples.maker().observe(large);
    long observed = Rates.nanos();
    SampleEvolution evolution = samples.maker().evolve(large, sample++);
    if (shard.isFull()) {
      shard = emptyShard();
    }
    shard.add(z, PairShard.Source.NONE, evolution);
    long evolved = Rates.nanos();
    pairs++;
    events += evolution.events();
    upsampleNanos += upsampled - start;
    observeNanos += observed - upsampled;
    evolveNanos += evolved - observed;
    return 1;
  }

  private String checksum() {
    CRC32 crc = new CRC32();
    for (int i = 0; i < CHECKED; i++) {
      S large = samples.upsample(sample);
      add(crc, samples.maker().observe(large));
      SampleEvolution evolution = samples.maker().evolve(large, sample++);
      add(crc, evolution.increment());
      add(crc, evolution.time(), evolution.patches()[0], evolution.events());
    }
    return String.format("%08x", crc.getValue());
  }

  private static void add(CRC32 crc, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    crc.update(bytes.array());
  }

  /** A full shard, the second time it is written. */
  private double microsToWrite() {
    while (!shard.isFull()) {
      pair();
    }
    try {
      Path folder = Files.createTempDirectory("latticelift-pairs");
      Path first = folder.resolve("first.h5");
      Path second = folder.resolve("second.h5");
      try {
        shard.write(first);
        long start = Rates.nanos();
        shard.write(second);
        return (Rates.nanos() - start) / NANOS_PER_MICRO / SHARD;
      } finally {
        Files.deleteIfExists(first);
        Files.deleteIfExists(second);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Snapshots of short runs of the small system, made in memory: enough of them, and far enough
   * apart from each other, that tiles differ as they do in a real run.
   */
  record BenchmarkSamples<S>(SnapshotPool<S> pool, PairMaker<S> maker) {
    private static final int RUNS = 10;
    private static final int RECORDS = 50;
    private static final int SETTLING_EVENTS = 10_000;
    private static final int EVENTS_BETWEEN = 200;

    /** At the first condition, with dynamics that are new. */
    static <S> BenchmarkSamples<S> of(LatticeSystem<S> system, Streams streams) {
      Condition condition = system.conditions().get(0);
      Dynamics<S> simulation = system.dynamics(condition, 0);
      List<byte[]> snapshots = new ArrayList<>();
      double seconds = 0;
      for (int run = 0; run < RUNS; run++) {
        RandomStream stream = streams.stream(Purpose.SIMULATE, run);
        S state = simulation.initial(system.small(), streams.stream(Purpose.INITIAL_STATE, run));
        simulation.advance(state, Duration.events(SETTLING_EVENTS), stream);
        for (int record = 0; record < RECORDS; record++) {
          Progression progression =
              simulation.advance(state, Duration.events(EVENTS_BETWEEN), stream);
          seconds += progression.time() / progression.events();
          snapshots.add(system.codec().encode(state));
        }
      }
      double meanEventTime = seconds * system.small().patches() / (RUNS * RECORDS);
      SnapshotPool<S> pool =
          SnapshotPool.of(
              RUNS,
              RECORDS,
              (run, record) ->
                  system
                      .codec()
                      .decode(snapshots.get(run * RECORDS + record).clone(), system.small()));
      PairMaker<S> maker =
          new PairMaker<>(
              condition,
              system.dynamics(condition, meanEventTime),
              system.large(),
              system.lifting().evolutionDuration(condition, TimeScales.ofEvents(meanEventTime)),
              EvolutionPlan.ONE_PATCH,
              streams);
      return new BenchmarkSamples<>(pool, maker);
    }

    S upsample(int sample) {
      return maker.upsample(pool, sample);
    }
  }

  /**
   * Microseconds per pair.
   *
   * @param upsampleMicros building the large state, without its relaxation
   * @param relaxMicros relaxation: building with it minus building without it
   * @param observeMicros observing the large state
   * @param evolveMicros partial evolution
   * @param writeMicros writing a shard, shared among its pairs; not part of the rate
   */
  public record Micros(
      double upsampleMicros,
      double relaxMicros,
      double observeMicros,
      double evolveMicros,
      double writeMicros) {}

  /**
   * Measured speed of making training pairs, per second of processor time of one thread.
   *
   * @param name what was measured
   * @param sites sites of the large system
   * @param pairsPerSecond median of the slices
   * @param slices the slowest and the fastest of them
   * @param eventsPerPair mean number of events of the partial evolution
   * @param micros where time goes
   * @param allocatedBytes memory allocated per pair
   * @param checksum CRC-32 of the first pairs of the fixed seed: equal results have equal checksums
   */
  public record PairSpeed(
      String name,
      long sites,
      double pairsPerSecond,
      @Part Slices slices,
      double eventsPerPair,
      @Part Micros micros,
      double allocatedBytes,
      String checksum) {

    /** Heads the columns of {@link #line}. */
    public static final String HEADER =
        "case                       sites   pairs/s   (slowest - fastest)   us per pair: upsample  relax"
            + "  observe  evolve  write   kB/pair  checksum";

    /** One line for people; the speed in a table row. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%-20s %11d %9.0f   (%.0f - %.0f)%21.1f %6.1f %8.1f %7.1f %6.2f %9.1f  %s",
          name,
          sites,
          pairsPerSecond,
          slices.slowest(),
          slices.fastest(),
          micros.upsampleMicros,
          micros.relaxMicros,
          micros.observeMicros,
          micros.evolveMicros,
          micros.writeMicros,
          allocatedBytes / 1e3,
          checksum);
    }
  }
}
