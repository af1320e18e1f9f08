package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.experiment.Measured.FitResult;
import org.latticelift.learn.judgement.Interval;

class SizeFitsTest {
  private static final Column MEAN = Column.of(Quantity.ABS_MEAN);
  private static final Column BINDER = Column.of(Quantity.BINDER);

  private final Map<String, Map<Column, Measured>> rows = new LinkedHashMap<>();

  private void put(String row, Column column, double value, double half) {
    Interval interval = new Interval(value - half, value + half);
    rows.put(row, Map.of(column, Measured.whole(value, interval)));
  }

  private static SizeFitConfig spec(
      SizeFitConfig.Kind kind, Column column, Double at, Integer... degree) {
    return new SizeFitConfig(
        kind,
        column,
        Optional.ofNullable(at),
        Optional.empty(),
        List.of(degree),
        Map.of("ours", 0.5, "ours-8", 9.0));
  }

  private static FitResult only(List<FitResult> results, String name, String series) {
    return results.stream()
        .filter(one -> one.name().equals(name) && one.series().equals(series))
        .findFirst()
        .orElseThrow();
  }

  /** PT-60 and PT-61. */
  @Test
  void exponentsOfThePublishedValues() {
    double[] size = {16, 32, 64, 128};
    double[] mean = {0.70762, 0.66485, 0.58848, 0.55863};
    for (int s = 0; s < size.length; s++) {
      put("ours-" + (int) size[s] + "-2.27", MEAN, mean[s], 0.002);
    }
    put("ours-16-2.25", MEAN, 0.9, 0.1);
    List<FitResult> results =
        new SizeFits(rows, 1).of("beta", spec(SizeFitConfig.Kind.POWER, MEAN, 2.27, 1));
    assertThat(results).hasSize(1);
    FitResult fit = results.get(0);
    assertThat(fit.measured().value()).isCloseTo(-0.119925, within(2e-5));
    assertThat(fit.published()).isEqualTo(0.5);
    assertThat(fit.points()).isEqualTo(4);
    // Propagated by hand: slope = sum w_i ln y_i with w = (x - mean) / sum (x - mean)^2.
    double error = 0;
    for (int s = 0; s < size.length; s++) {
      double w = (s - 1.5) / 5 / Math.log(2);
      error += Math.pow(w * 0.002 / 1.96 / mean[s], 2);
    }
    double half = (fit.measured().interval().upper() - fit.measured().interval().lower()) / 2;
    assertThat(half).isCloseTo(1.96 * Math.sqrt(error), within(0.1 * half));
  }

  /** y = 2 L^0.5: with names that have the size alone, in series of their own. */
  @Test
  void everySeriesHasItsFit() {
    for (int size : new int[] {2, 4, 8}) {
      put("ours-" + size, MEAN, 2 * Math.sqrt(size), 0.01);
      put("truth-" + size, MEAN, 2 / (double) size, 0.001);
    }
    put("lonely-4", MEAN, 3, 0.1);
    List<FitResult> results =
        new SizeFits(rows, 1).of("power", spec(SizeFitConfig.Kind.POWER, MEAN, null, 1));
    assertThat(results).hasSize(2);
    assertThat(only(results, "power", "ours").measured().value()).isCloseTo(0.5, within(1e-9));
    assertThat(only(results, "power", "truth").measured().value()).isCloseTo(-1, within(1e-9));
    assertThat(only(results, "power", "truth").published()).isNaN();
  }

  private void scan() {
    for (int size : new int[] {4, 8, 16}) {
      for (double t : new double[] {1.8, 1.9, 2, 2.1, 2.2}) {
        double x = (t - 2.05) * size;
        put("ours-" + size + "-" + t, BINDER, 0.6 - x / 10 - x * x / 400, 0.001);
      }
    }
  }

  /** U = f((T - 2.05) L): slopes go as L, curves cross at 2.05 and 0.6. */
  @Test
  void slopesAndCrossingsOfACollapse() {
    scan();
    SizeFits fits = new SizeFits(rows, 1);
    List<FitResult> slopes = fits.of("nu", spec(SizeFitConfig.Kind.SLOPE, BINDER, 2.05, 2));
    assertThat(only(slopes, "nu", "ours").measured().value()).isCloseTo(1, within(1e-9));
    FitResult one = only(slopes, "nu_slope", "ours-8");
    assertThat(one.measured().value()).isCloseTo(-0.8, within(1e-9));
    assertThat(one.published()).isEqualTo(9);
    assertThat(one.points()).isEqualTo(5);
    assertThat(one.measured().interval().lower()).isLessThan(-0.8);
    List<FitResult> meet = fits.of("meet", spec(SizeFitConfig.Kind.CROSSING, BINDER, null, 2));
    assertThat(meet).hasSize(4);
    Measured at = only(meet, "meet", "ours-8-16").measured();
    assertThat(at.value()).isCloseTo(2.05, within(1e-9));
    assertThat(at.interval().lower()).isLessThan(2.05);
    assertThat(at.interval().upper()).isBetween(2.05, 2.06);
    assertThat(only(meet, "meet_value", "ours-4-8").measured().value())
        .isCloseTo(0.6, within(1e-9));
  }

  /** As the largest of a figure may be known at one temperature alone. */
  @Test
  void aSizeWithTooFewConditionsIsLeftOutOfSlopes() {
    scan();
    put("ours-32-2.1", BINDER, 0.4, 0.001);
    SizeFits fits = new SizeFits(rows, 1);
    List<FitResult> slopes = fits.of("nu", spec(SizeFitConfig.Kind.SLOPE, BINDER, 2.05, 2));
    assertThat(slopes).extracting(FitResult::series).doesNotContain("ours-32");
    FitResult exponent = only(slopes, "nu", "ours");
    assertThat(exponent.measured().value()).isCloseTo(1, within(1e-9));
    assertThat(exponent.points()).isEqualTo(3);
  }

  @Test
  void degreesMayDifferBetweenSizes() {
    scan();
    SizeFits fits = new SizeFits(rows, 1);
    List<FitResult> slopes = fits.of("nu", spec(SizeFitConfig.Kind.SLOPE, BINDER, 2.05, 1, 3, 3));
    assertThat(only(slopes, "nu_slope", "ours-16").measured().value())
        .isCloseTo(-1.6, within(1e-9));
    // The straight line of the smallest has the slope in the middle of the scan, 2.
    assertThat(only(slopes, "nu_slope", "ours-4").measured().value())
        .isCloseTo(-0.4 + 2 * 0.05 * 16 / 400, within(1e-9));
    assertFails(
        () -> fits.of("nu", spec(SizeFitConfig.Kind.SLOPE, BINDER, 2.05, 1, 3)),
        "2 degrees for 3 sizes");
  }

  @Test
  void tooFewPointsHaveNoFit() {
    put("ours-8-2", BINDER, 0.6, 0.1);
    put("ours-8-2.1", BINDER, 0.5, 0.1);
    SizeFits fits = new SizeFits(rows, 1);
    assertThat(fits.of("nu", spec(SizeFitConfig.Kind.SLOPE, BINDER, 2.05, 2))).isEmpty();
    assertThat(fits.of("meet", spec(SizeFitConfig.Kind.CROSSING, BINDER, null, 1))).isEmpty();
    assertThat(fits.of("power", spec(SizeFitConfig.Kind.POWER, BINDER, 2.0, 1))).isEmpty();
    assertFails(() -> spec(SizeFitConfig.Kind.SLOPE, BINDER, null, 2), "at: ");
  }

  private static SizeFitConfig collapse(Column column, double at, Collapse scaling, int degree) {
    return new SizeFitConfig(
        SizeFitConfig.Kind.COLLAPSE,
        column,
        Optional.of(at),
        Optional.of(scaling),
        List.of(degree),
        Map.of());
  }

  /** The published magnetisations (PT-62) give the published scaled ones (PT-65). */
  @Test
  void publishedCollapse() {
    double[] t = {2.25, 2.26, 2.27, 2.28, 2.29};
    double[] published = {0.68107, 0.64965, 0.58910, 0.54731, 0.49813};
    for (int i = 0; i < t.length; i++) {
      put("ours-64-" + t[i], MEAN, published[i], 0.01);
    }
    Collapse scaling = new Collapse(1, 0.125);
    SizeFitConfig spec = collapse(MEAN, 2.269185, scaling, 3);
    Points of =
        scaling.all(new SizeFits(rows, 1).bySeries(spec).get("ours"), spec.at().orElseThrow());
    double[] x = {-1.228, -0.588, 0.052, 0.692, 1.332};
    double[] y = {1.1454, 1.0926, 0.9908, 0.9205, 0.8377};
    for (int i = 0; i < t.length; i++) {
      assertThat(of.x()[i]).isCloseTo(x[i], within(6e-4));
      assertThat(of.y().get(i).value()).isCloseTo(y[i], within(6e-5));
      assertThat(of.y().get(i).interval().upper() - of.y().get(i).value())
          .isCloseTo(0.01 * Math.pow(64, 0.125), within(1e-9));
    }
    assertThat(new SizeFits(rows, 1).of("collapse", spec)).as("one size").isEmpty();
  }

  /** Points of one scaling function lie on it with its exponents, and beside it with others. */
  @Test
  void spreadOfACollapse() {
    for (int size : new int[] {4, 8, 16}) {
      for (double t : new double[] {1.8, 1.9, 2, 2.1, 2.2}) {
        double x = (t - 2.05) * size;
        double noise = 0.01 * ((int) Math.round(10 * t) % 2 == 0 ? 1 : -1);
        put("ours-" + size + "-" + t, MEAN, (1 + noise) * (3 - x / 4) / Math.sqrt(size), 0.1);
      }
    }
    SizeFits fits = new SizeFits(rows, 1);
    List<FitResult> right = fits.of("m", collapse(MEAN, 2.05, new Collapse(1, 0.5), 1));
    double spread = only(right, "m", "ours").measured().value();
    assertThat(spread).isBetween(0.008, 0.011);
    assertThat(only(right, "m", "ours").points()).isEqualTo(15);
    assertThat(only(right, "m_errors", "ours").measured().value()).isBetween(0.04, 0.06);
    List<FitResult> wrong = fits.of("m", collapse(MEAN, 2.05, new Collapse(1, 0.4), 1));
    assertThat(only(wrong, "m", "ours").measured().value()).isGreaterThan(3 * spread);
    List<FitResult> elsewhere = fits.of("m", collapse(MEAN, 2.0, new Collapse(1, 0.5), 1));
    assertThat(only(elsewhere, "m", "ours").measured().value()).isGreaterThan(2 * spread);
  }

  @Test
  void collapsesNeedTheirExponents() {
    assertThatThrownBy(() -> spec(SizeFitConfig.Kind.COLLAPSE, MEAN, null, 2))
        .hasMessageContaining("about no condition");
    assertThatThrownBy(() -> spec(SizeFitConfig.Kind.COLLAPSE, MEAN, 2.0, 2))
        .hasMessageContaining("without exponents");
    assertThatThrownBy(() -> collapse(MEAN, 2.0, new Collapse(1, 0), 7))
        .hasMessageContaining("degrees");
    assertThatThrownBy(
            () ->
                new SizeFitConfig(
                    SizeFitConfig.Kind.POWER,
                    MEAN,
                    Optional.empty(),
                    Optional.of(new Collapse(1, 0)),
                    List.of(1),
                    Map.of()))
        .hasMessageContaining("exponents of no collapse");
  }
}
