package org.latticelift.ensemble;

import java.util.Arrays;
import java.util.List;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.sde.DiffusionMode;
import org.latticelift.sde.DiffusionSpec;
import org.latticelift.sde.DriftKind;
import org.latticelift.sde.DriftSpec;
import org.latticelift.sde.MacroscopicMap;
import org.latticelift.sde.ParameterLayout;
import org.latticelift.sde.ParameterSpec;
import org.latticelift.sde.SdeArchitecture;
import org.latticelift.sde.SdeModel;
import org.latticelift.sde.SdeParameters;
import org.latticelift.sde.SdeScaling;
import org.latticelift.sde.TrainingHistory;

/** Models that are exactly linear: dz = -rate (z - centre) ds + sigma dW in scaled variables. */
final class LinearModels {
  private LinearModels() {}

  /** One variable y, one dependent observable 1 - 2y; z = 0.5 + 2 y; tau as given. */
  static SdeModel one(double rate, double centre, double sigma, double[] kelvin, double[] unit) {
    SdeArchitecture a =
        new SdeArchitecture(
            1,
            0,
            new DriftSpec(DriftKind.PLAIN, List.of(2), 0, 0, false, false),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), false, 1, 1));
    // relu(z) - relu(-z) = z
    float[] flat = new float[ParameterLayout.count(a, "")];
    int offset = 0;
    for (ParameterSpec spec : ParameterLayout.of(a)) {
      float[] values =
          switch (spec.name()) {
            case "drift/hidden0/W_z" -> new float[] {1, -1};
            case "drift/output/W" -> new float[] {(float) -rate, (float) rate};
            case "drift/output/b" -> new float[] {(float) (rate * centre)};
            case "diffusion/value" -> new float[] {(float) sigma};
            default -> new float[spec.size()];
          };
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    double[] none = {};
    TrainingHistory history = new TrainingHistory(none, none, none);
    return new SdeModel(
        a,
        List.of(SdeParameters.of(a, flat)),
        new SdeScaling(new double[] {0.5}, new double[] {2}, kelvin, unit),
        new MacroscopicMap(
            List.of("a", "b"), new int[] {0}, new double[] {1, -2}, new double[] {0, 1}),
        List.of(history),
        1,
        0);
  }

  static EnsembleConfig config(String yaml) {
    return Binder.bind(ConfigNode.parse(yaml, "test.yaml"), EnsembleConfig.class);
  }

  static SdeModel twice(SdeModel model) {
    return new SdeModel(
        model.architecture(),
        List.of(model.models().get(0), model.models().get(0)),
        model.scaling(),
        model.map(),
        Arrays.asList(model.history().get(0), model.history().get(0)),
        1,
        0);
  }
}
