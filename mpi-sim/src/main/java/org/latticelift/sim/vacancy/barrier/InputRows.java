package org.latticelift.sim.vacancy.barrier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputEncoding;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputOrder;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Which row of a network's stored first layer each canonical position and species feeds.
 *
 * <p>The published form numbers voxels (AL-22), the own form sites in canonical order and species.
 * In the order {@link InputOrder#NNK} (AL-23) the position (x, y, z) feeds the row that (y, x, z)
 * feeds in the other order.
 */
final class InputRows {
  private static final int HALF_BLOCK = 4;
  private static final int BLOCK_SIDE = 9;
  private static final double GRID = 1e6;

  private final int[] firstRow;
  private final boolean oneHot;
  private final SpeciesOrder species;

  InputRows(BarrierWeights weights, Crystal crystal, InputOrder order, SpeciesOrder species) {
    requireFit(weights, crystal);
    this.species = species;
    this.oneHot = weights.encoding() == InputEncoding.ONE_HOT;
    int sites = weights.sites();
    firstRow = new int[sites];
    Map<List<Long>, Integer> index = new HashMap<>();
    for (int k = 0; k < sites; k++) {
      index.put(key(position(crystal, k, InputOrder.AUTHORS)), k);
    }
    for (int k = 0; k < sites; k++) {
      double[] p = position(crystal, k, order);
      firstRow[k] = oneHot ? weights.species() * site(index, p, crystal) : voxel(p);
    }
  }

  /** The stored row. */
  int row(int k, int code) {
    return oneHot ? firstRow[k] + species.storedCode(code) - 1 : firstRow[k];
  }

  /** What the stored row is multiplied with. */
  double factor(int code) {
    return oneHot ? 1 : species.storedCode(code);
  }

  private static double[] position(Crystal crystal, int k, InputOrder order) {
    double[] p = crystal.spec().fractional(0, crystal.environment(0).offset(k));
    return order == InputOrder.AUTHORS ? p : new double[] {p[1], p[0], p[2]};
  }

  private static int site(Map<List<Long>, Integer> index, double[] p, Crystal crystal) {
    Integer found = index.get(key(p));
    if (found == null) {
      throw LatticeLiftException.badData(
          "input order 'nnk' does not exist for crystal '" + crystal.name() + "'",
          "barrier.order",
          "'authors', since exchanging x and y does not map the environment onto itself",
          "Set the order to authors");
    }
    return found;
  }

  private static int voxel(double[] p) {
    int index = 0;
    for (double fractional : p) {
      index = index * BLOCK_SIDE + (int) Math.round(2 * fractional) + HALF_BLOCK;
    }
    return index;
  }

  private static List<Long> key(double[] p) {
    return List.of(Math.round(p[0] * GRID), Math.round(p[1] * GRID), Math.round(p[2] * GRID));
  }

  private static void requireFit(BarrierWeights weights, Crystal crystal) {
    boolean voxels = weights.encoding() == InputEncoding.CODE;
    if (voxels && !crystal.isBcc()) {
      throw LatticeLiftException.badData(
          "weights with voxel input for crystal '" + crystal.name() + "'",
          weights.source(),
          "crystal 'bcc'",
          "Use one-hot weights for other crystals");
    }
    if (weights.sites() != crystal.environmentSize()) {
      throw LatticeLiftException.badData(
          "weights for " + weights.sites() + " environment sites",
          weights.source(),
          crystal.environmentSize() + " sites, the environment of crystal '" + crystal.name() + "'",
          "Use weights made for this crystal");
    }
    int rows = voxels ? BarrierWeights.VOXELS : weights.sites() * weights.species();
    if (weights.hidden().get(0).inputs() != rows) {
      throw LatticeLiftException.badData(
          "first layer with " + weights.hidden().get(0).inputs() + " inputs",
          weights.source() + ", layer0/W",
          rows + " inputs",
          "Import or train the weights again");
    }
  }
}
