package org.latticelift.sim.systems.alloy;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.systems.alloy.KineticsConfig.Acceleration;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator.Kinetics;

/**
 * Section {@code kinetics}: how the jumps of vacancies are simulated.
 *
 * @param acceleration none, or flicker resolved exactly in runs of fixed time
 * @param basin states that are resolved together
 */
public record KineticsConfig(
    @Default("none")
        @Doc("flicker: jumps back and forth are resolved at once, with exactly the same law")
        Acceleration acceleration,
    @Default("64")
        @Range(min = 2, max = 64)
        @Doc("most states of a vacancy that are resolved together")
        int basin) {

  /** Value of the key {@code sampling} of sections that others read. */
  private static final String BY_EVENTS = "events";

  boolean resolvesFlicker() {
    return acceleration == Acceleration.FLICKER;
  }

  /** What makes simulators of vacancies. */
  Kinetics kinetics() {
    return resolvesFlicker() ? Kinetics.flicker(basin) : Kinetics.PLAIN;
  }

  /** Refuses runs that are recorded after numbers of jumps: those cannot be accelerated. */
  void requireTime(ConfigNode root) {
    for (String section : new String[] {"simulate", "direct"}) {
      root.find(section)
          .filter(ConfigNode::isMapping)
          .flatMap(node -> node.find("sampling"))
          .filter(node -> resolvesFlicker() && node.text().equals(BY_EVENTS))
          .ifPresent(KineticsConfig::refuse);
    }
  }

  private static void refuse(ConfigNode sampling) {
    throw LatticeLiftException.badData(
        "records after numbers of jumps do not go with kinetics.acceleration: flicker",
        sampling.where(),
        "sampling: time, since a number of jumps cannot be resolved without favouring some states",
        "Record at equal times, or switch the acceleration off");
  }

  /** How runs of fixed time get past jumps back and forth. */
  public enum Acceleration {
    /** Jump by jump. */
    NONE,
    /** They are resolved at once, with exactly the same law. */
    FLICKER
  }
}
