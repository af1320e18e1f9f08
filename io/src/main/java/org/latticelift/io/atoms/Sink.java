package org.latticelift.io.atoms;

import java.io.IOException;

/** Takes atoms. */
@FunctionalInterface
public interface Sink {
  /**
   * Takes an atom.
   *
   * @param type code, 1 to 127
   * @param x first coordinate, Å
   * @param y second coordinate, Å
   * @param z third coordinate, Å
   * @throws IOException if it cannot be stored
   */
  void atom(int type, double x, double y, double z) throws IOException;

  /**
   * Takes what the atom before has beside that, where a frame has {@link #properties}.
   *
   * @param values in their order; may be used for the next atom again
   * @throws IOException if they cannot be stored
   */
  default void properties(double[] values) throws IOException {}
}
