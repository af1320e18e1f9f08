package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/** One phase of a training: epochs of shuffled batches (section 10 of the method). */
final class PhaseTrainer {
  private final int index;
  private final TrainingPhase phase;
  private final TrainSettings settings;
  private final Streams streams;
  private final int model;
  private final int epochs;
  private final LearningRate schedule;
  private final List<double[]> history;
  private float[] best = {};
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int epoch;
  private int position;
  private double sum;

  /**
   * Prepares a phase.
   *
   * @param index of the phase
   * @param model index of the model; with the seed it decides the shuffles
   * @param history rows of the phases before and of a resumed one; a row is added for each epoch
   */
  PhaseTrainer(
      int index,
      TrainingPhase phase,
      TrainSettings settings,
      Streams streams,
      int model,
      List<double[]> history) {
    this.index = index;
    this.phase = phase;
    this.settings = settings;
    this.streams = streams;
    this.model = model;
    this.history = history;
    this.epochs = phase.epochs(settings.epochs());
    this.schedule = settings.schedule().start(settings);
  }

  /** All parameters after the phase, and the epoch of all phases that they are from. */
  record Result(float[] parameters, int bestEpoch) {}

  /**
   * Trains to the end of the phase, or until the observer stops.
   *
   * @param initial parameters that the phase begins with; on resume the current ones
   * @param resume state within this phase, or null
   * @return null if it was stopped
   */
  Result run(
      SdeArchitecture architecture,
      GradientEngine engine,
      float[] initial,
      TrainingState resume,
      TrainingObserver observer) {
    int first = Weights.first(architecture, phase.fitted());
    Weights weights = new Weights(initial, first, settings);
    if (resume != null) {
      restore(weights, resume);
    }
    TrainingPhase prepared =
        phase.fitted() == Fitted.DIFFUSION ? residuals(architecture, initial) : phase;
    try (SdeObjective objective = engine.open(architecture, prepared)) {
      while (epoch < epochs && !exhausted()) {
        if (!epoch(objective, weights, observer)) {
          observer.checkpoint(state(weights));
          return null;
        }
        if (epoch % settings.checkpointEpochs() == 0 && epoch < epochs) {
          observer.checkpoint(state(weights));
        }
      }
      observer.checkpoint(state(weights));
      float[] flat = best.length > 0 ? best : weights.evaluated();
      return new Result(flat, bestEpoch == 0 ? 0 : history.size() - epoch + bestEpoch);
    }
  }

  /** The increments less what the drift explains of them; the drift is as the phase found it. */
  private TrainingPhase residuals(SdeArchitecture architecture, float[] flat) {
    SdeParameters parameters = SdeParameters.of(architecture, flat);
    return phase.with(
        phase.training().residuals(architecture, parameters),
        phase.validation().residuals(architecture, parameters));
  }

  private boolean exhausted() {
    return settings.earlyStopping() > 0 && epoch - bestEpoch >= settings.earlyStopping();
  }

  private void restore(Weights weights, TrainingState resume) {
    weights.restore(resume);
    schedule.restore(resume.schedule());
    best = resume.best();
    bestLoss = resume.bestLoss();
    bestEpoch = resume.bestEpoch();
    epoch = resume.epoch();
    position = resume.position();
    sum = resume.sum();
  }

  private TrainingState state(Weights weights) {
    return new TrainingState(
        index,
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
    int[] order = new int[phase.training().count()];
    Arrays.setAll(order, i -> i);
    int before = history.size() - epoch; // epochs of the phases before
    streams.stream(Purpose.TRAIN_SHUFFLE, model, history.size()).shuffle(order);
    objective.order(order);
    float[] gradient = new float[weights.current().length];
    double rate = schedule.rate((double) epoch / epochs);
    while (position < order.length) {
      if (observer.stop()) {
        return false;
      }
      int to = Math.min(order.length, position + settings.batch());
      double progress = (epoch + (double) position / order.length) / epochs;
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
        phase.validation().count() == 0 ? Double.NaN : objective.validation(weights.evaluated());
    schedule.epoch(loss);
    remember(weights, checked);
    history.add(new double[] {loss, checked, rate});
    observer.epoch(before + epoch, loss, checked);
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
          "model " + model + ", epoch " + (history.size() + 1),
          "a finite number",
          "Lower train.learning_rate or raise train.epsilon");
    }
  }
}
