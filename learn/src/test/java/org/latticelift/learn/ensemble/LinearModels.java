package org.latticelift.learn.ensemble;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
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

/** Models that are exactly linear: dz = -rate (z - centre) ds + sigma dW in scaled variables. */
public final class LinearModels {
  private LinearModels() {}

  /**
   * One variable y, one dependent observable 1 - 2y; z = 0.5 + 2 y; tau as given.
   *
   * @param rate of relaxation
   * @param centre where the drift vanishes
   * @param sigma of the noise
   * @param kelvin trained temperatures
   * @param unit tau of each, s
   * @return the model
   */
  public static SdeModel one(
      double rate, double centre, double sigma, double[] kelvin, double[] unit) {
    SdeScaling scaling = new SdeScaling(new double[] {0.5}, new double[] {2}, kelvin, unit);
    MacroscopicMap map =
        new MacroscopicMap(
            List.of("a", "b"), new int[] {0}, new double[] {1, -2}, new double[] {0, 1});
    return one(rate, centre, sigma, scaling, map, 1);
  }

  /**
   * A model of one variable.
   *
   * @param rate of relaxation
   * @param centre to which it relaxes
   * @param sigma of its noise
   * @param scaling of the variable
   * @param map to the observables
   * @param patches of the large system
   * @return the model
   */
  public static SdeModel one(
      double rate,
      double centre,
      double sigma,
      SdeScaling scaling,
      MacroscopicMap map,
      int patches) {
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
        a, List.of(SdeParameters.of(a, flat)), scaling, map, List.of(history), patches, 0);
  }

  /**
   * A model whose centre goes with the temperature: dy = -(y - centre(T)) ds, the centre straight
   * from {@code cold} at the lowest to {@code hot} at the highest trained temperature; observables
   * 0.5 + 2 y and its mirror image as of {@link #one}.
   *
   * @param cold centre at the lowest temperature
   * @param hot centre at the highest
   * @param sigma of the noise
   * @param kelvin two trained temperatures
   * @param unit tau of each, s
   * @return the model
   */
  public static SdeModel following(
      double cold, double hot, double sigma, double[] kelvin, double[] unit) {
    SdeModel still = one(1, 0, sigma, kelvin, unit);
    SdeArchitecture a =
        new SdeArchitecture(
            1,
            1,
            still.architecture().drift(),
            still.architecture().diffusion(),
            kelvin[0],
            kelvin[1] - kelvin[0],
            null);
    float[] flat = new float[ParameterLayout.count(a, "")];
    int offset = 0;
    for (ParameterSpec spec : ParameterLayout.of(a)) {
      float[] values = new float[spec.size()];
      float change = (float) (cold - hot);
      switch (spec.name()) {
        case "embedding/hidden0/W", "embedding/output/W" -> values[0] = 1; // relu(x) = x
        case "drift/hidden0/W_z", "drift/output/W" -> {
          boolean out = spec.name().equals("drift/output/W");
          values[0] = out ? -1 : 1;
          values[1] = -values[0];
        }
        case "drift/hidden0/W_t" -> {
          values[0] = change;
          values[1] = -change;
        }
        case "drift/hidden0/b" -> {
          values[0] = (float) -cold;
          values[1] = (float) cold;
        }
        case "diffusion/value" -> values[0] = (float) sigma;
        default -> {
          // no further biases
        }
      }
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    return new SdeModel(
        a, List.of(SdeParameters.of(a, flat)), still.scaling(), still.map(), still.history(), 1, 0);
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
