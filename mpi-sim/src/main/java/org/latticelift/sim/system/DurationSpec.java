package org.latticelift.sim.system;

import java.util.List;
import java.util.Map;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A duration as configured: {@code auto}, {@code {auto: F}} for F times as long, {@code {events:
 * N}}, {@code {relaxations: R}} or {@code {time_s: T}}, which systems whose time has no unit may
 * write {@code {time: T}}. N and T may also be mappings from the value of a condition to a number:
 * {@code {events: {1000: 1.3e6, 2000: 64000}}}. Events are counted per patch.
 */
public final class DurationSpec {
  private static final String AUTO = "auto";
  private static final String RELAXATIONS = "relaxations";

  /** Both keys of a time; {@link TimeKey} tells which one a system takes. */
  private static final Map<String, Form> FORMS =
      Map.of(
          AUTO,
          Form.AUTO,
          "events",
          Form.EVENTS,
          "mean_events",
          Form.MEAN_EVENTS,
          "time_s",
          Form.TIME,
          "time",
          Form.TIME,
          RELAXATIONS,
          Form.RELAXATIONS);

  /** How a duration is given. */
  private enum Form {
    AUTO,
    EVENTS,
    MEAN_EVENTS,
    TIME,
    RELAXATIONS
  }

  private final Form form;

  /** Of {@code auto} the factor. */
  private final ConditionValues values;

  private final ConfigNode source;

  private DurationSpec(Form form, ConditionValues values, ConfigNode source) {
    this.form = form;
    this.values = values;
    this.source = source;
  }

  /**
   * Reads the configuration.
   *
   * @param node scalar {@code auto} or a mapping with one key
   * @return the specification
   */
  public static DurationSpec fromConfig(ConfigNode node) {
    return fromConfig(
        node,
        "auto, {auto: F}, {events: N}, {mean_events: N}, {time_s: T}, {time: T} or {relaxations: R}");
  }

  /**
   * Reads the configuration where other forms are allowed, too, or fewer.
   *
   * @param node scalar {@code auto} or a mapping with one key
   * @param forms what is allowed, for messages
   * @return the specification
   */
  public static DurationSpec fromConfig(ConfigNode node, String forms) {
    if (node.isWord(AUTO)) {
      return new DurationSpec(
          Form.AUTO, ConditionValues.fromConfig(ConfigNode.parse("1", AUTO), node), node);
    }
    if (!node.isMapping()) {
      throw malformed("'" + node.toYaml().strip() + "' is not a duration", node, forms);
    }
    for (String key : node.keys()) {
      if (!FORMS.containsKey(key)) {
        boolean glued = key.contains(":");
        throw malformed(
            "'"
                + key
                + "' is not a duration"
                + (glued ? ", YAML needs a space after the colon" : ""),
            node,
            forms);
      }
    }
    if (node.keys().size() != 1) {
      throw malformed("a duration with " + node.keys(), node, forms);
    }
    String key = node.keys().get(0);
    Form form = FORMS.get(key);
    ConditionValues values = ConditionValues.fromConfig(node.get(key), node);
    if (form == Form.EVENTS || form == Form.MEAN_EVENTS) {
      values.forEach(value -> StepLimit.require(value, node.where()));
    }
    return new DurationSpec(form, values, node);
  }

  private static LatticeLiftException malformed(String what, ConfigNode node, String forms) {
    return LatticeLiftException.badData(
        what, node.where(), forms, "Write one form, as a whole where --set replaces another form");
  }

  /**
   * The configuration it was read from.
   *
   * @return the node
   */
  public ConfigNode toConfig() {
    return source;
  }

  /**
   * Whether the duration is left to the program.
   *
   * @return true for {@code auto} and {@code {auto: F}}
   */
  public boolean isAuto() {
    return form == Form.AUTO;
  }

  /**
   * Whether the duration is a number of events.
   *
   * @return true for {@code {events: N}}
   */
  public boolean isEvents() {
    return form == Form.EVENTS;
  }

  /**
   * Whether the duration is a physical time.
   *
   * @return true for {@code {time_s: T}}
   */
  public boolean isTime() {
    return form == Form.TIME;
  }

  /**
   * Whether the duration is a multiple of the relaxation time.
   *
   * @return true for {@code {relaxations: R}}
   */
  public boolean isRelaxations() {
    return form == Form.RELAXATIONS;
  }

  /**
   * Checks that there is a number for every condition, and for no other; an error otherwise.
   *
   * @param conditions all conditions
   */
  public void requireAll(List<Condition> conditions) {
    values.requireAll(conditions);
  }

  /**
   * Checks that a time is given in the unit of the system; an error otherwise.
   *
   * @param unit {@code s}, or {@code 1} where time has no unit
   */
  public void requireUnit(String unit) {
    TimeKey.require(source, unit);
  }

  /** Checks that the duration is no multiple of a relaxation time, where none is measured. */
  public void forbidRelaxations() {
    if (isRelaxations()) {
      throw malformed(
          "a duration in relaxations",
          source,
          "auto, {auto: F}, {events: N}, {mean_events: N}, or a time: {time_s: T} or {time: T}");
    }
  }

  /**
   * Events per patch, for estimates of work.
   *
   * @param condition the condition
   * @param autoEvents what {@code auto} stands for, and what is assumed where a time is given
   * @return events
   */
  public double estimatedEvents(Condition condition, double autoEvents) {
    return form == Form.EVENTS || form == Form.MEAN_EVENTS
        ? value(condition)
        : automatic(condition, autoEvents);
  }

  /**
   * What is made of the number that {@code auto} stands for.
   *
   * @param condition the condition
   * @param autoEvents what {@code auto} stands for
   * @return that, F times of it, or it as it is where the duration is not left to the program
   */
  public double automatic(Condition condition, double autoEvents) {
    return isAuto() ? values.value(condition) * autoEvents : autoEvents;
  }

  /**
   * The number for a condition.
   *
   * @param condition the condition
   * @return events per patch or seconds; 0 for {@code auto}
   */
  public double value(Condition condition) {
    return isAuto() ? 0 : values.value(condition);
  }

  /**
   * The physical time for a condition.
   *
   * @param condition the condition
   * @param scales of the small system
   * @param autoEvents events per patch that {@code auto} stands for
   * @return in the unit of the system
   */
  public double time(Condition condition, TimeScales scales, double autoEvents) {
    return switch (form) {
      case AUTO -> automatic(condition, autoEvents) * scales.event();
      case EVENTS, MEAN_EVENTS -> value(condition) * scales.event();
      case TIME -> value(condition);
      case RELAXATIONS -> scales.relaxations(value(condition));
    };
  }
}
