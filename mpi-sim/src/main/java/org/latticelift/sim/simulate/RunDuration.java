package org.latticelift.sim.simulate;

import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.simulate.RecordInterval.RelaxationPilot;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration.DurationSpec;

/**
 * Length of a run ({@code spec}: other than {@code auto}; relaxation times are those of the small
 * system, which pilot runs find, {@link RelaxationPilot}).
 */
public record RunDuration(DurationSpec spec) {
  private static final String FORMS =
      "{events: N}, {mean_events: N}, {time_s: T}, {time: T} or {relaxations: R}";

  /** Reads the key ({@code node}: a mapping with one key). */
  public static RunDuration fromConfig(ConfigNode node) {
    DurationSpec spec = DurationSpec.fromConfig(node, FORMS);
    if (spec.isAuto()) {
      throw LatticeLiftException.badData(
          "no such duration of a run", node.where(), FORMS, "Write one of these");
    }
    return new RunDuration(spec);
  }

  /** Writes the key. */
  public ConfigNode toConfig() {
    return spec.toConfig();
  }

  /** Whether it is a physical time; true for {@code {time_s: T}}. */
  public boolean isTime() {
    return spec.isTime();
  }

  /** Whether it is a multiple of the relaxation time; true for {@code {relaxations: R}}. */
  public boolean isRelaxations() {
    return spec.isRelaxations();
  }

  /** The number of a condition; events per patch, a time, or relaxation times. */
  public double value(Condition condition) {
    return spec.value(condition);
  }

  /** Events per patch that a run is to make; empty where it is asked for otherwise. */
  Optional<Double> events(Condition condition) {
    return isTime() || isRelaxations() ? Optional.empty() : Optional.of(value(condition));
  }
}
