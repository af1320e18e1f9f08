package org.latticelift.learn.evaluate;

import java.util.function.ToDoubleFunction;

/**
 * A number of a result as it stands in files.
 *
 * @param name of the dataset and of the CSV column
 * @param isTime whether it has the unit of times; it has none otherwise
 * @param longName meaning
 * @param value how to get it
 * @param <R> result
 */
record Column<R>(String name, boolean isTime, String longName, ToDoubleFunction<R> value) {
  static <R> Column<R> number(String name, String longName, ToDoubleFunction<R> value) {
    return new Column<>(name, false, longName, value);
  }

  static <R> Column<R> time(String name, String longName, ToDoubleFunction<R> value) {
    return new Column<>(name, true, longName, value);
  }

  String units(Evaluation evaluation) {
    return isTime ? evaluation.timeUnit() : "1";
  }
}
