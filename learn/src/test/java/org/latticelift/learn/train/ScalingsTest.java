package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.SdeConfig.Scalings;
import org.latticelift.learn.train.SdeConfig.VariableScaling;
import org.latticelift.learn.train.SdeConfig.VariableScaling.TimeUnit;

/** Scalings of variables and time (ME-64, ME-66, DI-41). */
class ScalingsTest {
  private static final double[] STATES = {-0.5, 0.1, 0.5, 0.3, 0.9, 0.2};
  private static final double[] DURATIONS = {1, 2, 6};

  private static SdeScaling choose(VariableScaling scaling, String unit) {
    PairSet pairs =
        new PairSet(2, STATES, STATES, DURATIONS, new int[3], new double[] {2.5}, new long[3]);
    TimeUnit timeUnit = TimeUnit.fromConfig(ConfigNode.parse(unit, "test"));
    return Scalings.choose(pairs, 4, scaling, timeUnit, new Quantities("temperature", "1"))
        .scaling();
  }

  @Test
  void rangeMapsAllButTheFirstToZeroAndOne() {
    SdeScaling scaling = choose(VariableScaling.RANGE, "duration");
    assertThat(scaling.toScaled(0, -0.5)).isEqualTo(-0.5);
    assertThat(scaling.toScaled(1, 0.1)).isZero();
    assertThat(scaling.toScaled(1, 0.3)).isEqualTo(1, within(1e-15));
    assertThat(scaling.toPhysical(1, 0.5)).isEqualTo(0.2, within(1e-7));
  }

  @Test
  void deviationMakesMeanZeroAndVarianceOne() {
    SdeScaling scaling = choose(VariableScaling.DEVIATION, "duration");
    double[] scaled = {
      scaling.toScaled(0, -0.5), scaling.toScaled(0, 0.5), scaling.toScaled(0, 0.9)
    };
    double sum = scaled[0] + scaled[1] + scaled[2];
    double square = scaled[0] * scaled[0] + scaled[1] * scaled[1] + scaled[2] * scaled[2];
    assertThat(sum).isEqualTo(0, within(1e-12));
    assertThat(square).isEqualTo(2, within(1e-12));
  }

  @Test
  void noneLeavesVariablesAlone() {
    assertThat(choose(VariableScaling.NONE, "duration").toScaled(1, 0.3)).isEqualTo(0.3);
  }

  /** Between conditions that are not all above 0 the logarithm is linear in the condition. */
  @Test
  void conditionsMayBeBelowZero() {
    SdeScaling scaling =
        new SdeScaling(
            new double[1], new double[] {1}, new double[] {-1, 0, 3}, new double[] {1, 4, 2});
    assertThat(scaling.timeUnit(-1, false)).isEqualTo(1);
    assertThat(scaling.timeUnit(-0.5, false)).isEqualTo(2, within(1e-12));
    assertThat(scaling.timeUnit(0, false)).isEqualTo(4, within(1e-12));
    assertThat(scaling.timeUnit(1.5, false)).isEqualTo(Math.sqrt(8), within(1e-12));
  }

  @Test
  void timeUnitsAreThoseOfTheirRules() {
    assertThat(choose(VariableScaling.NONE, "duration").timeUnit(2.5, false)).isEqualTo(3);
    assertThat(choose(VariableScaling.NONE, "physical").timeUnit(2.5, false)).isEqualTo(1);
    assertThat(choose(VariableScaling.NONE, "6.2021").timeUnit(2.5, false)).isEqualTo(6.2021);
    assertThat(choose(VariableScaling.NONE, "authors").timeUnit(2.5, false)).isEqualTo(3 * 2016.1);
  }

  @Test
  void otherTimeUnitsAreRefused() {
    for (String wrong : new String[] {"0", "-1", "number", "mean"}) {
      assertThatThrownBy(() -> TimeUnit.fromConfig(ConfigNode.parse(wrong, "test")))
          .as(wrong)
          .isInstanceOf(LatticeLiftException.class)
          .hasMessageContaining("physical or a number > 0");
    }
  }

  @Test
  void timeUnitsAreWrittenAsTheyAreRead() {
    for (String text : new String[] {"noise", "6.2021", "physical"}) {
      ConfigNode written = TimeUnit.fromConfig(ConfigNode.parse(text, "test")).toConfig();
      assertThat(written.text()).isEqualTo(text);
    }
  }
}
