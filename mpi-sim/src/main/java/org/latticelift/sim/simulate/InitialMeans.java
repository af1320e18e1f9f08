package org.latticelift.sim.simulate;

import java.util.Arrays;
import java.util.Optional;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Mean observables of the initial states of the large system, from as many states as {@link
 * LatticeSystem#initialStates} says. A few direct runs know their own start with the noise of as
 * many states only; changes that are counted from it would carry that noise.
 *
 * @param system large
 */
public record InitialMeans<S>(LatticeSystem<S> system) {
  /** Sites of all states together: a second of work, after which the noise is that of 1e7 sites. */
  private static final long MOST_SITES = 10_000_000;

  /**
   * Returns the means at a condition, one number for each observable; empty where a single state is
   * too large to be made for it. Streams are those of {@code seed}.
   */
  public Optional<double[]> at(Condition condition, long seed) {
    Extent large = system.large();
    long states = Math.min(system.initialStates(), MOST_SITES / large.sites());
    if (states == 0) {
      return Optional.empty();
    }
    Streams streams = new Streams(seed);
    Dynamics<S> dynamics = system.dynamics(condition, 0);
    double[] sum = new double[system.macroscopics().size()];
    for (int state = 0; state < states; state++) {
      double[] z =
          dynamics.observe(
              dynamics.initial(
                  large, streams.stream(Purpose.INITIAL_MEAN, condition.key(), state)));
      Arrays.setAll(sum, i -> sum[i] + z[i]);
    }
    return Optional.of(Arrays.stream(sum).map(all -> all / states).toArray());
  }
}
