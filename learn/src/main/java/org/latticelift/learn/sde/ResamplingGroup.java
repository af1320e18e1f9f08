package org.latticelift.learn.sde;

import java.util.Locale;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * The dataset {@code /resample}, which files of models, of predictions and of evaluations have
 * alike where models have pairs of their own: int32 [models], with the attributes {@code unit} and
 * {@code unit_count}. Where it is missing all models share their pairs.
 */
public final class ResamplingGroup {
  private static final String RESAMPLE = "/resample";
  private static final String UNIT = "unit";
  private static final String COUNT = "unit_count";

  private ResamplingGroup() {}

  /** Writes it, or nothing where models share their pairs. */
  public static void write(Hdf5Writer writer, Resampling resampling) {
    if (resampling.unit() == Resampling.Unit.NONE) {
      return;
    }
    writer.dataset(
        RESAMPLE,
        resampling.resample(),
        new long[] {resampling.models()},
        DatasetInfo.of("1", "pairs that each model has: equal numbers, equal pairs", "model"));
    writer.attribute(RESAMPLE, UNIT, resampling.unit().key());
    writer.attribute(RESAMPLE, COUNT, resampling.units());
  }

  /** Reads it ({@code models}: their number, where the file does not say otherwise). */
  public static Resampling read(Hdf5Reader reader, int models) {
    if (!reader.exists(RESAMPLE)) {
      return Resampling.none(models);
    }
    String unit = reader.textAttribute(RESAMPLE, UNIT).toUpperCase(Locale.ROOT);
    return new Resampling(
        reader.ints(RESAMPLE),
        Resampling.Unit.valueOf(unit),
        (int) reader.longAttribute(RESAMPLE, COUNT));
  }
}
