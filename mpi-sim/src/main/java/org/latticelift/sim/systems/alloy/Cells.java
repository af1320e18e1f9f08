package org.latticelift.sim.systems.alloy;

import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

/**
 * Lengths of a periodic lattice in conventional cells.
 *
 * @param nx along the first axis
 * @param ny along the second axis
 * @param nz along the third axis
 */
public record Cells(int nx, int ny, int nz) {
  /**
   * Reads one number (a cube) or three.
   *
   * @param node the value
   * @return the lengths
   */
  public static Cells fromConfig(ConfigNode node) {
    if (node.isScalar()) {
      int n = cells(node);
      return new Cells(n, n, n);
    }
    List<ConfigNode> items = node.isSequence() ? node.items() : List.of();
    if (items.size() != 3) {
      throw LatticeLiftException.badData(
          "not a lattice size",
          node.where(),
          "one number of cells, or a list of three",
          "Correct the value");
    }
    return new Cells(cells(items.get(0)), cells(items.get(1)), cells(items.get(2)));
  }

  /**
   * The lengths as configuration.
   *
   * @return a list of three
   */
  public ConfigNode toConfig() {
    return ConfigNode.parse("[" + nx + ", " + ny + ", " + nz + "]", "cells");
  }

  private static int cells(ConfigNode node) {
    long n = node.integer();
    if (n < 1 || n > 100_000) {
      throw LatticeLiftException.badData(
          n + " cells", node.where(), "5 to 100000 cells per axis", "Correct the value");
    }
    return (int) n;
  }

  static Cells of(Lattice lattice) {
    return of(lattice.shape());
  }

  static Cells of(LatticeShape shape) {
    return new Cells(shape.nx(), shape.ny(), shape.nz());
  }

  long sites(Crystal crystal) {
    return (long) nx * ny * nz * crystal.basisCount();
  }

  List<Integer> shape() {
    return List.of(nx, ny, nz);
  }

  String text() {
    return nx + " x " + ny + " x " + nz + " cells";
  }
}
