package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tables of experiments, as {@code experiment.csv} holds them. */
final class ExperimentTable {
  private ExperimentTable() {}

  /** Measured values by variant and quantity. */
  static Map<String, Double> read(Path out) {
    Map<String, Double> values = new HashMap<>();
    TinyRun.lines(out.resolve("experiment.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(cells -> values.put(cells[0] + " " + cells[1], Double.valueOf(cells[3])));
    return values;
  }
}
