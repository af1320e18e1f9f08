package org.latticelift.learn.predict;

import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.Divergence;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleConfig.Times;
import org.latticelift.learn.ensemble.EnsembleConfig.Where;
import org.latticelift.learn.ensemble.EnsembleDevice;
import org.latticelift.learn.ensemble.EnsembleEngine;
import org.latticelift.learn.ensemble.Horizon;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeModel;

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

  /**
   * Does something whose errors name keys of section {@code ensemble}, which these commands have on
   * their own ({@code extrapolates}: whether the command may leave the trained range).
   */
  public static <T> T named(boolean extrapolates, Supplier<T> work) {
    try {
      return work.get();
    } catch (LatticeLiftException e) {
      throw e.said(text -> ownKeys(text, extrapolates));
    }
  }

  /** {@code ensemble.step} is {@code step} here; a model that diverges is always an error. */
  private static String ownKeys(String text, boolean extrapolates) {
    return text.replace(", or set ensemble.on_divergence: drop", "")
        .replaceFirst("set ensemble\\.allow_extrapolation(:| to) true", "use --allow-extrapolation")
        .replaceFirst(extrapolates ? "^$" : ", or use --allow-extrapolation", "")
        .replaceFirst("^Lower ensemble\\.step", "Lower the step (--set step=...)")
        .replaceAll("ensemble\\.(?=[a-z])", "");
  }

  /** As an ensemble is configured; its horizon is not asked. */
  public EnsembleConfig ensemble() {
    return new EnsembleConfig(
        trajectories,
        new Times(Horizon.relaxations(1), step, scheme, records),
        new Where(initial, Optional.empty(), allowExtrapolation),
        false,
        Divergence.ERROR,
        1,
        EnsembleEngine.JAVA,
        EnsembleDevice.CPU);
  }

  /** Predictions of a model. */
  public PathPrediction of(SdeModel model, long seed) {
    return new PathPrediction(
        model, ensemble(), PathPrediction.change(model.scaling().condition()), seed);
  }
}
