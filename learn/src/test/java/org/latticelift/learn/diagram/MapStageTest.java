package org.latticelift.learn.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.diagram.MapFile.MapTable;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.evaluate.FakeRun;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;

/** Maps of a linear equation, whose ways are exponentials (EX-53). */
class MapStageTest {
  private static final double RATE = 2;
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-5};

  @TempDir Path folder;
  private int models;

  private MapConfig config(SdeModel model, String more) {
    Path file = folder.resolve("model" + models++ + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      ModelFile.write(writer, model);
    }
    String yaml =
        "{model: '"
            + file
            + "', initial: {observables: [0.5, 0]}, conditions: 5"
            + (more.contains("rates") ? "" : ", rates: 4")
            + more
            + "}";
    return Binder.bind(ConfigNode.parse(yaml, "test.yaml"), MapConfig.class);
  }

  private OrderMap map(SdeModel model, String more) {
    MapStage stage = new MapStage(config(model, more));
    stage.check();
    try (RunDirectory directory =
        RunDirectory.open(folder.resolve("map"), OpenMode.OVERWRITE, "test")) {
      stage.run(FakeRun.context(directory));
      assertThat(stage.outputs()).allMatch(directory::complete);
      return MapFile.read(directory.file(MapFile.NAME));
    }
  }

  private static double unit(double kelvin) {
    double weight = (1 / kelvin - 1 / 1000.0) / (1 / 2000.0 - 1 / 1000.0);
    return 1e-3 * Math.pow(1e-5 / 1e-3, weight);
  }

  @Test
  void theWayIsAnExponentialAtEveryTemperature() throws IOException {
    OrderMap map = map(LinearModels.one(RATE, 0.7, 0, KELVIN, UNIT), ", step: 0.002");
    assertThat(map.condition()).containsExactly(1000, 1250, 1500, 1750, 2000);
    for (int i = 0; i < 5; i++) {
      for (int c = 0; c < 2; c++) {
        Passage passage = map.passages().get(i).get(c);
        assertThat(passage.late()).isCloseTo(c == 0 ? 1.9 : -2.8, within(1e-4));
        for (int s = 0; s < 3; s++) {
          double share = new double[] {0.1, 0.5, 0.9}[s];
          double expected = -Math.log(1 - share) / RATE * unit(map.condition()[i]);
          assertThat(passage.time()[s]).isCloseTo(expected, withPercentage(0.7));
        }
      }
    }
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("map/map.csv"));
    assertThat(rows).hasSize(10);
    assertThat(rows.get(3))
        .containsEntry("temperature_K", "1250.0")
        .containsEntry("observable", "b");
    assertThat(Double.parseDouble(rows.get(3).get("t50[s]")))
        .isEqualTo(map.passages().get(1).get(1).time()[1]);
    assertThat(CsvReader.rows(folder.resolve("map/cooling.csv"))).hasSize(8);
  }

  /** Noise that hides the way has no times; more trajectories bring them back. */
  @Tag("law")
  @Test
  void aWayThatIsNotClearOfItsNoiseHasNoTime() {
    OrderMap hidden = map(LinearModels.one(RATE, 0.02, 1.0, KELVIN, UNIT), ", trajectories: 4");
    assertThat(hidden.passages().get(2).get(0).time()).containsOnly(Double.NaN);
    OrderMap clear = map(LinearModels.one(RATE, 0.7, 0.2, KELVIN, UNIT), ", trajectories: 400");
    assertThat(clear.passages().get(2).get(0).time()[1])
        .isCloseTo(Math.log(2) / RATE * unit(1500), withPercentage(5));
  }

  /** A way that is not at its end has no times either. */
  @Tag("law")
  @Test
  void aMeanThatHasNotSettledHasNoTime() {
    OrderMap map = map(LinearModels.one(0.02, 0.7, 0, KELVIN, UNIT), ", relaxations: 10");
    assertThat(map.passages().get(2).get(0).time()).containsOnly(Double.NaN);
  }

  /** The mean is within a twentieth of its end, and the last third changes by 3 % of the way. */
  @Test
  void aValueThatIsNotStationaryIsNotPrintedAsOne() throws IOException {
    OrderMap slow = map(LinearModels.one(0.12, 0.7, 0, KELVIN, UNIT), ", relaxations: 30");
    Passage passage = slow.passages().get(0).get(0);
    assertThat((passage.late() - 0.5) / 1.4).isBetween(0.93, 0.97);
    assertThat(passage.equilibrated()).isFalse();
    List<String> lines = MapTable.lines(slow, false);
    assertThat(lines).anyMatch(line -> line.contains("not equilibrated after 30"));
    assertThat(lines).anyMatch(line -> line.contains("relaxations=N"));
    Map<String, String> row = CsvReader.rows(folder.resolve("map/map.csv")).get(0);
    assertThat(row).containsEntry("stationary", "").containsEntry("equilibrated", "no");
    OrderMap longer = map(LinearModels.one(0.12, 0.7, 0, KELVIN, UNIT), "");
    assertThat(longer.passages().get(0).get(0).equilibrated()).isTrue();
    assertThat(MapTable.lines(longer, false)).noneMatch(line -> line.contains("quilibrated"));
    row = CsvReader.rows(folder.resolve("map/map.csv")).get(0);
    assertThat(row).containsEntry("equilibrated", "yes");
    assertThat(Double.parseDouble(row.get("stationary"))).isCloseTo(1.9, within(0.001));
  }

  @Tag("law")
  @Test
  void realTimesAreLongerByTheRatio() {
    SdeModel plain = LinearModels.one(RATE, 0.7, 0, KELVIN, UNIT);
    SdeModel alloy = withVacancies(plain);
    OrderMap map = map(alloy, ", vacancies: {formation_eV: 3, clock: real}");
    double expected = 1.0 / 1024 / Math.exp(-3 / (8.617333e-5 * 1250));
    assertThat(map.ratio()[1]).isCloseTo(expected, withPercentage(1e-6));
    // the fastest takes a tenth of a time unit, written in either clock
    assertThat(units(map(alloy, "").coolings().get(0).rate(), kelvin -> 1))
        .isCloseTo(0.1, withPercentage(1));
    assertThat(units(map.coolings().get(0).rate(), MapStageTest::ratio))
        .isCloseTo(0.1, withPercentage(1));
    assertFails(() -> map(plain, ", vacancies: {formation_eV: 3}"), "does not know the vacancies");
  }

  private static double ratio(double kelvin) {
    return 1.0 / 1024 / Math.exp(-3 / (8.617333e-5 * kelvin));
  }

  /** Time units of a cooling from 2000 to 1000 K, whose clock goes slower by a factor. */
  private static double units(double rate, DoubleUnaryOperator slower) {
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      double kelvin = KELVIN[0] + k + 0.5;
      sum += 1 / rate / slower.applyAsDouble(kelvin) / unit(kelvin);
    }
    return sum;
  }

  /** Over eleven decades of rates; what is left out of the slow ones changes nothing. */
  @Test
  void coolingsReachTheCriticalRate() {
    double[] unit = {1, 1e-8};
    OrderMap map = map(LinearModels.following(1, 0.2, 0, KELVIN, unit), ", rates: 25, step: 0.02");
    double[] kept = map.kept(0);
    assertThat(kept[0]).isGreaterThan(0.9);
    assertThat(kept[24]).isBetween(0.0, 0.02);
    for (int i = 0; i < 25; i++) {
      assertThat(kept[i]).isCloseTo(kept(map.coolings().get(i).rate(), unit), within(0.01));
    }
    assertThat(map.critical(0)).isNotNaN();
  }

  /**
   * Exact within each tenth of a kelvin: y follows its centre with the pace of each temperature.
   */
  private static double kept(double rate, double[] unit) {
    double y = 0.2;
    for (int k = 0; k < 10_000; k++) {
      double kelvin = KELVIN[1] - (k + 0.5) / 10;
      double weight = (1 / kelvin - 1 / KELVIN[0]) / (1 / KELVIN[1] - 1 / KELVIN[0]);
      double tau = unit[0] * Math.pow(unit[1] / unit[0], weight);
      double centre = 1 - 0.8 * (kelvin - KELVIN[0]) / (KELVIN[1] - KELVIN[0]);
      y = centre + (y - centre) * Math.exp(-0.1 / rate / tau);
    }
    return (y - 1) / (0.2 - 1);
  }

  private static SdeModel withVacancies(SdeModel m) {
    var s = m.scaling();
    Quantities quantities = s.quantities().with(OptionalDouble.of(1.0 / 1024), Optional.of("Mo 1"));
    return new SdeModel(
        m.architecture(),
        m.models(),
        new org.latticelift.learn.sde.SdeScaling(
            s.mean(), s.deviation(), s.condition(), s.timeUnit(), quantities),
        m.map(),
        m.history(),
        1,
        0);
  }

  @Test
  void anUnknownObservableIsNamed() {
    MapConfig config = config(LinearModels.one(1, 1, 0, KELVIN, UNIT), ", observable: c");
    assertFails(() -> new MapStage(config).check(), "'c'");
  }

  @Test
  void theCriticalRateIsBetweenThoseThatKeepMoreAndLess() {
    double[] kept = {1, 0.8, 0.3, 0};
    List<Cooling> coolings =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Cooling(
                        Math.pow(10, 3 - i), new double[] {-2 + kept[i]}, new double[] {0.1}))
            .toList();
    OrderMap map =
        new OrderMap(
            Quantities.KELVIN_AND_SECONDS,
            List.of("z"),
            0,
            KELVIN,
            new double[0],
            List.of(List.of(still(-2)), List.of(still(-1))),
            coolings,
            0.5,
            30,
            Map.of());
    assertThat(map.kept(0)).containsExactly(kept, within(1e-12));
    assertThat(map.critical(0)).isCloseTo(Math.pow(10, 1.4), withPercentage(1e-6));
    assertThat(MapTable.lines(map, false).get(5)).contains("25.1 K/s of simulated time keeps 50 %");
  }

  /** At conditions of the user's own there are times alone. */
  @Test
  void conditionsMayBeNamed() throws IOException {
    SdeModel alloy = withVacancies(LinearModels.one(RATE, 0.7, 0, KELVIN, UNIT));
    String more = ", at: [1100, 1050, 1100], vacancies: {formation_eV: 2.8, entropy_kB: 1.5}";
    OrderMap map = map(alloy, more);
    assertThat(map.condition()).containsExactly(1050, 1100);
    assertThat(map.coolings()).isEmpty();
    assertThat(folder.resolve("map/cooling.csv")).doesNotExist();
    assertThat(folder.resolve("map/map.html")).content().doesNotContain("cooling.csv");
    double half = map.passages().get(1).get(0).time()[1];
    assertThat(half).isCloseTo(Math.log(2) / RATE * unit(1100), withPercentage(1));
    Map<String, String> row = CsvReader.rows(folder.resolve("map/map.csv")).get(2);
    double ratio = 1.0 / 1024 / Math.exp(1.5 - 2.8 / (8.617333e-5 * 1100));
    assertThat(Double.parseDouble(row.get("real_t50[s]")))
        .isCloseTo(half * ratio, withPercentage(1e-6));
    assertThat(row.get("vacancies")).isEqualTo("E = 2.80 eV, s = 1.50 k_B, equilibrium");
    assertThat(row.get("model")).endsWith(".h5").doesNotStartWith("/");
    assertThat(String.join(" ", MapTable.lines(map, false))).doesNotContain("cooling");
    assertThatThrownBy(() -> map(alloy, ", at: [900]")).hasMessageContaining("900");
  }

  /** The shortest predictions that suffice: 30 units, and as many doublings as it takes. */
  @Test
  void predictionsAreDoubledUntilTheyAreStationary() {
    for (double rate : new double[] {RATE, 0.12, 0.04}) {
      OrderMap map = map(LinearModels.one(rate, 0.7, 0, KELVIN, UNIT), ", at: [1000]");
      Passage passage = map.passages().get(0).get(0);
      assertThat(passage.equilibrated()).isTrue();
      assertThat(passage.late()).isCloseTo(1.9, within(0.004));
      assertThat(passage.time()[2]).isCloseTo(Math.log(10) / rate * 1e-3, withPercentage(2));
    }
  }

  /** A real time is as sure, in parts of itself, as the simulated one. */
  @Test
  void realTimesHaveTheirIntervals() {
    double[] time = {1, 2, 4};
    double[] half = {0.1, 0.2, 0.4};
    OrderMap map =
        new OrderMap(
            Quantities.KELVIN_AND_SECONDS,
            List.of("z"),
            0,
            KELVIN,
            new double[] {7200, 1},
            List.of(List.of(new Passage(0, 1, 0.1, time, half, true)), List.of(still(-1))),
            List.of(),
            0.5,
            30,
            Map.of());
    assertThat(map.realHalfWidth(0, 0, 2)).isCloseTo(2880, within(1e-9));
    assertThat(MapTable.rows(map).get(0)).contains("8.00 ± 0.80 h");
  }

  private static Passage still(double late) {
    double[] none = {Double.NaN, Double.NaN, Double.NaN};
    return new Passage(0, late, Double.NaN, none, none, true);
  }
}
