package org.latticelift.io.atoms;

import java.util.Arrays;
import java.util.List;

/** Atoms that are read one after the other, of which a file does not say the number first. */
final class GrowingFrame {
  private static final int SPACE = 3;

  private int atoms;
  private int[] type = new int[64];
  private double[] position = new double[SPACE * type.length];

  /** Adds an atom. */
  void add(int code, double[] at) {
    if (atoms == type.length) {
      type = Arrays.copyOf(type, 2 * atoms);
      position = Arrays.copyOf(position, 2 * SPACE * atoms);
    }
    type[atoms] = code;
    System.arraycopy(at, 0, position, SPACE * atoms, SPACE);
    atoms++;
  }

  /** Number of atoms so far. */
  int atoms() {
    return atoms;
  }

  /** All atoms. */
  AtomFrame frame(double[] cell, List<String> names) {
    return new AtomFrame(
        cell, Arrays.copyOf(type, atoms), Arrays.copyOf(position, SPACE * atoms), 0, names);
  }
}
