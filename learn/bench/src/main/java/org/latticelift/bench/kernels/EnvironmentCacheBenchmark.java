package org.latticelift.bench.kernels;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Look-ups in the environment cache in nanoseconds; checks the cost model of {@code
 * EnvironmentCache}.
 */
public class EnvironmentCacheBenchmark extends KernelBenchmark {
  private static final int SITES = 112;
  private static final int HOPS = 8;
  private static final int CODES = 1 << 21;
  private static final int BYTES_PER_ENVIRONMENT = 256;

  /** A prime, so that every environment has its turn. */
  private static final int STEP = 1_299_721;

  /**
   * Environments in the cache, which has room for four times as many: within the first-level cache
   * of a processor, and beyond its last.
   */
  @Param({"100", "2000000"})
  public int environments;

  private final byte[] codes = new byte[CODES + SITES];
  private final float[] rates = new float[HOPS];
  private EnvironmentCache cache;
  private int next;

  /** Fills the cache; environment i is the codes from i on. */
  @Setup
  public void fill() {
    BarrierModel model =
        BarrierModels.fromConfig(ConfigNode.parse("model: pairwise", "benchmark"), Crystal.bcc());
    cache = new EnvironmentCache(model, 1000, (long) environments * BYTES_PER_ENVIRONMENT);
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (1 + random.below(3));
    }
    for (int i = 0; i < environments; i++) {
      if (!cache.fetch(0, codes, i, 0, rates, 0)) {
        cache.store(0, rates, 0);
      }
    }
  }

  /** A look-up; nearly all find what they look for. */
  @Benchmark
  public boolean fetch() {
    next = (next + STEP) % environments;
    return cache.fetch(0, codes, next, 0, rates, 0);
  }

  /** A look-up that finds nothing, and storing. */
  @Benchmark
  public boolean missAndStore() {
    next = (next + STEP) % environments;
    codes[next] ^= 2;
    boolean found = cache.fetch(0, codes, next, 0, rates, 0);
    cache.store(0, rates, 0);
    return found;
  }
}
