package org.latticelift.sim.lift;

import java.util.Locale;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * The datasets of {@link PairsFile} with one row per pair. To add one, name it here and in {@link
 * PairShard}.
 */
public enum PairColumn {
  /** Float64 [N,m]: all observables of the large state. */
  Z0(Row.OBSERVABLES, ElementType.FLOAT64, "observables before"),
  /** Float64 [N,m]: those plus the change of the patch. */
  Z1(Row.OBSERVABLES, ElementType.FLOAT64, "observables after"),
  /** Float64 [N], in the unit of time. */
  DT(Row.NUMBER, ElementType.FLOAT64, "duration"),
  /** Int32 [N]: position among the conditions of the file. */
  CONDITION(Row.NUMBER, ElementType.INT32, "index of the condition"),
  /** Int64 [N,M]: the patches that evolved, the first one first (EX-01). */
  PATCH(Row.PATCHES, ElementType.INT64, "indices of the patches"),
  /** Int64 [N]: number of the pair among those of its condition. */
  SAMPLE(Row.NUMBER, ElementType.INT64, "sample of the condition"),
  /** Int32 [N]. */
  EVENTS(Row.NUMBER, ElementType.INT32, "events of the evolution"),
  /** Float64 [N]. */
  BLOCKED(Row.NUMBER, ElementType.FLOAT64, "1 where a wall was met"),
  /** Float64 [N,m]: observables of the patch. */
  PATCH_Z0(Row.OBSERVABLES, ElementType.FLOAT64, "of the patch before"),
  /** Float64 [N,m]: observables of the patch. */
  PATCH_Z1(Row.OBSERVABLES, ElementType.FLOAT64, "of it after"),
  /**
   * Float64 [N,m]: integral of the generator applied to the observables (EX-05), also in {@code
   * latent.h5} those alone; optional.
   */
  COMPENSATOR(Row.GENERATED, ElementType.FLOAT64, "integrated drift of the change"),
  /** Float64 [N,m]: as z1, by the mean of all evolutions of the state; optional. */
  MEAN_Z1(Row.OBSERVABLES, ElementType.FLOAT64, "observables after, mean of all evolutions"),
  /** Float64 [N,m]: as the compensator, mean of all evolutions of the state; optional. */
  MEAN_COMPENSATOR(Row.GENERATED, ElementType.FLOAT64, "integrated drift, mean of all evolutions"),
  /** Float64 [N,m]: as z1, by another evolution of the first patch (EX-04); optional. */
  TWIN(Row.OBSERVABLES, ElementType.FLOAT64, "observables after a twin evolution"),
  /** Int32 [N]: run of the small system that the state comes from, -1 for none; optional. */
  SOURCE_RUN(Row.NUMBER, ElementType.INT32, "run of the first snapshot"),
  /** Int32 [N]: record of that run, or -1; optional. */
  SOURCE_RECORD(Row.NUMBER, ElementType.INT32, "record of the first snapshot"),
  /** Int32 [N]: pairs of different groups share no run (EX-07); optional. */
  GROUP(Row.NUMBER, ElementType.INT32, "group of runs"),
  /**
   * Int32 [N]: small runs that state and increment are the mean of; where patches continue runs.
   */
  RUNS(Row.NUMBER, ElementType.INT32, "small runs that the pair is the mean of"),
  /** Float32 [N,M inputs], one patch after the other; where closure variables are wanted. */
  PATCH_BEFORE(Row.INPUTS, ElementType.FLOAT32, "patches as an encoder sees them"),
  /** Float32 [N,M inputs]; where closure variables are wanted. */
  PATCH_AFTER(Row.INPUTS, ElementType.FLOAT32, "patches as an encoder sees them"),
  /** Float32 [N,inputs]; where closure variables and twins are wanted. */
  TWIN_AFTER(Row.INPUTS, ElementType.FLOAT32, "first patch after a twin evolution");

  private final Row row;
  private final ElementType type;
  private final String longName;

  PairColumn(Row row, ElementType type, String longName) {
    this.row = row;
    this.type = type;
    this.longName = longName;
  }

  /** The dataset; its path in the file, as messages name it. */
  public String path() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the values do not depend on how patches are encoded; true for single numbers, indices
   * of patches and compensators.
   */
  public boolean ofEvolution() {
    return row == Row.NUMBER || row == Row.PATCHES || row == Row.GENERATED;
  }

  /** Whether every pair has one number. */
  public boolean single() {
    return row == Row.NUMBER;
  }

  ElementType type() {
    return type;
  }

  /** The dataset is so large, or an error. */
  void require(Hdf5Reader reader, long pairs, long observables) {
    switch (row) {
      case NUMBER -> reader.requireDims(path(), pairs);
      case OBSERVABLES -> reader.requireDims(path(), pairs, observables);
      case PATCHES, GENERATED, INPUTS -> reader.requireDims(path(), pairs, -1);
    }
  }

  long[] dims(long pairs, long width) {
    return single() ? new long[] {pairs} : new long[] {pairs, width};
  }

  DatasetInfo info(String timeUnit, String variable) {
    String units = this == DT ? timeUnit : "1";
    return switch (row) {
      case NUMBER -> DatasetInfo.of(units, longName, "pair");
      case OBSERVABLES -> DatasetInfo.of(units, longName, "pair", variable);
      case PATCHES -> DatasetInfo.of(units, longName, "pair", "patch");
      case GENERATED -> DatasetInfo.of(units, longName, "pair", "observable");
      case INPUTS -> DatasetInfo.of(units, longName, "pair", "input");
    };
  }

  /** What a row of a column has. */
  private enum Row {
    NUMBER,
    PATCHES,
    GENERATED,
    OBSERVABLES,
    INPUTS
  }
}
