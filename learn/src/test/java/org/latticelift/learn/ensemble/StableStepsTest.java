package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.kernel.FastestRates;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;

class StableStepsTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-3};
  private static final double CENTRE = 0.25;
  private static final String YAML =
      "{trajectories: 20, records: 3, step: 0.3, scheme: runge_kutta, initial: {observables: [0.5, 0]}}";

  private static final SdeModel STIFF = LinearModels.one(20, CENTRE, 0, KELVIN, UNIT);

  private static PredictedPath path(SdeModel model, String yaml) {
    Schedule schedule =
        ScheduleSpec.fromConfig(ConfigNode.parse("{anneal: {at: 1000, time_s: 0.1}}", "test"))
            .schedule("temperature_K", "s");
    return new PathPrediction(model, LinearModels.config(yaml), 10, 1)
        .along(schedule, 1, StopSignal.none());
  }

  /** 0.3 is six times the time constant, at which the method blows up; 0.075 is not. */
  @Test
  void anEquationThatIsTooFastForAStepIsFollowedByShorterOnes() {
    assertThatThrownBy(() -> path(STIFF, YAML))
        .as("a model that does not know its rate")
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("Lower ensemble.step");
    double[] mean = path(FastestRates.known(STIFF), YAML).mean();
    assertThat(mean[mean.length - 2]).isCloseTo(0.5 + 2 * CENTRE, within(1e-5));
  }

  @Test
  void stepsAreThoseOfTheFasterNeighbourAndNeverLongerThanAsked() {
    StableSteps steps =
        new StableSteps(0.3, new double[] {1000, 2000, 3000}, new double[] {0.1, 0.2, 0.5});
    double[] at =
        Arrays.stream(new double[] {500, 1000, 1500, 2000, 2500, 3000, 4000})
            .map(steps::at)
            .toArray();
    assertThat(at).containsExactly(0.1, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3);
  }

  @Test
  void stepsOfEulerAndSlowEquationsStayAsAsked() {
    EnsembleConfig euler = LinearModels.config(YAML.replace("runge_kutta", "euler"));
    assertThat(StableSteps.of(FastestRates.known(STIFF), euler).at(1000)).isEqualTo(0.3);
    SdeModel slow = FastestRates.known(LinearModels.one(4.9, CENTRE, 0, KELVIN, UNIT));
    assertThat(StableSteps.of(slow, LinearModels.config(YAML)).at(1000)).isEqualTo(0.3);
  }
}
