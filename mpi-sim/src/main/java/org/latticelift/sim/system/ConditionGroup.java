package org.latticelift.sim.system;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * The groups of conditions, alike in all files that have results by condition: a group is named
 * after its condition, such as {@code T2000}, and its only attribute has the parameter as its name
 * and the value, a number, as its value. The attribute alone tells it from other groups.
 */
public final class ConditionGroup {
  private ConditionGroup() {}

  /**
   * The group of a condition.
   *
   * @param condition which
   * @return its path, without a slash at the end
   */
  public static String path(Condition condition) {
    return "/" + condition.name();
  }

  /**
   * Opens the group of a condition.
   *
   * @param file being written
   * @param condition which
   * @return path of the group
   */
  public static String write(Hdf5Writer file, Condition condition) {
    String group = path(condition);
    file.group(group);
    file.attribute(group, condition.parameter(), condition.value());
    return group;
  }

  /**
   * The conditions that have groups in a file.
   *
   * @param file an open file
   * @return ascending in the value
   */
  public static List<Condition> all(Hdf5Reader file) {
    return file.children("/").stream()
        .filter(name -> file.isGroup("/" + name))
        .flatMap(name -> condition(file, name).stream())
        .sorted(Comparator.comparingDouble(Condition::value))
        .toList();
  }

  private static Optional<Condition> condition(Hdf5Reader file, String name) {
    List<String> attributes = file.attributes("/" + name);
    if (attributes.size() != 1) {
      return Optional.empty();
    }
    String parameter = attributes.get(0);
    return file.findAttribute("/" + name, parameter)
        .filter(Number.class::isInstance)
        .map(value -> new Condition(name, parameter, ((Number) value).doubleValue()));
  }
}
