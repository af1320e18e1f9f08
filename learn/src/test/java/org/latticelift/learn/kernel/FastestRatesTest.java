package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.Transition;
import org.latticelift.sim.system.MacroscopicMap;

class FastestRatesTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-6};

  @Test
  void aLinearEquationHasItsRate() {
    assertThat(FastestRates.of(LinearModels.one(18, 0.2, 0.1, KELVIN, UNIT)))
        .containsExactly(new double[] {18, 18}, within(0.01));
  }

  @Test
  void aFlatDriftHasNone() {
    assertThat(FastestRates.of(LinearModels.one(0, 0.2, 0.1, KELVIN, UNIT))).containsExactly(0, 0);
  }

  /** dx = (-x + 3 y) ds, dy = (-3 x - y) ds turns: its eigenvalues are -1 +- 3i. */
  @Test
  void rotationsCount() {
    SdeArchitecture a =
        new SdeArchitecture(
            2,
            0,
            new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), false, 1, 1));
    float[] flat = new float[ParameterLayout.count(a, "")];
    int offset = 0;
    for (ParameterSpec spec : ParameterLayout.of(a)) {
      if (spec.name().equals("drift/linear/W")) {
        System.arraycopy(new float[] {-1, 3, -3, -1}, 0, flat, offset, 4);
      }
      offset += spec.size();
    }
    double[] none = {};
    SdeModel model =
        new SdeModel(
            a,
            List.of(SdeParameters.of(a, flat)),
            new SdeScaling(new double[2], new double[] {1, 1}, KELVIN, UNIT),
            new MacroscopicMap(
                List.of("a", "b"), new int[] {0, 1}, new double[] {1, 0, 0, 1}, new double[2]),
            List.of(new TrainingHistory(none, none, none)),
            1,
            0);
    assertThat(FastestRates.of(model)[0]).isCloseTo(Math.sqrt(10), within(1e-3));
  }

  /**
   * relu(y) - relu(-y) with different factors: fast on one side, where states of the training are.
   */
  @Test
  void statesOfTheTrainingCount() {
    SdeModel slow = LinearModels.one(2, 0, 0.1, KELVIN, UNIT);
    float[] flat = slow.models().get(0).flat().clone();
    int offset = 0;
    for (ParameterSpec spec : ParameterLayout.of(slow.architecture())) {
      if (spec.name().equals("drift/output/W")) {
        flat[offset] = -9;
      }
      offset += spec.size();
    }
    float[][] states = {{-1, -2, -3}, {-1, 2, 3}};
    SdeModel bent =
        new SdeModel(
            slow.architecture(),
            List.of(SdeParameters.of(slow.architecture(), flat)),
            slow.scaling(),
            slow.map(),
            slow.history(),
            slow.factors(),
            0,
            new PairDiagnostics(
                1,
                new double[0][],
                new double[0],
                new TrainedStates(states, 1),
                Transition.EULER,
                new double[0]),
            slow.resampling());
    double[] rates = FastestRates.of(bent);
    assertThat(rates[0]).isCloseTo(2, within(0.01));
    assertThat(rates[1]).isCloseTo(9, within(0.01));
  }
}
