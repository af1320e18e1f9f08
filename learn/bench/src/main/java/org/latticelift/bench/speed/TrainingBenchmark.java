package org.latticelift.bench.speed;

import java.util.Arrays;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.TrainingEngine;
import org.latticelift.learn.train.TrainingEngine.PairTraining;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Time of one epoch of the paper's trainings with both engines on one thread, everything included:
 * shuffle, gradients, optimiser. Time is processor time of this thread, so that other work on the
 * machine counts less.
 *
 * @param pairs pairs per epoch
 * @param batch pairs per step
 * @param warmUp epochs before the measured ones
 * @param epochs measured epochs
 */
public record TrainingBenchmark(int pairs, int batch, int warmUp, int epochs) {
  private static final double NANOS = 1e9;

  /** Measures one case on the CPU ({@code engine}: java or djl). */
  public TrainingSpeed measure(SdeCase what, TrainingEngine engine) {
    PairTraining training = new PairTraining(engine);
    long[] end = new long[warmUp + epochs];
    train(training, what.architecture(), end);
    double[] seconds = new double[epochs];
    Arrays.setAll(seconds, k -> (end[warmUp + k] - end[warmUp + k - 1]) / NANOS);
    Arrays.sort(seconds);
    double median = seconds[epochs / 2];
    double flops = operations(what.architecture()) * pairs / median;
    return new TrainingSpeed(
        what.name(),
        training.engine(),
        pairs,
        batch,
        median,
        seconds[0],
        seconds[epochs - 1],
        flops);
  }

  private static double operations(SdeArchitecture a) {
    Samples none = Samples.none(a.dimension());
    return new FusedObjective<>(a, TrainingProblem.plain(1, 1, none, none), Arithmetics.plain())
        .operations();
  }

  /** With random pairs; notes when each epoch has ended. */
  private void train(PairTraining training, SdeArchitecture architecture, long[] end) {
    int d = architecture.dimension();
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK, d);
    float[] state = new float[pairs * d];
    float[] increment = new float[pairs * d];
    float[] duration = new float[pairs];
    float[] condition = new float[pairs];
    for (int k = 0; k < pairs; k++) {
      for (int i = 0; i < d; i++) {
        state[k * d + i] = (float) stream.normal();
        increment[k * d + i] = (float) (0.3 * stream.normal());
      }
      duration[k] = (float) (0.01 + 0.01 * stream.uniform());
      condition[k] = (float) SdeArchitecture.normalised(1000 + 500 * (k % 4));
    }
    training.run(
        architecture,
        Samples.of(d, state, increment, new float[0], duration, condition),
        end.length,
        batch,
        1,
        epoch -> end[epoch - 1] = Rates.nanos());
  }

  /**
   * Measured speed of a training. Seconds are processor time of the training thread.
   *
   * @param model what was trained
   * @param engine which engine
   * @param pairs pairs per epoch
   * @param batch pairs per step
   * @param secondsPerEpoch median over the epochs
   * @param fastest the fastest epoch, s
   * @param slowest the slowest epoch, s
   * @param flops operations of the dense layers per second, two per multiply-add, at the median
   */
  public record TrainingSpeed(
      String model,
      String engine,
      int pairs,
      int batch,
      double secondsPerEpoch,
      double fastest,
      double slowest,
      double flops) {}
}
