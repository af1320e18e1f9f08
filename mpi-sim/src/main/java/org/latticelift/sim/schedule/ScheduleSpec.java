package org.latticelift.sim.schedule;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Duration.TimeKey;

/**
 * A schedule as configured: the name of a CSV file ({@link ScheduleFile}), one protocol such as
 * {@code {ramp: {from: 2000, to: 1000, time_s: 1e-4}}}, or a list of protocols that follow each
 * other. Values are those of the condition's parameter.
 *
 * <table>
 *   <caption>Protocols</caption>
 *   <tr><td>{@code anneal: {at, time_s}}</td><td>stays at a value</td></tr>
 *   <tr><td>{@code ramp: {from, to, time_s | rate}}</td><td>changes evenly; {@code from} is by
 *       default where the protocol before ended</td></tr>
 *   <tr><td>{@code quench: {from, to, time_s | rate}}</td><td>a ramp to a lower value</td></tr>
 *   <tr><td>{@code cycle: {low, high, time_s, count, shape}}</td><td>each cycle takes the time;
 *       triangle or square, beginning low</td></tr>
 *   <tr><td>{@code points: [[time, value], ...]}</td><td>straight lines between points; a repeated
 *       time is a jump</td></tr>
 *   <tr><td>{@code repeat: {count, of}}</td><td>a schedule several times, which begins with a value
 *       of its own</td></tr>
 *   <tr><td>{@code file: NAME}</td><td>a CSV file</td></tr>
 * </table>
 */
public final class ScheduleSpec {
  private static final List<String> PROTOCOLS =
      List.of("anneal", "ramp", "quench", "cycle", "points", "repeat", "file");

  /** Keys whose values name files, or hold more of them. */
  private static final List<String> NAMING =
      List.of("file", "repeat." + Binder.key(Repeat::of).path());

  private final ConfigNode source;

  private ScheduleSpec(ConfigNode source) {
    this.source = source;
  }

  /**
   * Keeps the section; it is read when the parameter and the unit of time are known ({@code node}:
   * text, a mapping or a list).
   */
  public static ScheduleSpec fromConfig(ConfigNode node) {
    return new ScheduleSpec(node);
  }

  /** Writes the section, as it was read; names of files are known as such. */
  public ConfigNode toConfig() {
    return namingFiles(source);
  }

  private static ConfigNode namingFiles(ConfigNode node) {
    if (node.isScalar()) {
      return node.isNull() ? node : node.naming(InputFile.fromConfig(node).path());
    }
    if (node.isSequence()) {
      return node.mapItems(ScheduleSpec::namingFiles);
    }
    ConfigNode marked = node;
    for (String key : NAMING) {
      Optional<ConfigNode> named = node.findPath(key);
      marked = named.isPresent() ? marked.with(key, namingFiles(named.get())) : marked;
    }
    return marked;
  }

  /**
   * Reads the section ({@code parameter}: that is varied, such as {@code temperature_K}; {@code
   * timeUnit}: {@code s}, or {@code 1} where time has no unit).
   */
  public Schedule schedule(String parameter, String timeUnit) {
    ScheduleBuilder builder = new ScheduleBuilder(source.where());
    add(source, builder, parameter, timeUnit);
    return builder.build();
  }

  private static void add(
      ConfigNode node, ScheduleBuilder builder, String parameter, String timeUnit) {
    if (node.isSequence()) {
      node.items().forEach(item -> add(item, builder, parameter, timeUnit));
      return;
    }
    if (node.isScalar()) {
      file(node, builder, parameter, timeUnit);
      return;
    }
    if (!node.isMapping() || node.keys().size() != 1) {
      throw node.wrongType("one protocol of " + PROTOCOLS + ", a list of them, or a file");
    }
    String name = node.keys().get(0);
    ConfigNode value = node.get(name);
    switch (name) {
      case "anneal" -> Binder.bind(value, Anneal.class).addTo(builder, value, timeUnit);
      case "ramp" -> Binder.bind(value, Ramp.class).addTo(builder, value, timeUnit);
      case "quench" -> Binder.bind(value, Ramp.class).addFalling(builder, value, timeUnit);
      case "cycle" -> Binder.bind(value, Cycle.class).addTo(builder, value, timeUnit);
      case "points" -> points(value, builder);
      case "file" -> file(value, builder, parameter, timeUnit);
      case "repeat" -> {
        Repeat repeat = Binder.bind(value, Repeat.class);
        ScheduleBuilder once = new ScheduleBuilder(value.where());
        add(repeat.of(), once, parameter, timeUnit);
        builder.add(once.build(), repeat.count(), value.where());
      }
      default -> throw UnknownKey.error(name, node.where(), PROTOCOLS);
    }
  }

  private static void file(
      ConfigNode node, ScheduleBuilder builder, String parameter, String timeUnit) {
    InputFile.fromConfig(node)
        .read(
            path -> {
              ScheduleFile.addTo(builder, path, parameter, timeUnit);
              return path;
            });
  }

  private static void points(ConfigNode node, ScheduleBuilder builder) {
    ScheduleBuilder.Points points = builder.points();
    for (ConfigNode item : node.items()) {
      List<ConfigNode> pair = item.isSequence() ? item.items() : List.of();
      if (pair.size() != 2) {
        throw item.wrongType("[time, value]");
      }
      points.add(pair.get(0).number(), pair.get(1).number(), item.where());
    }
    points.end(node.where());
  }

  /** Protocol {@code repeat}. */
  record Repeat(
      @Range(min = 1, max = 100000) @Doc("how often") int count,
      @Doc("a protocol, or a list of them") ConfigNode of) {}

  /** Protocol {@code anneal}: a value that stays. */
  record Anneal(
      @Doc("the value that stays") double at,
      @Doc("how long, where time has no unit") Optional<Double> time,
      @Doc("how long") Optional<Double> timeS) {

    void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
      builder.add(ProtocolTime.of(time, timeS, node, timeUnit), at, at, node.where());
    }
  }

  /** Protocol {@code cycle}: up and down between two values, beginning low. */
  record Cycle(
      @Doc("one value, with which a cycle begins") double low,
      @Doc("the other value") double high,
      @Doc("of one cycle, where time has no unit") Optional<Double> time,
      @Doc("of one cycle") Optional<Double> timeS,
      @Default("1") @Range(min = 1, max = 100000) @Doc("number of cycles") int count,
      @Default("triangle") @Doc("even changes, or jumps between the values") Shape shape) {

    /** How values change. */
    enum Shape {
      /** Evenly up, evenly down. */
      TRIANGLE,
      /** Low for one half, high for the other. */
      SQUARE
    }

    void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
      if (!(low < high)) {
        throw LatticeLiftException.badData(
            "a cycle with low: " + low + " and high: " + high,
            node.where(),
            "low below high",
            "Exchange them, or write points for a cycle that begins high");
      }
      double half = ProtocolTime.of(time, timeS, node, timeUnit) / 2;
      boolean jumps = shape == Shape.SQUARE;
      for (int i = 0; i < count; i++) {
        builder.add(half, low, jumps ? low : high, node.where());
        builder.add(half, high, jumps ? high : low, node.where());
      }
    }
  }

  /** Protocols {@code ramp} and {@code quench}: an even change from one value to another. */
  record Ramp(
      @Doc("first value; default where the protocol before ended") Optional<Double> from,
      @Doc("last value") double to,
      @Doc("how long, where time has no unit") Optional<Double> time,
      @Doc("how long") Optional<Double> timeS,
      @Doc("change per unit of time, instead of a time") Optional<Double> rate) {

    void addTo(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
      double first = first(builder, node);
      double length = ProtocolTime.of(time, timeS, rate, to - first, node, timeUnit);
      builder.add(length, first, to, node.where());
    }

    void addFalling(ScheduleBuilder builder, ConfigNode node, String timeUnit) {
      double first = first(builder, node);
      if (!(to < first)) {
        throw LatticeLiftException.badData(
            "a quench from " + first + " to " + to,
            node.where(),
            "a last value below the first",
            "Correct it, or write ramp");
      }
      addTo(builder, node, timeUnit);
    }

    private double first(ScheduleBuilder builder, ConfigNode node) {
      if (from.isEmpty() && builder.empty()) {
        throw LatticeLiftException.badData(
            "a ramp that begins nowhere",
            node.where(),
            "a value 'from', or a protocol before",
            "Add from: VALUE");
      }
      return from.orElseGet(builder::value);
    }
  }

  /** The time that a protocol takes, in the unit of the system or by a rate of change. */
  static final class ProtocolTime {
    private ProtocolTime() {}

    /**
     * The one number that is given ({@code time}: key {@code time}, of systems whose time has no
     * unit; {@code seconds}: key {@code time_s}).
     */
    static double of(
        Optional<Double> time, Optional<Double> seconds, ConfigNode node, String timeUnit) {
      boolean inSeconds = TimeKey.inSeconds(timeUnit);
      if ((inSeconds ? time : seconds).isPresent() || (inSeconds ? seconds : time).isEmpty()) {
        throw LatticeLiftException.badData(
            "a protocol with the keys " + node.keys(),
            node.where(),
            (inSeconds ? "time_s: T" : "time: T, as time has no unit here"),
            "Write that key");
      }
      return (inSeconds ? seconds : time).get();
    }

    /**
     * The time of a ramp: given, or its change over its rate ({@code change}: of the value, of any
     * sign; {@code rate}: key {@code rate}, positive, per unit of time).
     */
    static double of(
        Optional<Double> time,
        Optional<Double> seconds,
        Optional<Double> rate,
        double change,
        ConfigNode node,
        String timeUnit) {
      long given = List.of(time, seconds, rate).stream().filter(Optional::isPresent).count();
      if (given != 1) {
        throw LatticeLiftException.badData(
            "a ramp with the keys " + node.keys(),
            node.where(),
            "one of " + TimeKey.of(timeUnit) + " and rate",
            "Write exactly one");
      }
      if (rate.isPresent() && !(rate.get() > 0)) {
        throw LatticeLiftException.badData(
            "a ramp with rate: " + node.get("rate").text(),
            node.where(),
            "a rate above 0; from and to tell the direction",
            "Correct the rate");
      }
      return rate.isPresent() ? Math.abs(change) / rate.get() : of(time, seconds, node, timeUnit);
    }
  }
}
