package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.AfterEvents;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.sde.Resampling;

/** What two runs have after numbers of events, in one figure. */
class ConditionCurvesTest {
  private static final List<String> OBSERVABLES = List.of("a");
  private static final Path FOLDER = Path.of("other");

  @Test
  void numbersOfThisRunStayAndTheOthersFillWhereItHasNone() {
    ConditionCurves mine = curves(point(1000, 5, 0.1), point(1400, 5, Double.NaN));
    ConditionCurves other = curves(point(1000, 5, 0.2), point(1400, 5, 0.3), point(1000, 2, 0.4));
    assertThat(mine.with(other, FOLDER).after().orElseThrow().points())
        .extracting(
            point -> point.value() + " " + point.events() + " " + point.predicted().get(0).value())
        .containsExactly("1000.0 2.0 0.4", "1000.0 5.0 0.1", "1400.0 5.0 0.3");
  }

  @Test
  void oneOfTheTwoMayHaveNone() {
    ConditionCurves some = curves(point(1000, 5, 0.1));
    ConditionCurves none = new ConditionCurves(some.evaluation(), Optional.empty());
    assertThat(none.with(some, FOLDER).after()).isEqualTo(some.after());
    assertThat(some.with(none, FOLDER).after()).isEqualTo(some.after());
    assertThat(none.with(none, FOLDER).after()).isEmpty();
  }

  private static ConditionCurves curves(AfterEvents.Point... points) {
    Evaluation evaluation =
        new Evaluation(
            "temperature_K", OBSERVABLES, List.of(), 0, "s", Resampling.none(1), List.of());
    return new ConditionCurves(
        evaluation, Optional.of(new AfterEvents("temperature_K", OBSERVABLES, List.of(points))));
  }

  private static AfterEvents.Point point(double value, double events, double predicted) {
    List<Estimate> order = List.of(new Estimate(predicted, Double.NaN, Double.NaN));
    return new AfterEvents.Point("T" + value, value, events, 1, order, List.of(Estimate.UNKNOWN));
  }
}
