package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * What each of several models was trained on (EX-31). Models of one resample share their pairs and
 * differ in their training alone; models of different ones also differ in their data.
 *
 * @param resample number of the resample of each model
 * @param unit what a resample is drawn from
 * @param units how many of these the condition with the fewest has
 */
public record Resampling(int[] resample, Unit unit, int units) {
  /** What resamples are drawn from. */
  public enum Unit {
    /** Nothing: every model has all pairs. */
    NONE("all pairs"),
    /** Groups of whole runs of the small system. */
    RUNS("groups of small runs"),
    /** Blocks of records of the same few runs, which are not quite independent. */
    RECORDS("blocks of records of the small runs, which are not quite independent"),
    /** Blocks of samples that share all runs, whose noise they do not show. */
    SAMPLES("blocks of samples that share all small runs, whose noise they do not show");

    private final String words;

    Unit(String words) {
      this.words = words;
    }

    /** For sentences; plural, such as {@code groups of small runs}. */
    public String words() {
      return words;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Models that share all pairs; no resampling. */
  public static Resampling none(int models) {
    return new Resampling(new int[models], Unit.NONE, 0);
  }

  /** Number of models, at least 1. */
  public int models() {
    return resample.length;
  }

  /**
   * Whether the spread of the models holds the noise of the data; false where all share their
   * pairs, or there is one.
   */
  public boolean resampled() {
    return unit != Unit.NONE && resamples() > 1;
  }

  /** Number of different resamples, at least 1. */
  public int resamples() {
    return (int) Arrays.stream(resample).distinct().count();
  }

  /** How predictions get their intervals, in words. */
  public String sentence() {
    if (models() == 1) {
      return "One model: no interval.";
    }
    if (!resampled()) {
      return models() + " models of the same pairs: their spread is no interval.";
    }
    return String.format(
        Locale.ROOT,
        "%d models on %d halves of %d %s.",
        models(),
        resamples(),
        units,
        unit.words());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Resampling r
        && Arrays.equals(r.resample, resample)
        && r.unit == unit
        && r.units == units;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(resample) + unit.hashCode();
  }

  /**
   * The dataset {@code /resample}, which files of models, of predictions and of evaluations have
   * alike where models have pairs of their own: int32 [models], with the attributes {@code unit}
   * and {@code unit_count}. Where it is missing all models share their pairs.
   */
  public static final class ResamplingGroup {
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
}
