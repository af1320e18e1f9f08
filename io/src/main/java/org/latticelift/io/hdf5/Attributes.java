package org.latticelift.io.hdf5;

import java.lang.reflect.Array;
import org.latticelift.io.error.LatticeLiftException;

/** Converts attribute values as jHDF returns them. */
final class Attributes {
  private Attributes() {}

  static String text(Object value, String where) {
    Object single = single(value);
    if (single instanceof String text) {
      return text;
    }
    throw wrong(value, where, "text");
  }

  static String[] texts(Object value) {
    if (value instanceof String text) {
      return new String[] {text};
    }
    if (value instanceof String[] texts) {
      return texts.clone();
    }
    throw new IllegalArgumentException("not text: " + value);
  }

  static long integer(Object value, String where) {
    Object single = single(value);
    if (single instanceof Long
        || single instanceof Integer
        || single instanceof Short
        || single instanceof Byte) {
      return ((Number) single).longValue();
    }
    if (single instanceof Number number && number.doubleValue() == (long) number.doubleValue()) {
      return number.longValue();
    }
    throw wrong(value, where, "a whole number");
  }

  static double number(Object value, String where) {
    if (single(value) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(value, where, "a number");
  }

  private static Object single(Object value) {
    return value.getClass().isArray() && Array.getLength(value) == 1 ? Array.get(value, 0) : value;
  }

  private static LatticeLiftException wrong(Object value, String where, String allowed) {
    return LatticeLiftException.badData(
        "the attribute is " + value.getClass().getSimpleName(),
        where,
        allowed,
        "Make the file again");
  }
}
