package org.latticelift.bench.kernels;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The eight barriers of one vacancy in fresh random environments, in microseconds; checks the cost
 * model of {@code NetworkBarrier}. Another network: {@code latticelift bench jmh BarrierKernel -p
 * model=WEIGHTS.h5}.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BarrierKernelBenchmark extends KernelBenchmark {
  private static final int ENVIRONMENTS = 1024;
  private static final int SITES = 112;
  private static final int HOPS = 8;
  private static final int BATCH = 8;

  /** A shipped network, or a weight file. */
  @Param({"compact", "small"})
  public String model;

  /** The arithmetic. */
  @Param({"fastest", "plain"})
  public String arithmetic;

  private final byte[] codes = new byte[ENVIRONMENTS * SITES];
  private final byte[] batch = new byte[BATCH * SITES];
  private final int[] basis = new int[BATCH];
  private final float[] barriers = new float[BATCH * HOPS];
  private BarrierKernel kernel;
  private int next;

  /** Reads the weights and draws the environments. */
  @Setup
  public void prepare() {
    Path file = model.endsWith(".h5") ? Path.of(model) : BarrierModels.shipped(model);
    DenseKernelFactory factory =
        arithmetic.equals("plain") ? KernelFactories.plain() : KernelFactories.fastest();
    kernel =
        new NetworkBarrier(
                model,
                BarrierWeights.read(file),
                Crystal.bcc(),
                Optional.empty(),
                Optional.empty(),
                factory)
            .newKernel();
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (1 + random.below(3));
    }
  }

  /** One vacancy per call, as in a simulation with few vacancies. */
  @Benchmark
  public float[] one() {
    next = (next + 1) % ENVIRONMENTS;
    kernel.barriers(codes, next * SITES, 0, barriers, 0);
    return barriers;
  }

  /** Eight vacancies per call; the time is that of all eight. */
  @Benchmark
  public float[] batchOfEight() {
    next = (next + 1) % (ENVIRONMENTS / BATCH);
    System.arraycopy(codes, next * BATCH * SITES, batch, 0, batch.length);
    kernel.barriers(BATCH, batch, basis, barriers);
    return barriers;
  }
}
