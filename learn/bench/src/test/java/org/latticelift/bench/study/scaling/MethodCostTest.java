package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;
import org.latticelift.io.run.stage.StagePlan;

class MethodCostTest {
  private static MethodCost cost(long sites, double method, double direct) {
    return MethodCost.of(
        "T1",
        sites,
        List.of(
            new StagePlan("simulate", 1, "", method / 2, 0),
            new StagePlan("train", 1, "", method / 2, 0),
            new StagePlan("evaluate", 1, "", 99, 0),
            new StagePlan("direct", 1, "", direct, 0)));
  }

  @Test
  void onlyStagesOfTheMethodCount() {
    MethodCost cost = cost(1000, 10, 3);
    assertThat(cost.methodSeconds()).isEqualTo(10);
    assertThat(cost.directSeconds()).isEqualTo(3);
  }

  @Test
  void theBreakEvenLiesBetweenSizes() {
    List<MethodCost> costs =
        List.of(cost(1000, 10, 1), cost(10_000, 10, 10), cost(100_000, 10, 100));
    assertThat(MethodCost.breakEven(costs).orElseThrow().sites()).isEqualTo(10_000);
    List<MethodCost> between = List.of(cost(1000, 10, 1), cost(100_000, 10, 100));
    MethodCost even = MethodCost.breakEven(between).orElseThrow();
    assertThat(even.sites()).isEqualTo(10_000);
    assertThat(even.methodSeconds()).isCloseTo(10, within(1e-9));
    List<MethodCost> cheaper = List.of(cost(1000, 10, 20));
    assertThat(MethodCost.breakEven(cheaper)).hasValue(cheaper.get(0));
    assertThat(MethodCost.breakEven(List.of(cost(1000, 10, 1)))).isEmpty();
  }

  @Test
  void aRunCorrectsEstimates() {
    List<StageTime> times =
        List.of(
            new StageTime("simulate", 1, 4),
            new StageTime("lift", 1, 1),
            new StageTime("report", 1, 70),
            new StageTime("direct", 1, 9));
    MethodCost measured = MethodCost.measured("T1", 1000, times);
    MethodCost corrected = cost(8000, 20, 24).corrected(measured, cost(1000, 10, 3));
    assertThat(corrected).isEqualTo(new MethodCost("T1", 8000, 10, 72));
    MethodCost unknown = MethodCost.measured("T1", 1000, List.of());
    assertThat(cost(8000, 20, 24).corrected(unknown, cost(1000, 10, 3)))
        .isEqualTo(cost(8000, 20, 24));
  }
}
