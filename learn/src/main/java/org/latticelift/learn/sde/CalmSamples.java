package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;

/**
 * Which samples of a condition are near equilibrium: the half that the drift moves least. Constant
 * noise is fitted to these, and calibrated on them.
 */
public final class CalmSamples {
  private CalmSamples() {}

  /** The half of some rows with the least speed, of which any measure will do; ascending. */
  public static int[] of(int[] rows, IntToDoubleFunction speed) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingDouble(speed::applyAsDouble))
        .limit((rows.length + 1) / 2)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
