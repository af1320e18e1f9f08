package org.latticelift.learn.design;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Which schedules are looked for: the condition stays between two values, and one or both ends may
 * be given, as where a furnace is hot when a sample leaves it and cold at the end. What is left
 * free is a point of the unit cube.
 *
 * @param lowest value
 * @param highest value
 * @param first value at the beginning, where it is given
 * @param last value at the end, where it is given
 */
record SearchSpace(double lowest, double highest, OptionalDouble first, OptionalDouble last) {
  /** The space of a configuration, within the trained range where no limits are given. */
  static SearchSpace of(DesignConfig config, double[] trained) {
    return new SearchSpace(
        config.lowest().orElse(trained[0]),
        config.highest().orElse(trained[trained.length - 1]),
        optional(config.first().orElse(Double.NaN)),
        optional(config.last().orElse(Double.NaN)));
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** How many of so many knots are free. */
  int free(int knots) {
    return knots - (int) (first.stream().count() + last.stream().count());
  }

  /** Knots of a point in the unit cube of what is free. */
  double[] values(double[] point) {
    DoubleStream between =
        Arrays.stream(point)
            .map(x -> x >= 1 ? highest : lowest + Math.max(0, x) * (highest - lowest));
    return DoubleStream.concat(DoubleStream.concat(first.stream(), between), last.stream())
        .toArray();
  }

  /** The point of some knots. */
  double[] point(double[] values) {
    int from = first.isPresent() ? 1 : 0;
    return Arrays.stream(values, from, from + free(values.length))
        .map(v -> (v - lowest) / (highest - lowest))
        .toArray();
  }

  void check(int knots) {
    if (!(lowest < highest)) {
      throw LatticeLiftException.badData(
          "a condition from " + lowest + " to " + highest,
          "lowest, highest",
          "a lowest value below the highest",
          "Correct them, or leave them out for the trained range");
    }
    requireInside("first", first);
    requireInside("last", last);
    if (free(knots) < 1) {
      throw LatticeLiftException.badData(
          knots + " knots of which both ends are given",
          "knots",
          "3 or more",
          "Take more knots, or leave first or last out");
    }
  }

  private void requireInside(String key, OptionalDouble end) {
    if (end.isPresent() && !(end.getAsDouble() >= lowest && end.getAsDouble() <= highest)) {
      throw LatticeLiftException.badData(
          "an end at " + end.getAsDouble(),
          key,
          lowest + " to " + highest,
          "Correct it, or widen lowest and highest");
    }
  }
}
