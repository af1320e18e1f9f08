package org.latticelift.learn.train;

import java.util.function.IntConsumer;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Streams;

/**
 * Trains one model on pairs in memory, on one thread of the CPU: the loop of the stage {@code
 * train} without files, validation and phases, with the rates, kappa and epsilon of the paper.
 */
public final class PairTraining {
  private static final double KAPPA = 8;
  private static final double EPSILON = 1e-4;

  private final GradientEngine engine;

  /**
   * A training.
   *
   * @param engine what computes the gradients
   * @throws LatticeLiftException (69) if it cannot start
   */
  public PairTraining(TrainingEngine engine) {
    this.engine = engine.resolve(TrainingDevice.CPU);
  }

  /**
   * The engine.
   *
   * @return name and version
   */
  public String engine() {
    return engine.name();
  }

  /**
   * Trains from initial weights. Arrays are in the scaled variables and time of the model; they are
   * not modified.
   *
   * @param architecture networks of d variables
   * @param state first states, N by d, row-major
   * @param increment of each pair, N by d
   * @param duration of each pair, N
   * @param condition input of the networks, N
   * @param epochs passes over the pairs
   * @param batch pairs per step
   * @param seed decides weights and shuffles
   * @param ended told the number of each epoch, 1 the first, at its end
   * @return the weights after the last epoch
   */
  public SdeParameters run(
      SdeArchitecture architecture,
      float[] state,
      float[] increment,
      float[] duration,
      float[] condition,
      int epochs,
      int batch,
      long seed,
      IntConsumer ended) {
    int d = architecture.dimension();
    ScaledPairs pairs = new ScaledPairs(d, state, increment, duration, condition);
    TrainingProblem problem = TrainingProblem.plain(KAPPA, EPSILON, pairs, ScaledPairs.none(d));
    TrainSettings settings =
        new TrainSettings(epochs, batch, Schedule.REAL, 1e-3, 5e-6, 20, 0.5, 0, 0, 0, 0, epochs);
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void epoch(int epoch, double loss, double validation) {
            ended.accept(epoch);
          }
        };
    return new SdeTrainer(architecture, problem, settings, new Streams(seed), 0)
        .run(engine, null, observer)
        .parameters();
  }
}
