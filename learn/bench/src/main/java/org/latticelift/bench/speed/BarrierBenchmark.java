package org.latticelift.bench.speed;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.barrier.NetworkParameters;

/**
 * Measures how fast one core evaluates barriers. A call is one vacancy with all its hops. Time is
 * processor time of this thread.
 *
 * @param model name of the model
 * @param kernel the arithmetic
 * @param callsPerSecond one vacancy per call
 * @param batchedPerSecond vacancies per second, eight per call
 * @param flops floating-point operations per second of single calls, counted by {@link
 *     NetworkParameters#operations()}; NaN for models that are no network
 */
public record BarrierBenchmark(
    String model, String kernel, double callsPerSecond, double batchedPerSecond, double flops) {
  private static final int ENVIRONMENTS = 256;
  private static final int BATCH = 8;
  private static final int CALLS = 64;

  /** Compiled code is there long before; interpreted, a thousand times slower, a second is less. */
  private static final int WARM_UP = 20_000;

  /**
   * Measures a model with random environments ({@code seconds}: how long to measure each of the two
   * ways, after a warm-up of at least as long and of at least 20 000 calls).
   */
  public static BarrierBenchmark measure(BarrierModel model, double seconds) {
    byte[] environments = environments(model);
    double single = best(seconds, () -> single(model, environments));
    double batched = best(seconds, () -> batched(model, environments));
    boolean network = model instanceof NetworkBarrier;
    double operations =
        network
            ? ((NetworkBarrier) model).parameters().operations() * model.crystal().hopCount()
            : Double.NaN;
    String kernel = network ? ((NetworkBarrier) model).kernelName() : "plain";
    return new BarrierBenchmark(model.name(), kernel, single, batched, single * operations);
  }

  private static double best(double seconds, Supplier<DoubleSupplier> prepared) {
    DoubleSupplier rate = prepared.get();
    for (int calls = 0; calls < WARM_UP; calls += CALLS) {
      rate.getAsDouble();
    }
    run(seconds, rate);
    return run(seconds, rate);
  }

  private static double run(double seconds, DoubleSupplier rate) {
    double best = 0;
    long end = Rates.nanos() + (long) (seconds * 1e9);
    while (Rates.nanos() < end) {
      best = Math.max(best, rate.getAsDouble());
    }
    return best;
  }

  private static byte[] environments(BarrierModel model) {
    byte[] codes = new byte[ENVIRONMENTS * model.crystal().environmentSize()];
    RandomStream random = new Streams(1).stream(Purpose.BENCHMARK);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (1 + random.below(model.species()));
    }
    return codes;
  }

  private static DoubleSupplier single(BarrierModel model, byte[] environments) {
    BarrierKernel kernel = model.newKernel();
    int size = model.crystal().environmentSize();
    float[] barriers = new float[model.crystal().hopCount()];
    int[] next = {0};
    return () -> {
      long start = Rates.nanos();
      for (int i = 0; i < CALLS; i++) {
        next[0] = (next[0] + 1) % ENVIRONMENTS;
        kernel.barriers(environments, next[0] * size, 0, barriers, 0);
      }
      return CALLS * 1e9 / (Rates.nanos() - start);
    };
  }

  private static DoubleSupplier batched(BarrierModel model, byte[] environments) {
    BarrierKernel kernel = model.newKernel();
    int size = model.crystal().environmentSize();
    byte[] batch = Arrays.copyOf(environments, BATCH * size);
    float[] barriers = new float[BATCH * model.crystal().hopCount()];
    int[] basis = new int[BATCH];
    return () -> {
      long start = Rates.nanos();
      for (int i = 0; i < CALLS; i++) {
        kernel.barriers(BATCH, batch, basis, barriers);
      }
      return (double) BATCH * CALLS * 1e9 / (Rates.nanos() - start);
    };
  }
}
