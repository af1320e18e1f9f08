package org.latticelift.io.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;

/** Checks {@link Range} and {@link OneOf} on bound values and inside lists and maps. */
final class Limits {
  private Limits() {}

  /** Texts that {@link OneOf} allows, before they become constants of an enum. */
  static void checkChoices(RecordComponent component, ConfigNode node) {
    OneOf oneOf = component.getAnnotation(OneOf.class);
    if (oneOf != null) {
      checkChoices(List.of(oneOf.value()), component.getType(), node);
    }
  }

  private static void checkChoices(List<String> allowed, Class<?> type, ConfigNode node) {
    if (type == List.class) {
      node.items().forEach(item -> checkChoice(allowed, item));
    } else if (type == Map.class) {
      node.keys().forEach(key -> checkChoice(allowed, node.get(key)));
    } else if (type != Optional.class || !node.isNull()) {
      checkChoice(allowed, node);
    }
  }

  private static void checkChoice(List<String> allowed, ConfigNode node) {
    if (!allowed.contains(node.text())) {
      throw notOneOf(allowed, node.text(), node);
    }
  }

  static void check(RecordComponent component, Object value, ConfigNode node) {
    Range range = component.getAnnotation(Range.class);
    if (range != null) {
      check(range, value, node);
    }
  }

  private static void check(Range range, Object value, ConfigNode node) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> check(range, inner, node));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        check(range, list.get(i), node.items().get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> check(range, inner, node.get((String) key)));
    } else if (value instanceof AutoNumber auto) {
      auto.number().ifPresent(number -> checkRange(range, number, "auto, or ", node));
    } else if (value instanceof Number number) {
      checkRange(range, number.doubleValue(), "", node);
    }
  }

  private static void checkRange(Range range, double value, String others, ConfigNode node) {
    boolean low = range.minOpen() ? value <= range.min() : value < range.min();
    boolean high = range.maxOpen() ? value >= range.max() : value > range.max();
    if (low || high) {
      throw LatticeLiftException.badData(
          "'" + node.text() + "' is out of range",
          node.where(),
          others + describe(range),
          "Correct it");
    }
  }

  static LatticeLiftException notOneOf(List<String> allowed, String value, ConfigNode node) {
    return LatticeLiftException.badData(
        "unknown value '" + value + "'",
        node.where(),
        "allowed: " + String.join(", ", allowed),
        NearestKey.of(value, allowed)
            .map(nearest -> "Did you mean '" + nearest + "'?")
            .orElse("Use one of these"));
  }

  static String describe(Range range) {
    StringBuilder text = new StringBuilder();
    if (range.min() != Double.NEGATIVE_INFINITY) {
      text.append(range.minOpen() ? "above " : "at least ").append(shorten(range.min()));
    }
    if (range.max() != Double.POSITIVE_INFINITY) {
      text.append(text.isEmpty() ? "" : " and ")
          .append(range.maxOpen() ? "below " : "at most ")
          .append(shorten(range.max()));
    }
    return text.toString();
  }

  private static String shorten(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
