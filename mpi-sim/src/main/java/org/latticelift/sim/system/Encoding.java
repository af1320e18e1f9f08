package org.latticelift.sim.system;

import java.util.List;

/**
 * What an encoder of closure variables is told about a system (ME-05): the shape of {@link
 * Dynamics#encoderInput}, channel by channel, and how patches tile the large state, row by row.
 *
 * @param channels values per site
 * @param patch lengths of the axes of a patch
 * @param large lengths of the axes of the large state, multiples of those of a patch
 * @param values what the values are
 */
public record Encoding(int channels, List<Integer> patch, List<Integer> large, Values values) {
  /** What the values are, which decides how a reconstruction is judged (ME-09). */
  public enum Values {
    /** Real numbers: mean squared error. */
    REAL,
    /** +1 and -1: cross entropy. */
    SIGN
  }

  public Encoding {
    patch = List.copyOf(patch);
    large = List.copyOf(large);
  }

  /** Numbers in an encoder input; channels times sites of a patch. */
  public int inputs() {
    return patch.stream().reduce(channels, (a, b) -> a * b);
  }

  /** Patches of the large state; K. */
  public int patches() {
    int patches = 1;
    for (int axis = 0; axis < patch.size(); axis++) {
      patches *= large.get(axis) / patch.get(axis);
    }
    return patches;
  }
}
