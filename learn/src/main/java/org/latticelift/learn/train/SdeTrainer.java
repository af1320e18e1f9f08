package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Trains one model on one thread (ME-36, section 10 of the method). Equal seeds and engines give
 * equal bits on the CPU, also after a resume.
 */
final class SdeTrainer {
  private final SdeArchitecture architecture;
  private final ScaledPairs training;
  private final ScaledPairs validation;
  private final TrainSettings settings;
  private final Streams streams;
  private final int model;
  private final LearningRate schedule;
  private final List<double[]> history = new ArrayList<>();
  private float[] best = {};
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int epoch;
  private int position;
  private double sum;

  /**
   * Prepares a training.
   *
   * @param validation may be empty
   * @param model index of this model; with the seed it decides weights and shuffles
   */
  SdeTrainer(
      SdeArchitecture architecture,
      ScaledPairs training,
      ScaledPairs validation,
      TrainSettings settings,
      Streams streams,
      int model) {
    this.architecture = architecture;
    this.training = training;
    this.validation = validation;
    this.settings = settings;
    this.streams = streams;
    this.model = model;
    this.schedule = settings.schedule().start(settings);
  }

  /** The finished model, or null if the observer asked to stop before the end. */
  record Result(SdeParameters parameters, List<double[]> history, int bestEpoch) {}

  /**
   * Trains to the end or until the observer stops.
   *
   * @param engine computes losses and gradients
   * @param resume state of an earlier checkpoint of the same engine, or null
   */
  Result run(GradientEngine engine, TrainingState resume, TrainingObserver observer) {
    try (SdeObjective objective = engine.open(architecture, settings, training, validation)) {
      Weights weights = start(resume);
      while (epoch < settings.epochs() && !exhausted()) {
        if (!epoch(objective, weights, observer)) {
          observer.checkpoint(state(weights));
          return null;
        }
        if (epoch % settings.checkpointEpochs() == 0 && epoch < settings.epochs()) {
          observer.checkpoint(state(weights));
        }
      }
      observer.checkpoint(state(weights));
      float[] flat = best.length > 0 ? best : weights.evaluated();
      return new Result(SdeParameters.of(architecture, flat), history, bestEpoch);
    }
  }

  private boolean exhausted() {
    return settings.earlyStopping() > 0 && epoch - bestEpoch >= settings.earlyStopping();
  }

  private Weights start(TrainingState resume) {
    if (resume == null) {
      SdeParameters initial =
          SdeParameters.initial(architecture, streams.stream(Purpose.TRAIN_INIT, model));
      return new Weights(initial.flat(), settings);
    }
    Weights weights = new Weights(resume.parameters(), settings);
    weights.restore(resume);
    schedule.restore(resume.schedule());
    history.addAll(resume.history());
    best = resume.best();
    bestLoss = resume.bestLoss();
    bestEpoch = resume.bestEpoch();
    epoch = resume.epoch();
    position = resume.position();
    sum = resume.sum();
    return weights;
  }

  private TrainingState state(Weights weights) {
    return new TrainingState(
        epoch,
        position,
        sum,
        weights.current().clone(),
        weights.average().clone(),
        best,
        bestLoss,
        bestEpoch,
        weights.optimiser(),
        schedule.state(),
        List.copyOf(history));
  }

  /** Goes on with the epoch to its end; false if the observer stopped it between two batches. */
  private boolean epoch(SdeObjective objective, Weights weights, TrainingObserver observer) {
    int[] order = new int[training.count()];
    Arrays.setAll(order, i -> i);
    streams.stream(Purpose.TRAIN_SHUFFLE, model, epoch).shuffle(order);
    objective.order(order);
    float[] gradient = new float[weights.current().length];
    double rate = schedule.rate((double) epoch / settings.epochs());
    while (position < order.length) {
      if (observer.stop()) {
        return false;
      }
      int to = Math.min(order.length, position + settings.batch());
      double progress = (epoch + (double) position / order.length) / settings.epochs();
      rate = schedule.rate(progress);
      double loss = objective.gradient(weights.current(), position, to, gradient);
      requireFinite(loss);
      weights.step(gradient, rate);
      sum += loss * (to - position);
      position = to;
    }
    double loss = sum / order.length;
    position = 0;
    sum = 0;
    epoch++;
    double checked =
        validation.count() == 0 ? Double.NaN : objective.validation(weights.evaluated());
    schedule.epoch(loss);
    remember(weights, checked);
    history.add(new double[] {loss, checked, rate});
    observer.epoch(epoch, loss, checked);
    return true;
  }

  private void remember(Weights weights, double checked) {
    if (settings.earlyStopping() > 0 && checked < bestLoss) {
      bestLoss = checked;
      bestEpoch = epoch;
      best = weights.evaluated().clone();
    }
  }

  private void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw LatticeLiftException.numerical(
          "The training loss is " + loss,
          "model " + model + ", epoch " + (epoch + 1),
          "a finite number",
          "Lower train.learning_rate or raise train.epsilon");
    }
  }
}
