package org.latticelift.sim.vacancy.order;

/** Integer counts behind all configured order parameters, of the whole, a patch, or a change. */
public final class Counts {
  private final long[] values;

  Counts(int size) {
    values = new long[size];
  }

  /** The counts themselves: for sums across ranks and checkpoints; the array, not a copy. */
  public long[] array() {
    return values;
  }

  /** Sets all counts to zero. */
  public void clear() {
    java.util.Arrays.fill(values, 0);
  }

  /** Adds other counts ({@code other}: of the same order parameters). */
  public void add(Counts other) {
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts counts && java.util.Arrays.equals(values, counts.values);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return java.util.Arrays.toString(values);
  }
}
