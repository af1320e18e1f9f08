package org.latticelift.bench.speed;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.PairMaker;
import org.latticelift.sim.lift.PairShard;
import org.latticelift.sim.lift.SampleEvolution;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.SystemProvider;

/**
 * Training pairs per core-second, made by the calls that the stage {@code lift} makes, from
 * snapshots of short runs of the small system. Time is processor time of this thread.
 *
 * @param <S> state
 */
public final class PairBenchmark<S> {
  private static final int CHECKED = 64;
  private static final int SHARD = 500;
  private static final int SLICES = 7;
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LiftableSystem<S> system;
  private final PairMaker<S> maker;
  private PairShard shard;
  private int sample;

  /** Sums over the pairs that were timed. */
  private long pairs;

  private long events;
  private long upsampleNanos;
  private long observeNanos;
  private long evolveNanos;

  private PairBenchmark(LiftableSystem<S> system) {
    this.system = system;
    maker = BenchmarkSnapshots.maker(system, new Streams(1));
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
   * @return its speed
   */
  public static PairSpeed measure(String name, ConfigNode user, double seconds) {
    SystemProvider provider = SystemProvider.find(user.get("system"));
    ConfigNode root =
        user.find("preset")
            .map(preset -> user.over(ConfigNode.parse(provider.preset(preset.text()), "preset")))
            .orElse(user);
    ConfigNode still = root.with("relax", "{windows: none}");
    double building =
        new PairBenchmark<>(LiftableSystem.of(provider.create(still)))
            .microsToBuild(seconds / SLICES);
    return new PairBenchmark<>(LiftableSystem.of(provider.create(root)))
        .measure(name, seconds, building);
  }

  /** Upsampling alone, after as long a warm-up. */
  private double microsToBuild(double seconds) {
    double perBuild = 0;
    for (int round = 0; round < 2; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long end = start + (long) (seconds * NANOS);
      int built = 0;
      long now;
      do {
        maker.upsample(sample++);
        built++;
        now = THREADS.getCurrentThreadCpuTime();
      } while (now < end);
      perBuild = (now - start) / MICROS / built;
    }
    return perBuild;
  }

  private PairSpeed measure(String name, double seconds, double building) {
    String checksum = checksum();
    slice(seconds / 2);
    clear();
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    double[] rates = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      rates[i] = slice(seconds / SLICES);
    }
    Arrays.sort(rates);
    allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
    return new PairSpeed(
        name,
        system.large().sites(),
        rates[SLICES / 2],
        rates[0],
        rates[SLICES - 1],
        (double) events / pairs,
        building,
        Math.max(0, upsampleNanos / MICROS / pairs - building),
        observeNanos / MICROS / pairs,
        evolveNanos / MICROS / pairs,
        microsToWrite(),
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

  private double slice(double seconds) {
    long start = THREADS.getCurrentThreadCpuTime();
    long end = start + (long) (seconds * NANOS);
    long before = pairs;
    long now = start;
    while (now < end) {
      now = pair(now);
    }
    return (pairs - before) * NANOS / (now - start);
  }

  /** Makes one pair and returns the clock after it. */
  private long pair(long start) {
    S large = maker.upsample(sample);
    long upsampled = THREADS.getCurrentThreadCpuTime();
    double[] z = maker.observe(large);
    long observed = THREADS.getCurrentThreadCpuTime();
    SampleEvolution evolution = maker.evolve(large, sample++);
    if (shard.isFull()) {
      shard = emptyShard();
    }
    shard.add(z, PairShard.Source.NONE, evolution);
    long evolved = THREADS.getCurrentThreadCpuTime();
    pairs++;
    events += evolution.events();
    upsampleNanos += upsampled - start;
    observeNanos += observed - upsampled;
    evolveNanos += evolved - observed;
    return evolved;
  }

  private String checksum() {
    CRC32 crc = new CRC32();
    for (int i = 0; i < CHECKED; i++) {
      S large = maker.upsample(sample);
      add(crc, maker.observe(large));
      SampleEvolution evolution = maker.evolve(large, sample++);
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
      pair(THREADS.getCurrentThreadCpuTime());
    }
    try {
      Path folder = Files.createTempDirectory("latticelift-pairs");
      Path first = folder.resolve("first.h5");
      Path second = folder.resolve("second.h5");
      try {
        shard.write(first);
        long start = THREADS.getCurrentThreadCpuTime();
        shard.write(second);
        return (THREADS.getCurrentThreadCpuTime() - start) / MICROS / SHARD;
      } finally {
        Files.deleteIfExists(first);
        Files.deleteIfExists(second);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
