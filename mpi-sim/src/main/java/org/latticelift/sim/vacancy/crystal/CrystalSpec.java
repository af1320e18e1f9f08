package org.latticelift.sim.vacancy.crystal;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry.SiteOffset;

/**
 * The definition of a crystal.
 *
 * @param name lower-case name
 * @param cell three cell vectors in Å, row by row (3 x 3)
 * @param basis fractional coordinates of the sites of a cell, each in [0,1)
 * @param hopLength length of a hop in Å; every site at this distance (within 1e-6 relative) is a
 *     target
 * @param cutoff radius of the environment in Å
 * @param pointGroup operations as integer matrices on fractional coordinates (9 numbers, row by
 *     row), the identity among them
 */
public record CrystalSpec(
    String name,
    List<List<Double>> cell,
    List<List<Double>> basis,
    double hopLength,
    double cutoff,
    List<List<Integer>> pointGroup) {

  /** Name of the body-centred cubic crystal. */
  static final String BCC = "bcc";

  /** Checks and copies. */
  public CrystalSpec {
    cell = List.copyOf(cell);
    basis = List.copyOf(basis);
    pointGroup = List.copyOf(pointGroup);
    if (cell.size() != 3 || basis.isEmpty() || !(hopLength > 0) || !(cutoff >= hopLength)) {
      throw new IllegalArgumentException(
          "a crystal needs three cell vectors, a basis, a hop length and a cut-off beyond it");
    }
  }

  /** BCC with a = 3.24 Å and cut-off 7.5 Å (AL-03, AL-11). */
  public static CrystalSpec bcc() {
    double a = 3.24;
    return new CrystalSpec(
        BCC,
        cubic(a),
        List.of(List.of(0.0, 0.0, 0.0), List.of(0.5, 0.5, 0.5)),
        a * Math.sqrt(3) / 2,
        7.5,
        cubicPointGroup());
  }

  /** FCC with a = 3.6 Å and an environment of four shells (54 sites). */
  public static CrystalSpec fcc() {
    double a = 3.6;
    return new CrystalSpec(
        "fcc",
        cubic(a),
        List.of(
            List.of(0.0, 0.0, 0.0),
            List.of(0.0, 0.5, 0.5),
            List.of(0.5, 0.0, 0.5),
            List.of(0.5, 0.5, 0.0)),
        a / Math.sqrt(2),
        1.45 * a,
        cubicPointGroup());
  }

  /**
   * The 48 operations of the cube, identity first.
   *
   * @return signed permutation matrices, row by row
   */
  public static List<List<Integer>> cubicPointGroup() {
    int[][] permutations = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}};
    List<List<Integer>> operations = new ArrayList<>();
    for (int[] permutation : permutations) {
      for (int signs = 0; signs < 8; signs++) {
        Integer[] matrix = {0, 0, 0, 0, 0, 0, 0, 0, 0};
        for (int row = 0; row < 3; row++) {
          matrix[3 * row + permutation[row]] = (signs >> row & 1) == 0 ? 1 : -1;
        }
        operations.add(List.of(matrix));
      }
    }
    return operations;
  }

  private static List<List<Double>> cubic(double a) {
    return List.of(List.of(a, 0.0, 0.0), List.of(0.0, a, 0.0), List.of(0.0, 0.0, a));
  }

  /**
   * Cartesian vector of a displacement.
   *
   * @return x, y, z in Å
   */
  public double[] vector(int from, SiteOffset offset) {
    double[] fractional = fractional(from, offset);
    double[] result = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        result[axis] += fractional[row] * cell.get(row).get(axis);
      }
    }
    return result;
  }

  /**
   * Displacement in fractional coordinates.
   *
   * @return three numbers in units of the cell vectors
   */
  public double[] fractional(int from, SiteOffset offset) {
    List<Double> start = basis.get(from);
    List<Double> end = basis.get(offset.basis());
    return new double[] {
      offset.dx() + end.get(0) - start.get(0),
      offset.dy() + end.get(1) - start.get(1),
      offset.dz() + end.get(2) - start.get(2)
    };
  }
}
