package org.latticelift.io.atoms;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

  /** Checks the lengths. */
  public AtomFrame {
    if (cell.length != CELL || position.length != SPACE * type.length) {
      throw new IllegalArgumentException(
          "cell " + cell.length + ", " + type.length + " types, " + position.length + " positions");
    }
    speciesNames = List.copyOf(speciesNames);
  }

  /** Number of atoms; n. */
  public int atoms() {
    return type.length;
  }

  /** Volume of the cell; Å^3, not negative. */
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

  /**
   * Atoms with what is known of them.
   *
   * @param atoms the frame
   * @param labels in the order in which they are written
   */
  public record LabelledAtoms(AtomSource atoms, Map<String, String> labels) implements AtomSource {
    @Override
    public double[] cell() {
      return atoms.cell();
    }

    @Override
    public long count() {
      return atoms.count();
    }

    @Override
    public long timestep() {
      return atoms.timestep();
    }

    @Override
    public List<String> speciesNames() {
      return atoms.speciesNames();
    }

    @Override
    public List<String> properties() {
      return atoms.properties();
    }

    @Override
    public void forEach(Sink sink) throws IOException {
      atoms.forEach(sink);
    }
  }

  /** Atoms that are read one after the other, of which a file does not say the number first. */
  static final class GrowingFrame {
    private static final int SPACE = 3;

    private int atoms;
    private int[] type = new int[64];
    private double[] position = new double[SPACE * type.length];

    void add(int code, double[] at) {
      if (atoms == type.length) {
        type = Arrays.copyOf(type, 2 * atoms);
        position = Arrays.copyOf(position, 2 * SPACE * atoms);
      }
      type[atoms] = code;
      System.arraycopy(at, 0, position, SPACE * atoms, SPACE);
      atoms++;
    }

    int atoms() {
      return atoms;
    }

    AtomFrame frame(double[] cell, List<String> names) {
      return new AtomFrame(
          cell, Arrays.copyOf(type, atoms), Arrays.copyOf(position, SPACE * atoms), 0, names);
    }
  }
}
