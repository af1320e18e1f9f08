package org.latticelift.learn.train;

import ai.djl.Device;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Time of one epoch of the paper's trainings with both engines on one thread, everything included:
 * shuffle, gradients, optimiser. Time is processor time of this thread, so that other work on the
 * machine counts less.
 */
public final class TrainingBenchmark {
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int pairs;
  private final int batch;
  private final int warmUp;
  private final int epochs;

  /**
   * A measurement.
   *
   * @param pairs pairs per epoch
   * @param batch pairs per step
   * @param warmUp epochs before the measured ones
   * @param epochs measured epochs
   */
  public TrainingBenchmark(int pairs, int batch, int warmUp, int epochs) {
    this.pairs = pairs;
    this.batch = batch;
    this.warmUp = warmUp;
    this.epochs = epochs;
  }

  /**
   * What is trained.
   *
   * @param name for people
   * @param architecture its shape
   */
  public record Case(String name, SdeArchitecture architecture) {}

  /**
   * The networks of the paper.
   *
   * @return plain drift with full diffusion, d = 4 (ME-44), and the stochastic OnsagerNet, d = 6
   *     (ME-60)
   */
  public static List<Case> cases() {
    return List.of(
        new Case(
            "plain d=4",
            new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64))),
        new Case(
            "onsager d=6",
            new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64))));
  }

  /**
   * Measures one case on the CPU.
   *
   * @param what the case
   * @param engine java or djl
   * @return its speed
   */
  public TrainingSpeed measure(Case what, TrainingEngine engine) {
    GradientEngine gradients =
        engine == TrainingEngine.DJL ? new DjlEngine(Device.cpu()) : new FusedEngine();
    long[] end = new long[warmUp + epochs];
    TrainingObserver clock =
        new TrainingObserver() {
          @Override
          public void epoch(int epoch, double loss, double validation) {
            end[epoch - 1] = THREADS.getCurrentThreadCpuTime();
          }
        };
    SdeArchitecture a = what.architecture();
    ScaledPairs none =
        new ScaledPairs(a.dimension(), new float[0], new float[0], new float[0], new float[0]);
    new SdeTrainer(
            a,
            List.of(TrainingPhase.all(8, 1e-4, pairs(a.dimension()), none)),
            settings(),
            new Streams(1),
            0)
        .run(gradients, null, clock);
    double[] seconds = new double[epochs];
    Arrays.setAll(seconds, k -> (end[warmUp + k] - end[warmUp + k - 1]) / NANOS);
    Arrays.sort(seconds);
    double median = seconds[epochs / 2];
    double flops = operations(a) * pairs / median;
    return new TrainingSpeed(
        what.name(),
        gradients.name(),
        pairs,
        batch,
        median,
        seconds[0],
        seconds[epochs - 1],
        flops);
  }

  private static double operations(SdeArchitecture a) {
    return new FusedObjective<>(
            a, LossCovariance.uniform(1, 1, a.dimension()), Fitted.ALL, Arithmetics.plain())
        .operations();
  }

  private TrainSettings settings() {
    return new TrainSettings(
        warmUp + epochs, batch, Schedule.REAL, 1e-3, 5e-6, 20, 0.5, 0, 0, 0, 1000);
  }

  private ScaledPairs pairs(int d) {
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK, d);
    ScaledPairs set =
        new ScaledPairs(
            d, new float[pairs * d], new float[pairs * d], new float[pairs], new float[pairs]);
    for (int k = 0; k < pairs; k++) {
      for (int i = 0; i < d; i++) {
        set.state()[k * d + i] = (float) stream.normal();
        set.increment()[k * d + i] = (float) (0.3 * stream.normal());
      }
      set.duration()[k] = (float) (0.01 + 0.01 * stream.uniform());
      set.condition()[k] = (float) SdeArchitecture.normalised(1000 + 500 * (k % 4));
    }
    return set;
  }
}
