package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tables of experiments, and the stored ones of their quick sizes: {@code
 * src/test/resources/experiments/NAME.csv} is the file {@code experiment.csv} of a run of {@code
 * configs/paper/NAME.yaml}. After a change that is meant to change numbers, copy it again.
 */
final class ReferenceValues {
  private ReferenceValues() {}

  /** Measured values by variant and quantity. */
  static Map<String, Double> table(Path out) {
    return values(TinyRun.lines(out.resolve("experiment.csv")).stream());
  }

  private static Map<String, Double> values(Stream<String> lines) {
    Map<String, Double> values = new HashMap<>();
    lines
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(cells -> values.put(cells[0] + " " + cells[1], Double.valueOf(cells[3])));
    return values;
  }

  private static Map<String, Double> stored(String name) {
    String resource = "/experiments/" + name + ".csv";
    try (InputStream stream = ReferenceValues.class.getResourceAsStream(resource)) {
      assertThat(stream).as(resource).isNotNull();
      return values(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares every value of a run with the stored one.
   *
   * @param relative allowed difference; small where no training engine of others is used
   */
  static void requireAlike(String name, Path out, double relative) {
    Map<String, Double> measured = new LinkedHashMap<>(table(out));
    Map<String, Double> stored = stored(name);
    assertThat(measured).containsOnlyKeys(stored.keySet());
    stored.forEach(
        (key, value) ->
            assertThat(measured.get(key))
                .as(name + " " + key)
                .isEqualTo(value, within(relative * Math.abs(value))));
  }
}
