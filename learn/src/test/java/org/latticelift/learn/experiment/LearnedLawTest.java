package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.system.MacroscopicMap;

/** Numbers of equations with given matrices. */
class LearnedLawTest {
  private static final double DEVIATION = 2;
  private static final double TIME_UNIT = 4;

  private static final SdeArchitecture TWO_VARIABLES =
      new SdeArchitecture(
          2,
          0,
          new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false),
          new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), false, 1, 1));

  /** Models with drift -y and these rows of sigma, both in scaled variables. */
  private static LearnedLaw law(float[]... sigmas) {
    List<SdeParameters> models = new ArrayList<>();
    List<TrainingHistory> histories = new ArrayList<>();
    double[] none = {};
    for (float[] sigma : sigmas) {
      float[] flat = new float[ParameterLayout.count(TWO_VARIABLES, "")];
      int at = 0;
      for (var spec : ParameterLayout.of(TWO_VARIABLES)) {
        float[] values =
            switch (spec.name()) {
              case "drift/linear/W" -> new float[] {-1, 0, 0, -1};
              case "diffusion/value" -> sigma;
              default -> new float[spec.size()];
            };
        System.arraycopy(values, 0, flat, at, values.length);
        at += values.length;
      }
      models.add(SdeParameters.of(TWO_VARIABLES, flat));
      histories.add(new TrainingHistory(none, none, none));
    }
    return new LearnedLaw(
        new SdeModel(
            TWO_VARIABLES,
            models,
            new SdeScaling(
                new double[] {0, 0},
                new double[] {DEVIATION, DEVIATION},
                new double[] {1},
                new double[] {TIME_UNIT}),
            new MacroscopicMap(
                List.of("a", "b"), new int[] {0, 1}, new double[] {1, 0, 0, 1}, new double[2]),
            histories,
            1,
            0),
        1);
  }

  private static double diffusion(float[]... sigmas) {
    return law(sigmas).of(Quantity.DIFFUSION).value() * Math.sqrt(TIME_UNIT) / DEVIATION;
  }

  /** Only sigma sigma^T is identified: a sign, or a rotation of the noise, is the same law. */
  @Test
  void equationsOfOneLawHaveOneDiffusion() {
    float[] plain = {0.5f, 0, 0, 1};
    float[] negative = {-0.5f, 0, 0, 1};
    float[] rotated = {0.3f, 0.4f, 0.8f, -0.6f};
    assertThat(diffusion(plain)).isEqualTo(0.5, within(1e-6));
    assertThat(diffusion(rotated)).isEqualTo(0.5, within(1e-6));
    assertThat(diffusion(plain, negative, rotated)).isEqualTo(0.5, within(1e-6));
  }

  /** The noise of models that differ: (0.09 + 0.49) / 2 = 0.29. */
  @Test
  void covariancesAreAveraged() {
    assertThat(diffusion(new float[] {0.3f, 0, 0, 1}, new float[] {0.7f, 0, 0, 1}))
        .isEqualTo(Math.sqrt(0.29), within(1e-6));
  }

  /** In units of the system: -1 per time unit. */
  @Test
  void slopesAreThoseOfTheDrift() {
    LearnedLaw law = law(new float[] {1, 0, 0, 1});
    assertThat(law.of(Quantity.SLOPE).value()).isEqualTo(-1 / TIME_UNIT, within(1e-6));
    assertThat(law.of(Quantity.BIAS).value()).isEqualTo(0, within(1e-6));
  }
}
