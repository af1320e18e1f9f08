package org.latticelift.io.hdf5;

import java.util.List;
import java.util.Objects;

/**
 * What every dataset says about itself.
 *
 * @param units physical units, such as {@code s} or {@code eV}; {@code 1} for pure numbers
 * @param longName one line for a reader of the file
 * @param axes one name per dimension; empty for a scalar
 * @param unsigned whether integers are stored unsigned (species codes: {@code uint8})
 */
public record DatasetInfo(String units, String longName, List<String> axes, boolean unsigned) {
  /** Checks that nothing is missing. */
  public DatasetInfo {
    Objects.requireNonNull(units, "units");
    Objects.requireNonNull(longName, "longName");
    axes = List.copyOf(axes);
  }

  /**
   * Signed or floating-point data.
   *
   * @param units physical units; {@code 1} for pure numbers
   * @param longName one line for a reader of the file
   * @param axes one name per dimension
   */
  public DatasetInfo(String units, String longName, List<String> axes) {
    this(units, longName, axes, false);
  }

  /**
   * Signed or floating-point data.
   *
   * @param units physical units; {@code 1} for pure numbers
   * @param longName one line for a reader of the file
   * @param axes one name per dimension
   * @return the description
   */
  public static DatasetInfo of(String units, String longName, String... axes) {
    return new DatasetInfo(units, longName, List.of(axes));
  }

  /** The same description for unsigned integers; a copy with {@code unsigned} set. */
  public DatasetInfo asUnsigned() {
    return new DatasetInfo(units, longName, axes, true);
  }
}
