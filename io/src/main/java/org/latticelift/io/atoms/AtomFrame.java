package org.latticelift.io.atoms;

import java.io.IOException;
import java.util.List;

/**
 * Atoms in a periodic cell. Arrays are not copied.
 *
 * @param cell 9 numbers, three row vectors, Å; its corner is the origin
 * @param type one code per atom, 1 to 127; 0 an empty site
 * @param position n by 3, row-major, Å
 * @param timestep step number of the file
 * @param speciesNames name of code 1, 2, ...; empty if the file has no names
 */
public record AtomFrame(
    double[] cell, int[] type, double[] position, long timestep, List<String> speciesNames)
    implements AtomSource {
  private static final int CELL = 9;
  private static final int SPACE = 3;

  /**
   * Checks the lengths.
   *
   * @param cell 9 numbers, three row vectors, Å; its corner is the origin
   * @param type one code per atom, 1 to 127; 0 an empty site
   * @param position n by 3, row-major, Å
   * @param timestep step number of the file
   * @param speciesNames name of code 1, 2, ...; empty if the file has no names
   */
  public AtomFrame {
    if (cell.length != CELL || position.length != SPACE * type.length) {
      throw new IllegalArgumentException(
          "cell " + cell.length + ", " + type.length + " types, " + position.length + " positions");
    }
    speciesNames = List.copyOf(speciesNames);
  }

  /**
   * Number of atoms.
   *
   * @return n
   */
  public int atoms() {
    return type.length;
  }

  /**
   * Volume of the cell.
   *
   * @return Å^3, not negative
   */
  public double volume() {
    return Math.abs(Cells.volume(cell));
  }

  @Override
  public long count() {
    return type.length;
  }

  @Override
  public void forEach(Sink sink) throws IOException {
    for (int i = 0; i < type.length; i++) {
      int at = SPACE * i;
      sink.atom(type[i], position[at], position[at + 1], position[at + 2]);
    }
  }

  /**
   * A rectangular cell.
   *
   * @param x length along x, Å
   * @param y length along y, Å
   * @param z length along z, Å
   * @return 9 numbers
   */
  public static double[] rectangular(double x, double y, double z) {
    return new double[] {x, 0, 0, 0, y, 0, 0, 0, z};
  }
}
