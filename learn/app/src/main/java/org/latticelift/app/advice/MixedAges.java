package org.latticelift.app.advice;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;

/**
 * States of largest entropy of spins have the magnetisation of one small state and the walls of all
 * of its age: of runs from random spins and of runs after a step, which have others.
 */
final class MixedAges implements Advice {
  @Override
  public Optional<String> about(ConfigNode user, ConfigNode resolved) {
    boolean maxent =
        resolved
            .find("upsample")
            .flatMap(upsample -> upsample.find("states"))
            .filter(ConfigNode::isScalar)
            .filter(states -> states.text().equals("maxent"))
            .isPresent();
    boolean steps =
        resolved
            .find("simulate")
            .filter(simulate -> simulate.isMapping() && simulate.get("step_runs").integer() > 0)
            .isPresent();
    return maxent && steps
        ? Optional.of(
            "simulate.step_runs with upsample.states: maxent: walls of large states are the mean over"
                + " all small ones of their age, whether these began at random or after a step. Set"
                + " simulate.step_runs to 0, or upsample.states to enlarged with a section relax")
        : Optional.empty();
  }
}
