package org.latticelift.learn.ensemble;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * What a model predicts for runs of another size than the large one: the drift is that of all
 * sizes, and the noise grows as the root of the ratio of their sites.
 *
 * @param time of the records
 * @param statistics of the trajectories
 * @param trajectories of each model
 */
public record SizedEnsemble(double[] time, Statistics statistics, int trajectories) {
  /** Trajectories at one condition, with a configuration of {@link EnsembleConfig#sized}. */
  public static SizedEnsemble of(
      SdeModel model, EnsembleConfig config, Condition condition, long seed, StopSignal stop) {
    Ensemble ensemble = new Ensemble(model, config, config.kernel(), new Streams(seed), condition);
    Statistics statistics =
        Statistics.of(
            ensemble.run(1, stop, done -> {}),
            EnsembleConfig.levels(),
            model.resampling(),
            1,
            stop);
    return new SizedEnsemble(ensemble.times(), statistics, config.trajectories());
  }
}
