package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Trains one model on one thread (ME-36, section 10 of the method), phase after phase. Equal seeds
 * and engines give equal bits on the CPU, also after a resume.
 */
final class SdeTrainer {
  private final SdeArchitecture architecture;
  private final List<TrainingPhase> phases;
  private final TrainSettings settings;
  private final Streams streams;
  private final int model;

  /**
   * Prepares a training.
   *
   * @param phases at least one; the first fits all
   * @param model index of this model; with the seed it decides weights and shuffles
   */
  SdeTrainer(
      SdeArchitecture architecture,
      List<TrainingPhase> phases,
      TrainSettings settings,
      Streams streams,
      int model) {
    this.architecture = architecture;
    this.phases = List.copyOf(phases);
    this.settings = settings;
    this.streams = streams;
    this.model = model;
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
    List<double[]> history = new ArrayList<>(resume == null ? List.of() : resume.history());
    int first = resume == null ? 0 : resume.phase();
    float[] flat = resume == null ? initial() : resume.parameters();
    int best = 0;
    for (int phase = first; phase < phases.size(); phase++) {
      TrainingState from = phase == first ? resume : null;
      PhaseTrainer trainer =
          new PhaseTrainer(phase, phases.get(phase), settings, streams, model, history);
      PhaseTrainer.Result result = trainer.run(architecture, engine, flat, from, observer);
      if (result == null) {
        return null;
      }
      flat = result.parameters();
      best = result.bestEpoch();
    }
    return new Result(SdeParameters.of(architecture, flat), history, best);
  }

  private float[] initial() {
    return SdeParameters.initial(architecture, streams.stream(Purpose.TRAIN_INIT, model)).flat();
  }
}
