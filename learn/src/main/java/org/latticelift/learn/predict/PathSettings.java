package org.latticelift.learn.predict;

import java.util.List;
import java.util.Optional;
import org.latticelift.learn.ensemble.Divergence;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleDevice;
import org.latticelift.learn.ensemble.EnsembleEngine;
import org.latticelift.learn.ensemble.Horizon;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.StepScheme;

/**
 * How paths are predicted.
 *
 * @param trajectories per model and schedule
 * @param records states along a schedule, the first included
 * @param step longest step in time units of the model
 * @param scheme how a step is made
 * @param initial where trajectories start
 * @param allowExtrapolation accept conditions outside the trained range
 */
public record PathSettings(
    int trajectories,
    int records,
    double step,
    StepScheme scheme,
    InitialState initial,
    boolean allowExtrapolation) {

  /** What keys of this choice say in a table of keys. */
  public static final String SCHEME =
      "runge_kutta, or euler (Euler-Maruyama), which needs steps ten times shorter";

  /** As an ensemble is configured; its horizon is not asked. */
  EnsembleConfig ensemble() {
    return new EnsembleConfig(
        trajectories,
        Horizon.relaxations(1),
        step,
        scheme,
        records,
        initial,
        Optional.empty(),
        allowExtrapolation,
        false,
        List.of(0.5),
        Divergence.ERROR,
        1,
        EnsembleEngine.JAVA,
        EnsembleDevice.CPU);
  }

  /**
   * Predictions of a model.
   *
   * @param model trained
   * @param seed of all noise
   * @return nothing predicted yet
   */
  public PathPrediction of(SdeModel model, long seed) {
    return new PathPrediction(
        model, ensemble(), PathPrediction.change(model.scaling().condition()), seed);
  }
}
