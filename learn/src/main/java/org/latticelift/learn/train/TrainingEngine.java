package org.latticelift.learn.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.GraphLoss.DevicePairs;
import org.latticelift.learn.train.GraphLoss.Scalars;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.SdeObjective;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Streams;

/**
 * Which engine computes the gradients. Engines round differently, so the engine is part of what
 * makes a result.
 */
public enum TrainingEngine {
  /** {@link #JAVA} on the CPU, the faster one there; {@link #DJL} on a GPU. */
  AUTO,
  /** Hand-written passes in Java; CPU only; equal bits on every machine. */
  JAVA,
  /** Automatic differentiation with DJL on PyTorch; equal bits for the same CPU and version. */
  DJL;

  /**
   * The engine for a device.
   *
   * @param device wanted device; where this is {@link #AUTO} a GPU must be asked for by name
   * @throws LatticeLiftException (65) if the engine cannot use the device, (69) if it cannot start
   */
  GradientEngine resolve(TrainingDevice device) {
    check(device);
    return java(device) ? new FusedEngine() : new DjlEngine(device.resolve());
  }

  private boolean java(TrainingDevice device) {
    return this == JAVA || this == AUTO && device != TrainingDevice.GPU;
  }

  void prepare(TrainingDevice device) {
    if (!java(device)) {
      EngineLibrary.require();
    }
  }

  /** Rough time of one pair in one epoch, for plans. */
  double secondsPerPair(TrainingDevice device) {
    return java(device) ? 2e-6 : 6e-6;
  }

  /** Finds a wrong combination before anything runs. */
  void check(TrainingDevice device) {
    if (this == JAVA && device == TrainingDevice.GPU) {
      throw LatticeLiftException.badData(
          "The training engine java does not run on a GPU",
          "train.engine",
          "java needs train.device cpu or auto",
          "Set train.engine to auto or djl, or train.device to cpu");
    }
  }

  /** Gradients by automatic differentiation with DJL on PyTorch ({@code device}: CPU or a GPU). */
  record DjlEngine(Device device) implements GradientEngine {
    @Override
    public String name() {
      return "djl pytorch " + TrainingDevice.engine().getVersion() + " " + device;
    }

    @Override
    public SdeObjective<float[]> open(SdeArchitecture architecture, TrainingProblem problem) {
      GraphLoss loss = new GraphLoss(architecture, problem.covariance(), problem.noise());
      return new DjlObjective(device, loss, problem.training(), problem.validation());
    }
  }

  /**
   * Gradients by hand-written passes in Java. Bits depend neither on the processor nor on whether
   * the Vector API is there ({@code arithmetic}: makes the arithmetic of a training).
   */
  record FusedEngine(Supplier<BlockArithmetic<float[]>> arithmetic) implements GradientEngine {
    FusedEngine() {
      this(Arithmetics::fastest);
    }

    @Override
    public String name() {
      return "java " + arithmetic.get().name();
    }

    @Override
    public SdeObjective<float[]> open(SdeArchitecture architecture, TrainingProblem problem) {
      return new FusedObjective<>(architecture, problem, arithmetic.get());
    }
  }

  /**
   * The objective on PyTorch. The set lies on the device once per epoch, in the order of that
   * epoch, and batches are views of it. The leaf of a step dies with the step, so gradients need no
   * reset.
   */
  static final class DjlObjective implements SdeObjective<float[]> {
    private static final int EVALUATION_BATCH = 4096;

    private final NDManager root;
    private final GraphLoss loss;
    private final Samples training;
    private final DevicePairs validation;
    private final int validationCount;
    private NDManager epoch;
    private DevicePairs ordered;

    DjlObjective(Device device, GraphLoss loss, Samples training, Samples validation) {
      this.root = TrainingDevice.engine().newBaseManager(device);
      GradientTape.off();
      this.loss = loss;
      this.training = training;
      this.validationCount = validation.count();
      this.validation = DevicePairs.of(root, validation, validation.all());
    }

    @Override
    public void order(int[] order) {
      if (epoch != null) {
        epoch.close();
      }
      epoch = root.newSubManager();
      ordered = DevicePairs.of(epoch, training, order);
    }

    @Override
    public double gradient(float[] parameters, int from, int to, float[] gradient) {
      try (NDManager step = root.newSubManager()) {
        NDArray leaf = step.create(parameters);
        leaf.setRequiresGradient(true);
        NDArray mean;
        try (GradientTape tape = new GradientTape()) {
          NDArray sum = loss.sum(step, leaf, ordered.slice(step, from, to));
          mean = Scalars.times(sum, 1.0 / (to - from));
          tape.backward(mean);
        }
        try (NDArray derivatives = leaf.getGradient()) {
          System.arraycopy(derivatives.toFloatArray(), 0, gradient, 0, gradient.length);
        }
        return mean.getFloat();
      }
    }

    @Override
    public double validation(float[] parameters) {
      double sum = 0;
      for (int from = 0; from < validationCount; from += EVALUATION_BATCH) {
        int to = Math.min(validationCount, from + EVALUATION_BATCH);
        try (NDManager step = root.newSubManager()) {
          NDArray flat = step.create(parameters);
          sum += loss.sum(step, flat, validation.slice(step, from, to)).getFloat();
        }
      }
      return sum / validationCount;
    }

    @Override
    public void close() {
      root.close();
    }
  }

  /**
   * Trains one model on pairs in memory, on one thread of the CPU: the loop of the stage {@code
   * train} without files, validation and phases, with the rates, kappa and epsilon of the paper.
   */
  public static final class PairTraining {
    private static final double KAPPA = 8;
    private static final double EPSILON = 1e-4;

    private final GradientEngine engine;

    /**
     * A training.
     *
     * @throws LatticeLiftException (69) if it cannot start
     */
    public PairTraining(TrainingEngine engine) {
      this.engine = engine.resolve(TrainingDevice.CPU);
    }

    public String engine() {
      return engine.name();
    }

    /**
     * Trains from initial weights.
     *
     * @param samples in the scaled variables and time of a model
     * @param batch pairs per step
     * @param ended told the number of each epoch, 1 the first, at its end
     * @return the weights after the last epoch
     */
    public SdeParameters run(
        SdeArchitecture architecture,
        Samples samples,
        int epochs,
        int batch,
        long seed,
        IntConsumer ended) {
      TrainingProblem problem =
          TrainingProblem.plain(KAPPA, EPSILON, samples, Samples.none(architecture.dimension()));
      TrainSettings settings =
          new TrainSettings(
              epochs, batch, new Optimiser(LearningSchedule.REAL, 1e-3, 5e-6, 20, 0, 0, 0), epochs);
      TrainingObserver observer =
          new TrainingObserver() {
            @Override
            public void epoch(int epoch, double loss, double validation) {
              ended.accept(epoch);
            }
          };
      return new SdeTrainer(architecture, problem, settings, new Streams(seed), 0)
          .run(engine, Optional.empty(), observer)
          .parameters();
    }
  }
}
