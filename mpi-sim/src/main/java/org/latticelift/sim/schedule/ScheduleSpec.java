package org.latticelift.sim.schedule;

import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.UnknownKey;

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

  private final ConfigNode source;

  private ScheduleSpec(ConfigNode source) {
    this.source = source;
  }

  /**
   * Keeps the section; it is read when the parameter and the unit of time are known.
   *
   * @param node text, a mapping or a list
   * @return the section
   */
  public static ScheduleSpec fromConfig(ConfigNode node) {
    return new ScheduleSpec(node);
  }

  /**
   * Writes the section.
   *
   * @return as it was read; names of files are known as such
   */
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
    if (node.find("file").isPresent()) {
      marked = marked.with("file", namingFiles(node.get("file")));
    }
    if (node.section("repeat").find("of").isPresent()) {
      marked = marked.with("repeat.of", namingFiles(node.get("repeat").get("of")));
    }
    return marked;
  }

  /**
   * Reads the section.
   *
   * @param parameter that is varied, such as {@code temperature_K}
   * @param timeUnit {@code s}, or {@code 1} where time has no unit
   * @return the schedule
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
}
