package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.series.TimeSeries;

/** Means and intervals after a number of events, of runs whose values are known. */
class AfterEventsTest {
  private static final double[] TIMES = {0, 1, 2};

  private static TimeSeries run(double... values) {
    return new TimeSeries(TIMES, values, 1);
  }

  private static Prediction prediction(double mean, double half) {
    TimeSeries curve = run(mean, mean, mean);
    double[][] one = {{mean}};
    double[][] none = {{0}};
    return new Prediction(
        "T1",
        1,
        curve,
        curve,
        run(half, half, half),
        new Prediction.ModelCurves(List.of(curve), List.of(curve), 1),
        new Prediction.LateValues(one, none, none, none),
        Resampling.none(1),
        List.of(),
        false);
  }

  @Test
  void directIntervalsAreThoseOfTheMean() {
    List<TimeSeries> runs =
        List.of(run(0, 1, 5), run(0, 3, 7), run(0, 2, 3), run(0, 6, 9), run(0, 3, 6));
    Prediction prediction = prediction(2.5, 0.25);
    AfterEvents.Point point = AfterEvents.point(prediction, runs, 100, 1);
    assertThat(point.direct().get(0).value()).isEqualTo(3);
    // standard deviation sqrt(14 / 4) of five runs, t of four degrees of freedom 2.776
    assertThat(point.direct().get(0).halfWidth())
        .isCloseTo(2.7764 * Math.sqrt(14.0 / 4 / 5), within(1e-3));
    assertThat(point.predicted()).containsExactly(new Estimate(2.5, Double.NaN, 0.25));
    assertThat(AfterEvents.point(prediction, runs, 100, 1.5).direct().get(0).value())
        .isCloseTo(4.5, within(1e-12));
    assertThat(AfterEvents.point(prediction, runs, 100, 2.1).direct().get(0).value()).isNaN();
    assertThat(
            AfterEvents.point(prediction, runs.subList(0, 1), 100, 1).direct().get(0).halfWidth())
        .isNaN();
  }
}
