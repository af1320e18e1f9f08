package org.latticelift.sim.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition.ConditionValues;

/**
 * How long a simulation runs (DI-52).
 *
 * @param kind by events or by physical time
 * @param value number of events, or a time in the unit of the system
 */
public record Duration(Kind kind, double value) {
  /** What is counted. */
  public enum Kind {
    /** Events such as jumps or flips. */
    EVENTS,
    /** Physical time. */
    TIME
  }

  /** A number of events ({@code events}: not negative); the duration. */
  public static Duration events(long events) {
    return new Duration(Kind.EVENTS, events);
  }

  /** A physical time ({@code time}: not negative); the duration. */
  public static Duration time(double time) {
    return new Duration(Kind.TIME, time);
  }

  /**
   * A duration as configured: {@code auto}, {@code {auto: F}} for F times as long, {@code {events:
   * N}}, {@code {relaxations: R}} or {@code {time_s: T}}, which systems whose time has no unit may
   * write {@code {time: T}}. N and T may also be mappings from the value of a condition to a
   * number: {@code {events: {1000: 1.3e6, 2000: 64000}}}. Events are counted per patch.
   */
  public static final class DurationSpec {
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
     * Reads the configuration ({@code node}: scalar {@code auto} or a mapping with one key); the
     * specification.
     */
    public static DurationSpec fromConfig(ConfigNode node) {
      return fromConfig(
          node,
          "auto, {auto: F}, {events: N}, {mean_events: N}, {time_s: T}, {time: T} or {relaxations: R}");
    }

    /**
     * Reads the configuration where other forms are allowed, too, or fewer ({@code node}: scalar
     * {@code auto} or a mapping with one key; {@code forms}: what is allowed, for messages); the
     * specification.
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
          what,
          node.where(),
          forms,
          "Write one form, as a whole where --set replaces another form");
    }

    /** The configuration it was read from; the node. */
    public ConfigNode toConfig() {
      return source;
    }

    /** Whether the duration is left to the program; true for {@code auto} and {@code {auto: F}}. */
    public boolean isAuto() {
      return form == Form.AUTO;
    }

    /** Whether the duration is a number of events; true for {@code {events: N}}. */
    public boolean isEvents() {
      return form == Form.EVENTS;
    }

    /** Whether the duration is a physical time; true for {@code {time_s: T}}. */
    public boolean isTime() {
      return form == Form.TIME;
    }

    /**
     * Whether the duration is a multiple of the relaxation time; true for {@code {relaxations: R}}.
     */
    public boolean isRelaxations() {
      return form == Form.RELAXATIONS;
    }

    /** Checks that there is a number for every condition, and for no other; an error otherwise. */
    public void requireAll(List<Condition> conditions) {
      values.requireAll(conditions);
    }

    /**
     * Checks that a time is given in the unit of the system; an error otherwise ({@code unit}:
     * {@code s}, or {@code 1} where time has no unit).
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
     * Events per patch, for estimates of work ({@code autoEvents}: what {@code auto} stands for,
     * and what is assumed where a time is given).
     */
    public double estimatedEvents(Condition condition, double autoEvents) {
      return form == Form.EVENTS || form == Form.MEAN_EVENTS
          ? value(condition)
          : automatic(condition, autoEvents);
    }

    /**
     * What is made of the number that {@code auto} stands for ({@code autoEvents}: what {@code
     * auto} stands for), that, F times of it, or it as it is where the duration is not left to the
     * program.
     */
    public double automatic(Condition condition, double autoEvents) {
      return isAuto() ? values.value(condition) * autoEvents : autoEvents;
    }

    /** The number for a condition; events per patch or seconds; 0 for {@code auto}. */
    public double value(Condition condition) {
      return isAuto() ? 0 : values.value(condition);
    }

    /**
     * The physical time for a condition ({@code scales}: of the small system; {@code autoEvents}:
     * events per patch that {@code auto} stands for), in the unit of the system.
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

  /**
   * The keys of times: {@code time_s} where a system counts seconds, {@code time} where its time
   * has no unit. Each is refused where the other belongs, since numbers of the one mean nothing as
   * the other.
   */
  public static final class TimeKey {
    private static final String SECONDS = "time_s";
    private static final String NO_UNIT = "time";

    private TimeKey() {}

    /**
     * Whether times are seconds ({@code unit}: of the system, {@code s} or {@code 1}); false where
     * time has no unit.
     */
    public static boolean inSeconds(String unit) {
      return unit.equals("s");
    }

    /**
     * The key of a time ({@code unit}: of the system, {@code s} or {@code 1}); {@code time_s} or
     * {@code time}.
     */
    public static String of(String unit) {
      return inSeconds(unit) ? SECONDS : NO_UNIT;
    }

    /**
     * Refuses a time in another unit than that of the system ({@code node}: text, or a mapping with
     * one key; {@code unit}: of the system, {@code s} or {@code 1}).
     */
    public static void require(ConfigNode node, String unit) {
      boolean seconds = inSeconds(unit);
      String wrong = seconds ? NO_UNIT : SECONDS;
      if (node.isMapping() && node.keys().contains(wrong)) {
        throw LatticeLiftException.badData(
            "{"
                + wrong
                + ": T} in a system whose time "
                + (seconds ? "is in seconds" : "has no unit"),
            node.where(),
            "{" + of(unit) + ": T}",
            "Write that key, with a number in that unit");
      }
    }
  }

  /**
   * How many steps or events a schedule may have: more would take longer than anybody waits, and
   * from 2^53 on a step no longer changes the time it is added to.
   */
  public static final class StepLimit {
    /** The most. */
    public static final double MOST = 1e12;

    private StepLimit() {}

    /**
     * Refuses schedules that are too long; an error with exit code 65 ({@code steps}: steps or
     * events; {@code where}: key of the configuration).
     */
    public static void require(double steps, String where) {
      if (!(steps <= MOST)) {
        throw LatticeLiftException.badData(
            String.format(Locale.ROOT, "a schedule of %.3g steps", steps),
            where,
            "at most 1e12 steps or events",
            "Shorten it, or make its steps longer");
      }
    }

    /**
     * Refuses schedules of equal steps that are too long, and steps so short that adding one leaves
     * the time as it is ({@code time}: in all; {@code where}: key of the configuration).
     */
    public static void require(double time, double step, String where) {
      if (!(step > 0) || time + step == time) {
        throw LatticeLiftException.badData(
            "steps of " + step + " that do not change a time of " + time,
            where,
            "at most 1e12 steps",
            "Shorten the time, or make its steps longer");
      }
      require(time / step, where);
    }
  }
}
