package org.latticelift.learn.sde;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.sde.Resampling.ResamplingGroup;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * {@code model.h5}: a trained equation, with one set of parameters for each of its models.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>attributes of the file</td><td>{@code observable_names}, {@code parameter_name}, {@code
 *       kappa}, {@code epsilon}, of alloys {@code vacancies_per_site}, at which times hold, and {@code composition}</td></tr>
 *   <tr><td>{@code architecture}</td><td>text, JSON</td></tr>
 *   <tr><td>{@code weights/m0/...}</td><td>float32, the parameters of a model by name</td></tr>
 *   <tr><td>{@code history/m0/}</td><td>{@link TrainingHistory}</td></tr>
 *   <tr><td>{@code scaling/}</td><td>{@link Scaling}</td></tr>
 *   <tr><td>{@code scaling/}, {@code training/}</td><td>{@link PairDiagnostics}</td></tr>
 *   <tr><td>{@code macroscopic/}</td><td>see {@link MacroscopicMap}</td></tr>
 *   <tr><td>{@code resample}</td><td>see {@link ResamplingGroup}</td></tr>
 * </table>
 */
public final class ModelFile {
  public static final String NAME = "model.h5";

  private static final String PATCHES = "patches_evolved";
  private static final String TRANSITION = "transition";
  private static final String VACANCIES = "vacancies_per_site";
  private static final String COMPOSITION = "composition";
  private static final String SCALING = "/scaling";
  private static final int LONGEST_NAME = 200;
  private static final int SHOWN = 40;

  /** No control or format characters, and not blank. */
  private static final Pattern ONE_LINE =
      Pattern.compile("(?=.*\\S)[\\P{C}]{1," + LONGEST_NAME + "}", Pattern.DOTALL);

  private static final RecordLayout<TrainingHistory> HISTORY =
      RecordLayout.of(TrainingHistory.class);
  private static final RecordLayout<Scaling> SCALES = RecordLayout.of(Scaling.class);
  private static final RecordLayout<PairDiagnostics> DIAGNOSTICS =
      RecordLayout.of(PairDiagnostics.class);

  private ModelFile() {}

  /**
   * Of the variables and of the time.
   *
   * @param kappa where it is not the same for all
   */
  private record Scaling(
      @Stored(
              value = "time unit of the scaled SDE; between conditions ln tau is linear in 1/T",
              units = "{time}",
              axes = "condition")
          double[] timeUnit,
      @Stored(value = "trained conditions", units = "{condition}", axes = "condition")
          double[] conditionValue,
      @Stored(value = "offset of the trained variables", axes = "variable") double[] mean,
      @Stored(value = "scale of the trained variables", axes = "variable") double[] deviation,
      @Stored(
              value = "factor on the model covariance in the loss",
              axes = "variable",
              optional = true)
          double[] kappa) {}

  /** Puts a model into an open file ({@code model}: what to write). */
  public static void write(Hdf5Writer writer, SdeModel model) {
    writer.text(
        "/architecture", model.architecture().toJson(), DatasetInfo.of("1", "architecture, JSON"));
    for (int k = 0; k < model.models().size(); k++) {
      weights(writer, "/weights/m" + k + "/", model.models().get(k));
      HISTORY.write(writer, "/history/m" + k, model.history().get(k), Map.of(), Map.of());
    }
    SdeScaling s = model.scaling();
    Quantities quantities = s.quantities();
    double[] kappa = model.factors().uniform() ? new double[0] : model.factors().kappa();
    Scaling scaling = new Scaling(s.timeUnit(), s.condition(), s.mean(), s.deviation(), kappa);
    SCALES.write(writer, SCALING, scaling, quantities.units(), Map.of());
    model.map().write(writer);
    writer.attribute("/", "observable_names", model.map().observables().toArray(new String[0]));
    writer.attribute("/", "parameter_name", quantities.parameter());
    quantities.vacancies().ifPresent(c -> writer.attribute("/", VACANCIES, c));
    quantities.composition().ifPresent(shares -> writer.attribute("/", COMPOSITION, shares));
    writer.attribute("/", "kappa", model.kappa());
    writer.attribute("/", "epsilon", model.epsilon());
    PairDiagnostics found = model.diagnostics();
    if (found.patches() != 1) {
      writer.attribute("/", PATCHES, found.patches());
    }
    if (found.transition() != Transition.EULER) {
      writer.attribute("/", TRANSITION, found.transition().key());
    }
    Map<String, Long> sizes = Map.of("variable", (long) s.mean().length);
    DIAGNOSTICS.write(writer, "", found, Map.of(), sizes);
    ResamplingGroup.write(writer, model.resampling());
  }

  private static PairDiagnostics diagnostics(Hdf5Reader reader, int variables) {
    Transition transition =
        reader.findAttribute("/", TRANSITION).isPresent()
            ? Transition.of(reader.textAttribute("/", TRANSITION), reader.file() + "@" + TRANSITION)
            : Transition.EULER; // of earlier versions
    boolean several = reader.findAttribute("/", PATCHES).isPresent();
    return DIAGNOSTICS.read(
        reader,
        "",
        Map.of(
            "patches", several ? reader.longAttribute("/", PATCHES) : 1L,
            "transition", transition,
            "variables", variables),
        Map.of("variable", (long) variables));
  }

  private static void weights(Hdf5Writer writer, String prefix, SdeParameters parameters) {
    for (ParameterSpec spec : parameters.layout()) {
      String[] axes =
          spec.shape().length == 2 ? new String[] {"output", "input"} : new String[] {"output"};
      writer.dataset(
          prefix + spec.name(),
          parameters.get(spec.name()),
          spec.shape(),
          DatasetInfo.of("1", "network parameter " + spec.name(), axes));
    }
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
        history.add(HISTORY.read(reader, "/history/m" + k, Map.of(), Map.of()));
      }
      if (models.isEmpty()) {
        throw damaged(file, "/weights", "at least one parameter set m0");
      }
      Scaling stored = SCALES.read(reader, SCALING, Map.of(), Map.of());
      SdeScaling scaling =
          new SdeScaling(
              stored.mean(),
              stored.deviation(),
              stored.conditionValue(),
              stored.timeUnit(),
              new Quantities(
                  reader.textAttribute("/", "parameter_name"),
                  reader.textAttribute(SCALING + "/time_unit", "units"),
                  vacancies(reader),
                  composition(reader)));
      MacroscopicMap map = MacroscopicMap.read(reader);
      requireNames(scaling.quantities(), map.observables(), file);
      int d = architecture.dimension();
      if (scaling.mean().length != d || map.trained() != d) {
        throw damaged(file, SCALING, d + " trained variables, as the architecture says");
      }
      return new SdeModel(
          architecture,
          models,
          scaling,
          map,
          history,
          stored.kappa().length > 0
              ? new CovarianceFactors(stored.kappa())
              : CovarianceFactors.uniform(reader.doubleAttribute("/", "kappa"), d),
          reader.doubleAttribute("/", "epsilon"),
          diagnostics(reader, d),
          ResamplingGroup.read(reader, models.size()));
    }
  }

  /** Names of a model stand in tables, pages and source files, on one line each. */
  private static void requireNames(Quantities quantities, List<String> observables, Path file) {
    Stream.of(
            observables.stream(),
            Stream.of(quantities.parameter(), quantities.timeUnit()),
            quantities.composition().stream())
        .flatMap(names -> names)
        .filter(name -> !ONE_LINE.matcher(name).matches())
        .findFirst()
        .ifPresent(
            name -> {
              throw damaged(
                  file,
                  "name '" + name.substring(0, Math.min(SHOWN, name.length())) + "'",
                  "1 to " + LONGEST_NAME + " characters, none of them a control character");
            });
    if (observables.stream().distinct().count() < observables.size()) {
      throw damaged(file, "observable_names", "names that differ");
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

  private static LatticeLiftException damaged(Path file, String where, String allowed) {
    return LatticeLiftException.badData(
        "The model file is not consistent",
        file + " " + where,
        allowed,
        "Run the train stage again");
  }
}
