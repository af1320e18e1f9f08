package org.latticelift.io.atoms;

import java.io.IOException;
import java.util.ArrayList;
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

  /** Arithmetic of cells: three row vectors in 9 numbers. */
  static final class Cells {
    private static final int SPACE = 3;

    private Cells() {}

    /** The volume, negative for left-handed vectors. */
    static double volume(double[] c) {
      return c[0] * (c[4] * c[8] - c[5] * c[7])
          - c[1] * (c[3] * c[8] - c[5] * c[6])
          + c[2] * (c[3] * c[7] - c[4] * c[6]);
    }

    static void position(double[] cell, double[] fraction, double[] into, int at) {
      for (int axis = 0; axis < SPACE; axis++) {
        into[at + axis] =
            fraction[0] * cell[axis]
                + fraction[1] * cell[SPACE + axis]
                + fraction[2] * cell[2 * SPACE + axis];
      }
    }

    /** Fractional coordinates of a position (Cramer's rule). */
    static double[] fraction(double[] cell, double x, double y, double z) {
      double[] fraction = new double[SPACE];
      double volume = volume(cell);
      for (int row = 0; row < SPACE; row++) {
        double[] changed = cell.clone();
        changed[SPACE * row] = x;
        changed[SPACE * row + 1] = y;
        changed[SPACE * row + 2] = z;
        fraction[row] = volume(changed) / volume;
      }
      return fraction;
    }

    static double length(double[] cell, int row) {
      return Math.sqrt(dot(cell, row, row));
    }

    /** The angle between two row vectors, in degrees. */
    static double angle(double[] cell, int row, int other) {
      return Math.toDegrees(
          Math.acos(dot(cell, row, other) / (length(cell, row) * length(cell, other))));
    }

    private static double dot(double[] cell, int row, int other) {
      double sum = 0;
      for (int axis = 0; axis < SPACE; axis++) {
        sum += cell[SPACE * row + axis] * cell[SPACE * other + axis];
      }
      return sum;
    }

    /**
     * A cell of given lengths and angles, the first vector along x, the second in the plane of x
     * and y, as CIF and LAMMPS place them ({@code lengths}: three, Å; {@code degrees}: between the
     * second and third, the first and third, the first and second vector).
     */
    static double[] of(double[] lengths, double[] degrees) {
      double cosAlpha = cos(degrees[0]);
      double cosBeta = cos(degrees[1]);
      double cosGamma = cos(degrees[2]);
      double sinGamma = Math.sqrt(1 - cosGamma * cosGamma);
      double y = (cosAlpha - cosBeta * cosGamma) / sinGamma;
      double z = Math.sqrt(Math.max(0, 1 - cosBeta * cosBeta - y * y));
      return new double[] {
        lengths[0],
        0,
        0,
        lengths[1] * cosGamma,
        lengths[1] * sinGamma,
        0,
        lengths[2] * cosBeta,
        lengths[2] * y,
        lengths[2] * z
      };
    }

    /** Right angles have a cosine of exactly zero. */
    private static double cos(double degrees) {
      return degrees == 90 ? 0 : Math.cos(Math.toRadians(degrees));
    }
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

  /**
   * Codes of the species that a file names: those of a list, or 1, 2, ... in the order of first
   * appearance. With a list, {@value #VACANCY} marks an empty site, code 0, as the dummy atoms of
   * ASE do, unless a species has that name.
   */
  static final class SpeciesCodes {
    private static final String VACANCY = "X";
    private static final int MAX_CODE = 127;

    private final List<String> names;
    private final boolean fixed;
    private final boolean vacancies;

    private SpeciesCodes(List<String> names, boolean fixed, boolean vacancies) {
      this.names = new ArrayList<>(names);
      this.fixed = fixed;
      this.vacancies = vacancies;
    }

    static SpeciesCodes expected(List<String> names) {
      return new SpeciesCodes(names, true, !names.contains(VACANCY));
    }

    /** What a file says itself; without a list of it, names are numbered as they come. */
    static SpeciesCodes ofFile(List<String> listed, TextFile text) {
      if (listed.size() > MAX_CODE) {
        throw text.error(listed.size() + " species names", "at most " + MAX_CODE);
      }
      return new SpeciesCodes(listed, !listed.isEmpty(), false);
    }

    /** The code of a name; an error at the line where the name is unknown. */
    int code(String name, TextFile text) {
      int known = names.indexOf(name);
      if (known >= 0) {
        return known + 1;
      }
      if (vacancies && name.equals(VACANCY)) {
        return 0;
      }
      if (fixed || names.size() == MAX_CODE) {
        String allowed = String.join(", ", names) + (vacancies ? ", X (an empty site)" : "");
        throw text.error("unknown species '" + TextFile.shorten(name) + "'", allowed);
      }
      names.add(name);
      return names.size();
    }

    List<String> names() {
      return List.copyOf(names);
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
