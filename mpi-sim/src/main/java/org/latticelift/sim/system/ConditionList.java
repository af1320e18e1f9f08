package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

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
