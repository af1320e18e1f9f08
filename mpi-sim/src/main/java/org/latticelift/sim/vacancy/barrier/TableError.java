package org.latticelift.sim.vacancy.barrier;

import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * How far a fitted barrier model is from the table it was fitted to: root mean square deviations on
 * barriers that took no part in the fit, with 95 % intervals by which structures the table has. It
 * travels with the model, so that whatever is computed with it can say what it rests on.
 */
public record TableError(
    @Doc("the table") String table,
    @Doc("number of barriers in it") long barriers,
    @Key("rmse_eV") @Doc("deviation from the barriers of the table, r.m.s.") double rmse,
    @Key("rmse_low_eV") @Doc("lower end of its interval") double low,
    @Key("rmse_high_eV") @Doc("upper end of its interval") double high,
    @Key("noise_eV") @Doc("noise of the barriers") Optional<Double> noise,
    @Key("function_eV") @Doc("estimated error without that noise") Optional<Double> function,
    @Key("function_low_eV") @Doc("lower end of its interval") Optional<Double> functionLow,
    @Key("function_high_eV") @Doc("upper end of its interval") Optional<Double> functionHigh) {
  private static final String GROUP = "/table_error";

  /** Writes attributes of a group of their own. */
  public void write(Hdf5Writer writer) {
    writer.group(GROUP);
    writer.attribute(GROUP, "table", table);
    writer.attribute(GROUP, "barriers", barriers);
    writer.attribute(GROUP, "rmse_eV", rmse);
    writer.attribute(GROUP, "rmse_low_eV", low);
    writer.attribute(GROUP, "rmse_high_eV", high);
    noise.ifPresent(value -> writer.attribute(GROUP, "noise_eV", value));
    function.ifPresent(value -> writer.attribute(GROUP, "function_eV", value));
    functionLow.ifPresent(value -> writer.attribute(GROUP, "function_low_eV", value));
    functionHigh.ifPresent(value -> writer.attribute(GROUP, "function_high_eV", value));
  }

  /** Reads what {@link #write} wrote; empty where the file has none. */
  public static Optional<TableError> read(Hdf5Reader reader) {
    if (!reader.exists(GROUP)) {
      return Optional.empty();
    }
    return Optional.of(
        new TableError(
            reader.textAttribute(GROUP, "table"),
            reader.longAttribute(GROUP, "barriers"),
            reader.doubleAttribute(GROUP, "rmse_eV"),
            reader.doubleAttribute(GROUP, "rmse_low_eV"),
            reader.doubleAttribute(GROUP, "rmse_high_eV"),
            number(reader, "noise_eV"),
            number(reader, "function_eV"),
            number(reader, "function_low_eV"),
            number(reader, "function_high_eV")));
  }

  private static Optional<Double> number(Hdf5Reader reader, String name) {
    return reader.findAttribute(GROUP, name).isPresent()
        ? Optional.of(reader.doubleAttribute(GROUP, name))
        : Optional.empty();
  }

  /** What stands beside a verdict on a prediction, whose direct runs have the same barriers. */
  public String shared(String model) {
    return "Prediction and direct runs share the barriers of model "
        + model
        + ", which were fitted: "
        + toText()
        + ". No verdict says anything of this error.";
  }

  /** One line for people. */
  public String toText() {
    String deviation =
        String.format(
            Locale.ROOT,
            "%.4f eV r.m.s. (95 %%: %.4f to %.4f) from the %d barriers of %s",
            rmse,
            low,
            high,
            barriers,
            table);
    return function
        .map(
            value ->
                deviation
                    + String.format(
                        Locale.ROOT,
                        "; without their noise of %.4f eV: %.4f eV (%.4f to %.4f)",
                        noise.orElse(Double.NaN),
                        value,
                        functionLow.orElse(Double.NaN),
                        functionHigh.orElse(Double.NaN)))
        .orElse(deviation);
  }
}
