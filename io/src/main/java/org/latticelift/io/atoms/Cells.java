package org.latticelift.io.atoms;

/** Arithmetic of cells: three row vectors in 9 numbers. */
final class Cells {
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
   * A cell of given lengths and angles, the first vector along x, the second in the plane of x and
   * y, as CIF and LAMMPS place them ({@code lengths}: three, Å; {@code degrees}: between the second
   * and third, the first and third, the first and second vector).
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
