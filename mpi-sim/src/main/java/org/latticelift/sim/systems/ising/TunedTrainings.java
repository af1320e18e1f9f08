package org.latticelift.sim.systems.ising;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Values that the authors tuned by hand for each size and temperature near the critical point
 * (PT-45, DI-27), for 16 x 16 small systems.
 */
final class TunedTrainings {
  private static final int SMALL = 16;

  private static final List<Row> TABLE =
      List.of(
          new Row(16, List.of(2.25, 2.26, 2.27, 2.29), 1e-5, 1, 25),
          new Row(16, List.of(2.28), 1e-5, 1, 50),
          new Row(32, List.of(2.25, 2.26), 1e-4, 2.5, 100),
          new Row(32, List.of(2.27, 2.28), 1e-4, 2.2, 100),
          new Row(32, List.of(2.29), 1e-4, 2.0, 100),
          new Row(48, List.of(2.25, 2.26), 1e-4, 6.0, 200),
          new Row(48, List.of(2.27), 1e-4, 5.4, 200),
          new Row(48, List.of(2.28), 1e-4, 5.0, 200),
          new Row(48, List.of(2.29), 1e-4, 4.5, 200),
          new Row(64, List.of(2.25, 2.27), 1e-4, 10, 200),
          new Row(64, List.of(2.26), 1e-4, 9, 100),
          new Row(64, List.of(2.28), 1e-4, 8, 200),
          new Row(64, List.of(2.29), 1e-4, 7, 200),
          new Row(128, List.of(2.27), 1e-4, 32, 500));

  private TunedTrainings() {}

  private record Row(
      int large, List<Double> temperatures, double epsilon, double kappa, int epochs) {
    String yaml() {
      return String.format(
          Locale.ROOT, "train: {epsilon: %s, kappa: %s, epochs: %d}", epsilon, kappa, epochs);
    }
  }

  /**
   * The section {@code train} of a row.
   *
   * @param small side of the small system
   * @param large side of the large system
   * @param temperatures of one training
   * @return empty where the authors trained no such model
   */
  static Optional<String> yaml(int small, int large, List<Double> temperatures) {
    return TABLE.stream()
        .filter(row -> small == SMALL && row.large() == large && temperatures.size() == 1)
        .filter(row -> row.temperatures().contains(temperatures.get(0)))
        .map(Row::yaml)
        .findFirst();
  }
}
