package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * One point of what an experiment varies: a temperature, or several quantities at once.
 *
 * @param name short name, also the HDF5 group: {@code T2000}
 * @param components what is varied, at least one
 */
public record Condition(String name, List<Component> components) {
  /** Whole numbers below have all their digits in a long, and are all exact in a double. */
  private static final double EXACT = 1L << 53;

  /**
   * A quantity that is varied.
   *
   * @param parameter its name with its unit: {@code temperature_K}
   * @param value of it
   */
  public record Component(String parameter, double value) {
    /** Takes minus zero for zero, so that they are no two conditions. */
    public Component {
      value += 0.0;
    }
  }

  /** Copies the list, and requires a component. */
  public Condition {
    components = List.copyOf(components);
    if (components.isEmpty()) {
      throw new IllegalArgumentException("condition " + name + " without a component");
    }
  }

  /**
   * A condition with one component.
   *
   * @param name short name
   * @param parameter what is varied, with its unit
   * @param value of it
   */
  public Condition(String name, String parameter, double value) {
    this(name, List.of(new Component(parameter, value)));
  }

  /** {@link Component#parameter} of the first component. */
  public String parameter() {
    return components.get(0).parameter();
  }

  /** {@link Component#value} of the first component. */
  public double value() {
    return components.get(0).value();
  }

  /**
   * A condition that is named after its components ({@code components}: at least one); a condition
   * whose name joins those of {@link #name(String, double)}.
   */
  public static Condition of(List<Component> components) {
    return new Condition(
        components.stream()
            .map(c -> name(c.parameter(), c.value()))
            .collect(Collectors.joining("_")),
        components);
  }

  /**
   * A condition that is named after its parameter and value ({@code parameter}: what is varied); a
   * condition with the name of {@link #name(String, double)}.
   */
  public static Condition of(String parameter, double value) {
    return new Condition(name(parameter, value), parameter, value);
  }

  /**
   * The name of a condition: the first letter of the parameter, in upper case, and the value
   * ({@code parameter}: such as {@code temperature_K}; {@code value}: such as 2000); such as {@code
   * T2000}.
   */
  public static String name(String parameter, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
    String number = whole ? Long.toString((long) value) : Double.toString(value);
    return parameter.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + number;
  }

  /**
   * Key of this condition in random streams: its values, so that adding a condition to a list
   * changes no other; bits of the value where it has one component, else a hash of all of them.
   */
  public long key() {
    long key = key(value());
    for (Component further : components.subList(1, components.size())) {
      key = 31 * key + key(further.value());
    }
    return key;
  }

  /**
   * Key of a value in random streams, exact: values that differ have streams of their own ({@code
   * value}: of the parameter); bits of the value.
   */
  public static long key(double value) {
    return Double.doubleToLongBits(value);
  }

  /**
   * The groups of conditions, alike in all files that have results by condition: a group is named
   * after its condition, such as {@code T2000}, and its only attributes have the parameters as
   * their names and the values, numbers, as theirs. They alone tell it from other groups.
   */
  public static final class ConditionGroup {
    private ConditionGroup() {}

    /**
     * The group of a condition ({@code condition}: which); its path, without a slash at the end.
     */
    public static String path(Condition condition) {
      return "/" + condition.name();
    }

    /**
     * Opens the group of a condition ({@code file}: being written; {@code condition}: which); path
     * of the group.
     */
    public static String write(Hdf5Writer file, Condition condition) {
      String group = path(condition);
      file.group(group);
      condition.components().forEach(c -> file.attribute(group, c.parameter(), c.value()));
      return group;
    }

    /**
     * The conditions that have groups in a file ({@code file}: an open file); ascending in the
     * value.
     */
    public static List<Condition> all(Hdf5Reader file) {
      return file.children("/").stream()
          .filter(name -> file.isGroup("/" + name))
          .flatMap(name -> condition(file, name).stream())
          .sorted(Comparator.comparingDouble(Condition::value))
          .toList();
    }

    private static Optional<Condition> condition(Hdf5Reader file, String name) {
      List<Component> components =
          file.attributes("/" + name).stream()
              .flatMap(
                  parameter ->
                      file
                          .findAttribute("/" + name, parameter)
                          .filter(Number.class::isInstance)
                          .map(v -> new Component(parameter, ((Number) v).doubleValue()))
                          .stream())
              .toList();
      boolean all = components.size() == file.attributes("/" + name).size();
      boolean named = components.size() == 1 || !components.isEmpty() && isNameOf(name, components);
      return all && named ? Optional.of(new Condition(name, components)) : Optional.empty();
    }

    /** Tells several components from other numbers at a group. */
    private static boolean isNameOf(String name, List<Component> components) {
      return Condition.of(components).name().equals(name);
    }
  }

  /**
   * The conditions of a system with one parameter.
   *
   * @param parameter key of the section {@code conditions}, such as {@code temperature_K}
   * @param allowed whether a value makes sense
   * @param range the same in words, such as {@code 250 to 5000 K}
   * @param example a value
   */
  public record ConditionList(
      String parameter, DoublePredicate allowed, String range, String example) {
    /**
     * A condition for each value.
     *
     * @param values of the parameter
     * @param section where they were read
     * @return in the same order, at least one, all different
     * @throws LatticeLiftException if there is none, one twice, or one that is not allowed
     */
    public List<Condition> of(List<Double> values, ConfigNode section) {
      List<Condition> conditions = new ArrayList<>();
      for (double value : values) {
        if (!allowed.test(value)) {
          throw mistake("a " + parameter + " of " + value, section, range);
        }
        Condition condition = Condition.of(parameter, value);
        if (conditions.contains(condition)) {
          throw mistake(parameter + " " + value + " stands twice", section, "different values");
        }
        conditions.add(condition);
      }
      if (conditions.isEmpty()) {
        String atLeastOne = "at least one, such as " + parameter + ": [" + example + "]";
        throw mistake("no " + parameter, section, atLeastOne);
      }
      return conditions;
    }

    private LatticeLiftException mistake(String what, ConfigNode section, String correct) {
      return LatticeLiftException.badData(
          what, section.get(parameter).where(), correct, "Correct the list");
    }
  }

  /**
   * One positive number for all conditions, or a mapping from the value of a condition to its
   * number: {@code 64000} or {@code {1000: 1.3e6, 2000: 64000}}.
   */
  public static final class ConditionValues {
    private final double common;
    private final Map<Double, Double> byCondition;
    private final ConfigNode source;

    private ConditionValues(double common, Map<Double, Double> byCondition, ConfigNode source) {
      this.common = common;
      this.byCondition = byCondition;
      this.source = source;
    }

    /**
     * Reads the configuration ({@code value}: a number or a mapping; {@code source}: what messages
     * point at); the numbers.
     */
    public static ConditionValues fromConfig(ConfigNode value, ConfigNode source) {
      if (!value.isMapping()) {
        return new ConditionValues(positive(value), Map.of(), source);
      }
      Map<Double, Double> byCondition = new HashMap<>();
      for (String name : value.keys()) {
        if (byCondition.put(conditionValue(name, value), positive(value.get(name))) != null) {
          throw LatticeLiftException.badData(
              "two durations for " + name, value.where(), "one for each condition", "Remove one");
        }
      }
      if (byCondition.isEmpty()) {
        throw LatticeLiftException.badData(
            "a duration of no condition",
            source.where(),
            "one number, or an entry for every condition",
            "Write the entries");
      }
      return new ConditionValues(Double.NaN, byCondition, source);
    }

    private static double conditionValue(String key, ConfigNode node) {
      try {
        return Decimal.parse(key);
      } catch (NumberFormatException e) {
        throw LatticeLiftException.badData(
            "'" + key + "' is not the value of a condition",
            node.where(),
            "numbers such as the temperatures under 'conditions'",
            "Correct the key");
      }
    }

    private static double positive(ConfigNode node) {
      double value = node.number();
      if (!(value > 0) || Double.isInfinite(value)) {
        throw LatticeLiftException.badData(
            "a duration of " + node.text(), node.where(), "a positive number", "Correct the value");
      }
      return value;
    }

    /** Hands every number to a check ({@code check}: throws where a number is not allowed). */
    void forEach(DoubleConsumer check) {
      if (byCondition.isEmpty()) {
        check.accept(common);
      }
      byCondition.values().forEach(check::accept);
    }

    /** Checks that there is a number for every condition, and for no other; an error otherwise. */
    public void requireAll(List<Condition> conditions) {
      conditions.forEach(this::value);
      for (double value : byCondition.keySet()) {
        if (conditions.stream().noneMatch(condition -> condition.value() == value)) {
          List<String> known = conditions.stream().map(c -> plain(c.value())).toList();
          throw UnknownKey.error(plain(value), source.where(), known);
        }
      }
    }

    private static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
          ? Long.toString((long) value)
          : Double.toString(value);
    }

    /** The number for a condition; positive. */
    public double value(Condition condition) {
      if (byCondition.isEmpty()) {
        return common;
      }
      Double value = byCondition.get(condition.value());
      if (value == null) {
        throw LatticeLiftException.badData(
            "no duration for " + condition.parameter() + " = " + condition.value(),
            source.where(),
            "an entry for every condition, or one number for all",
            "Add the entry");
      }
      return value;
    }
  }
}
