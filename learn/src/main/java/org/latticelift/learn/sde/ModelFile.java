package org.latticelift.learn.sde;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.SdeArchitecture.ParameterSpec;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeScaling.Quantities;
import org.latticelift.sim.system.MacroscopicMap;
import org.latticelift.sim.system.MacroscopicMap.MacroscopicGroup;

/**
 * {@code model.h5}: a trained equation, with one set of parameters for each of its models.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>attributes of the file</td><td>{@code observable_names}, {@code parameter_name}, {@code
 *       kappa}, {@code epsilon}, of alloys {@code vacancies_per_site}, at which times hold, and {@code composition}</td></tr>
 *   <tr><td>{@code architecture}</td><td>text, JSON</td></tr>
 *   <tr><td>{@code weights/m0/...}</td><td>float32, the parameters of a model by name</td></tr>
 *   <tr><td>{@code history/m0/}</td><td>{@code loss}, {@code validation_loss}, {@code
 *       learning_rate}: float64 [epochs]</td></tr>
 *   <tr><td>{@code scaling/}</td><td>{@code time_unit}, {@code condition_value}: float64
 *       [conditions]; {@code mean}, {@code deviation} and, where they differ, {@code kappa}: float64
 *       [variables]</td></tr>
 *   <tr><td>{@code scaling/fastest_rate}</td><td>float64 [conditions], per unit of
 *       time</td></tr>
 *   <tr><td>{@code training/states}</td><td>float32 [conditions,n,d], some states before of the
 *       pairs, scaled</td></tr>
 *   <tr><td>{@code macroscopic/}</td><td>see {@link MacroscopicGroup}</td></tr>
 *   <tr><td>{@code resample}</td><td>see {@link ResamplingGroup}</td></tr>
 * </table>
 */
public final class ModelFile {
  public static final String NAME = "model.h5";

  private static final String KAPPA = "/scaling/kappa";
  private static final String KAPPA_ERROR = "/scaling/kappa_error";
  private static final String VARIANCE_LEFT = "/training/variance_left";
  private static final String FASTEST = "/scaling/fastest_rate";
  private static final String STATES = "/training/states";
  private static final String PATCHES = "patches_evolved";
  private static final String TRANSITION = "transition";
  private static final String VACANCIES = "vacancies_per_site";
  private static final String COMPOSITION = "composition";

  private ModelFile() {}

  /** Puts a model into an open file ({@code model}: what to write). */
  public static void write(Hdf5Writer writer, SdeModel model) {
    writer.text("/architecture", model.architecture().toJson(), info("1", "architecture, JSON"));
    for (int k = 0; k < model.models().size(); k++) {
      weights(writer, "/weights/m" + k + "/", model.models().get(k));
      history(writer, "/history/m" + k + "/", model.history().get(k));
    }
    scaling(writer, model.scaling());
    MacroscopicGroup.write(writer, model.map());
    writer.attribute("/", "observable_names", model.map().observables().toArray(new String[0]));
    writer.attribute("/", "parameter_name", model.scaling().quantities().parameter());
    model
        .scaling()
        .quantities()
        .vacancies()
        .ifPresent(concentration -> writer.attribute("/", VACANCIES, concentration));
    model
        .scaling()
        .quantities()
        .composition()
        .ifPresent(shares -> writer.attribute("/", COMPOSITION, shares));
    writer.attribute("/", "kappa", model.kappa());
    if (!model.factors().uniform()) {
      double[] kappa = model.factors().kappa();
      writer.dataset(
          KAPPA,
          kappa,
          new long[] {kappa.length},
          info("1", "factor on the model covariance in the loss", "variable"));
    }
    writer.attribute("/", "epsilon", model.epsilon());
    diagnostics(writer, model.diagnostics());
    states(writer, model.diagnostics().states());
    ResamplingGroup.write(writer, model.resampling());
  }

  private static void diagnostics(Hdf5Writer writer, PairDiagnostics found) {
    if (found.patches() != 1) {
      writer.attribute("/", PATCHES, found.patches());
    }
    if (found.transition() != Transition.EULER) {
      writer.attribute("/", TRANSITION, found.transition().key());
    }
    double[][] left = found.noiseLeft();
    if (left.length > 0) {
      writer.dataset(
          VARIANCE_LEFT,
          Arrays.stream(left).flatMapToDouble(Arrays::stream).toArray(),
          new long[] {left.length, left[0].length},
          info("1", "share of the noise that control variates leave", "condition", "variable"));
    }
    if (found.kappaError().length > 0) {
      writer.dataset(
          KAPPA_ERROR,
          found.kappaError(),
          new long[] {found.kappaError().length},
          info("1", "standard error of kappa", "variable"));
    }
    if (found.fastestRates().length > 0) {
      writer.dataset(
          FASTEST,
          found.fastestRates(),
          new long[] {found.fastestRates().length},
          info("1", "fastest rate of the equation per unit of time", "condition"));
    }
  }

  private static PairDiagnostics diagnostics(Hdf5Reader reader, int variables) {
    double[][] left = {};
    if (reader.exists(VARIANCE_LEFT)) {
      double[] all = reader.doubles(VARIANCE_LEFT);
      left = new double[all.length / variables][];
      for (int c = 0; c < left.length; c++) {
        left[c] = Arrays.copyOfRange(all, c * variables, (c + 1) * variables);
      }
    }
    long patches = reader.findAttribute("/", PATCHES).map(n -> (Long) n).orElse(1L);
    double[] errors = reader.exists(KAPPA_ERROR) ? reader.doubles(KAPPA_ERROR) : new double[0];
    double[] fastest = reader.exists(FASTEST) ? reader.doubles(FASTEST) : new double[0];
    Transition transition =
        reader.findAttribute("/", TRANSITION).isPresent()
            ? Transition.of(reader.textAttribute("/", TRANSITION), reader.file() + "@" + TRANSITION)
            : Transition.EULER; // of earlier versions
    return new PairDiagnostics(
        patches, left, errors, states(reader, variables), transition, fastest);
  }

  private static void states(Hdf5Writer writer, TrainedStates states) {
    if (!states.known()) {
      return;
    }
    int conditions = states.scaled().length;
    int length = states.scaled()[0].length;
    float[] all = new float[conditions * length];
    for (int c = 0; c < conditions; c++) {
      System.arraycopy(states.scaled()[c], 0, all, c * length, length);
    }
    writer.dataset(
        STATES,
        all,
        new long[] {conditions, length / states.variables(), states.variables()},
        info("1", "some states before of the pairs, scaled", "condition", "state", "variable"));
  }

  private static TrainedStates states(Hdf5Reader reader, int variables) {
    if (!reader.exists(STATES)) {
      return TrainedStates.UNKNOWN;
    }
    long[] dims = reader.requireDims(STATES, -1, -1, variables);
    float[] all = reader.floats(STATES);
    float[][] states = new float[(int) dims[0]][];
    int length = all.length / states.length;
    Arrays.setAll(states, c -> Arrays.copyOfRange(all, c * length, (c + 1) * length));
    return new TrainedStates(states, variables);
  }

  private static void weights(Hdf5Writer writer, String prefix, SdeParameters parameters) {
    for (ParameterSpec spec : parameters.layout()) {
      String[] axes =
          spec.shape().length == 2 ? new String[] {"output", "input"} : new String[] {"output"};
      writer.dataset(
          prefix + spec.name(),
          parameters.get(spec.name()),
          spec.shape(),
          info("1", "network parameter " + spec.name(), axes));
    }
  }

  private static void history(Hdf5Writer writer, String prefix, TrainingHistory history) {
    series(writer, prefix + "loss", history.loss(), "mean training loss");
    series(writer, prefix + "validation_loss", history.validationLoss(), "mean validation loss");
    series(writer, prefix + "learning_rate", history.learningRate(), "learning rate");
  }

  private static void series(Hdf5Writer writer, String path, double[] values, String name) {
    writer.dataset(path, values, new long[] {values.length}, info("1", name, "epoch"));
  }

  private static void scaling(Hdf5Writer writer, SdeScaling s) {
    long[] conditions = {s.condition().length};
    long[] variables = {s.mean().length};
    writer.dataset(
        "/scaling/time_unit",
        s.timeUnit(),
        conditions,
        info(
            s.quantities().timeUnit(),
            "time unit of the scaled SDE; between conditions ln tau is linear in 1/T",
            "condition"));
    writer.dataset(
        "/scaling/condition_value",
        s.condition(),
        conditions,
        info(s.quantities().parameterUnit(), "trained conditions", "condition"));
    writer.dataset(
        "/scaling/mean",
        s.mean(),
        variables,
        info("1", "offset of the trained variables", "variable"));
    writer.dataset(
        "/scaling/deviation",
        s.deviation(),
        variables,
        info("1", "scale of the trained variables", "variable"));
  }

  private static DatasetInfo info(String units, String name, String... axes) {
    return DatasetInfo.of(units, name, axes);
  }

  /**
   * Reads a model.
   *
   * @param file {@code model.h5}
   * @return the model, checked
   * @throws LatticeLiftException (65, 66) if it is missing, damaged or inconsistent
   */
  public static SdeModel read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      SdeArchitecture architecture =
          SdeArchitecture.fromJson(reader.text("/architecture"), file + " /architecture");
      List<SdeParameters> models = new ArrayList<>();
      List<TrainingHistory> history = new ArrayList<>();
      for (int k = 0; reader.exists("/weights/m" + k); k++) {
        models.add(weights(reader, "/weights/m" + k + "/", architecture, file));
        history.add(history(reader, "/history/m" + k + "/"));
      }
      if (models.isEmpty()) {
        throw damaged(file, "/weights", "at least one parameter set m0");
      }
      SdeScaling scaling =
          new SdeScaling(
              reader.doubles("/scaling/mean"),
              reader.doubles("/scaling/deviation"),
              reader.doubles("/scaling/condition_value"),
              reader.doubles("/scaling/time_unit"),
              new Quantities(
                  reader.textAttribute("/", "parameter_name"),
                  reader.textAttribute("/scaling/time_unit", "units"),
                  vacancies(reader),
                  composition(reader)));
      MacroscopicMap map = MacroscopicGroup.read(reader);
      int d = architecture.dimension();
      if (scaling.mean().length != d || map.trained() != d) {
        throw damaged(file, "/scaling", d + " trained variables, as the architecture says");
      }
      return new SdeModel(
          architecture,
          models,
          scaling,
          map,
          history,
          factors(reader, d),
          reader.doubleAttribute("/", "epsilon"),
          diagnostics(reader, d),
          ResamplingGroup.read(reader, models.size()));
    }
  }

  private static OptionalDouble vacancies(Hdf5Reader reader) {
    return reader.attributes("/").contains(VACANCIES)
        ? OptionalDouble.of(reader.doubleAttribute("/", VACANCIES))
        : OptionalDouble.empty();
  }

  private static Optional<String> composition(Hdf5Reader reader) {
    return reader.attributes("/").contains(COMPOSITION)
        ? Optional.of(reader.textAttribute("/", COMPOSITION))
        : Optional.empty();
  }

  private static CovarianceFactors factors(Hdf5Reader reader, int variables) {
    return reader.exists(KAPPA)
        ? new CovarianceFactors(reader.doubles(KAPPA))
        : CovarianceFactors.uniform(reader.doubleAttribute("/", "kappa"), variables);
  }

  private static SdeParameters weights(
      Hdf5Reader reader, String prefix, SdeArchitecture architecture, Path file) {
    List<ParameterSpec> layout = ParameterLayout.of(architecture);
    float[] flat = new float[layout.stream().mapToInt(ParameterSpec::size).sum()];
    int offset = 0;
    for (ParameterSpec spec : layout) {
      reader.requireDims(prefix + spec.name(), spec.shape());
      float[] values = reader.floats(prefix + spec.name());
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    SdeParameters parameters = SdeParameters.of(architecture, flat);
    if (!parameters.finite()) {
      throw damaged(file, prefix, "finite numbers");
    }
    return parameters;
  }

  private static TrainingHistory history(Hdf5Reader reader, String prefix) {
    return new TrainingHistory(
        reader.doubles(prefix + "loss"),
        reader.doubles(prefix + "validation_loss"),
        reader.doubles(prefix + "learning_rate"));
  }

  private static LatticeLiftException damaged(Path file, String where, String allowed) {
    return LatticeLiftException.badData(
        "The model file is not consistent",
        file + " " + where,
        allowed,
        "Run the train stage again");
  }
}
