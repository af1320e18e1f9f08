package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;

class WorkLeftTest {
  private final Relaxing system = new Relaxing(1, 2);
  private final Condition cheap = system.conditions().get(0);
  private final Condition dear = system.conditions().get(1);

  /** Two runs of ten records; a record of the second condition has ten times the events. */
  private WorkLeft left(int threads) {
    ConfigNode config =
        ConfigNode.parse("{runs: 2, records: 10, duration: {events: {1: 100, 2: 1000}}}", "test");
    return WorkLeft.of(system, Binder.bind(config, SimulateConfig.class), system.large(), threads);
  }

  @Test
  void conditionsThatHaveNotBegunAreEstimatedFromTheirEvents() {
    WorkLeft left = left(1);
    assertThat(left.seconds()).isEmpty();
    assertThat(left.reached(cheap, 0, 1, 0.5)).isEqualTo(1);
    // 19 records of half a second, 20 of five seconds
    assertThat(left.seconds().getAsDouble()).isCloseTo(109.5, within(1e-9));
  }

  @Test
  void measuredCostsReplaceEstimatesAndThreadsShare() {
    WorkLeft left = left(2);
    left.reached(cheap, 0, 1, 0.5);
    left.reached(dear, 0, 1, 1);
    assertThat(left.seconds().getAsDouble()).isCloseTo((19 * 0.5 + 19) / 2, within(1e-9));
  }

  @Test
  void theLastRunHasOneThread() {
    WorkLeft left = left(8);
    left.ended(cheap);
    left.reached(dear, 0, 10, 0);
    left.reached(dear, 1, 9, 2);
    assertThat(left.seconds().getAsDouble()).isCloseTo(2, within(1e-9));
  }

  @Test
  void whatWasMadeBeforeIsCountedAndNotTimed() {
    WorkLeft left = left(1);
    assertThat(left.reached(cheap, 0, 7, 0)).isEqualTo(7);
    assertThat(left.seconds()).isEmpty();
    assertThat(left.reached(cheap, 0, 7, 0)).isZero();
  }

  @Test
  void runsMayDifferInLength() {
    WorkLeft left = WorkLeft.of(system.conditions(), new int[] {5, 2}, c -> c == dear ? 3 : 1, 4);
    left.reached(cheap, 0, 5, 0.5);
    // two of a half and seven of one and a half, in three unfinished runs
    assertThat(left.seconds().getAsDouble()).isCloseTo((2 * 0.5 + 7 * 1.5) / 3, within(1e-9));
  }
}
