package org.latticelift.sim.simulate;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.simulate.RecordInterval.RelaxationPilot;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionValues;
import org.latticelift.sim.system.Duration.DurationSpec;

/**
 * Length of a run: a {@link DurationSpec} other than {@code auto}, or {@code {relaxations: R}}, R
 * relaxation times of the small system, which pilot runs find ({@link RelaxationPilot}).
 */
public final class RunDuration {
  private static final String RELAXATIONS = "relaxations";
  private static final String FORMS =
      "{events: N}, {mean_events: N}, {time_s: T}, {time: T} or {relaxations: R}";

  private final ConditionValues relaxations;
  private final DurationSpec spec;
  private final ConfigNode source;

  private RunDuration(ConditionValues relaxations, DurationSpec spec, ConfigNode source) {
    this.relaxations = relaxations;
    this.spec = spec;
    this.source = source;
  }

  /** Reads the key ({@code node}: a mapping with one key). */
  public static RunDuration fromConfig(ConfigNode node) {
    if (node.isMapping() && node.keys().equals(List.of(RELAXATIONS))) {
      return new RunDuration(ConditionValues.fromConfig(node.get(RELAXATIONS), node), null, node);
    }
    DurationSpec spec = DurationSpec.fromConfig(node, FORMS);
    if (spec.isAuto()) {
      throw LatticeLiftException.badData(
          "no such duration of a run", node.where(), FORMS, "Write one of these");
    }
    return new RunDuration(null, spec, node);
  }

  /** Writes the key. */
  public ConfigNode toConfig() {
    return source;
  }

  /** Whether it is a number of events, whatever time they take. */
  boolean isEvents() {
    return spec != null && spec.isEvents();
  }

  /** Whether it is a physical time; true for {@code {time_s: T}}. */
  public boolean isTime() {
    return spec != null && spec.isTime();
  }

  /** Whether it is a multiple of the relaxation time; true for {@code {relaxations: R}}. */
  public boolean isRelaxations() {
    return spec == null;
  }

  /** The number of a condition; events per patch, a time, or relaxation times. */
  public double value(Condition condition) {
    return spec == null ? relaxations.value(condition) : spec.value(condition);
  }

  /** Events per patch that a run is to make; empty where it is asked for otherwise. */
  Optional<Double> events(Condition condition) {
    return spec != null && !spec.isTime() ? Optional.of(spec.value(condition)) : Optional.empty();
  }

  /** Checks that there is a number for every condition, and for no other; an error otherwise. */
  void requireAll(List<Condition> conditions) {
    if (spec == null) {
      relaxations.requireAll(conditions);
    } else {
      spec.requireAll(conditions);
    }
  }

  /** Checks that a time is given in the unit of the system; an error otherwise. */
  void requireUnit(String unit) {
    if (spec != null) {
      spec.requireUnit(unit);
    }
  }
}
