package org.latticelift.learn.barrierfit;

import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Key;
import org.latticelift.io.config.Range;
import org.latticelift.sim.random.RandomStream;

/**
 * One temperature of a simulated history.
 *
 * @param temperatureK lowest temperature, K
 * @param temperatureToK highest temperature, K; drawn uniformly between the two
 * @param jumps vacancy jumps
 */
public record KmcStageConfig(
    @Doc("lowest temperature, K") @Key("temperature_K") @Range(min = 250, max = 5000)
        double temperatureK,
    @Doc("highest temperature, K; absent: the lowest")
        @Key("temperature_to_K")
        @Range(min = 250, max = 5000)
        java.util.Optional<Double> temperatureToK,
    @Doc("vacancy jumps") @Range(min = 1) long jumps) {

  double draw(RandomStream stream) {
    double high = temperatureToK.orElse(temperatureK);
    return temperatureK + (high - temperatureK) * stream.uniform();
  }
}
