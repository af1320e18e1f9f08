package org.latticelift.learn.closure;

import java.util.List;
import org.latticelift.learn.sde.ClosureNames;

/**
 * A trained autoencoder.
 *
 * @param autoencoder architecture
 * @param parameters all weights, in the order of the architecture
 * @param statistics of its normalisations
 * @param loss mean reconstruction error of every epoch
 */
record ClosureModel(
    Autoencoder autoencoder, float[] parameters, RunningMoments statistics, double[] loss) {
  /** Names of the closure variables, in their order. */
  List<String> names() {
    return ClosureNames.of(autoencoder.dim());
  }
}
