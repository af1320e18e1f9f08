package org.latticelift.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.rundir.StagePlan;

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
    assertThat(MethodCost.breakEven(costs)).hasValueCloseTo(10_000.0, within(1e-6));
    List<MethodCost> between = List.of(cost(1000, 10, 1), cost(100_000, 10, 100));
    assertThat(MethodCost.breakEven(between)).hasValueCloseTo(10_000.0, within(1e-6));
    assertThat(MethodCost.breakEven(List.of(cost(1000, 10, 20)))).hasValue(1000);
    assertThat(MethodCost.breakEven(List.of(cost(1000, 10, 1)))).isEmpty();
  }
}
