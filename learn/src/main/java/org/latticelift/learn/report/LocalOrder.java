package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * Order about single sites: 1 - p_j/x_j, where p_j is the share of species j among the atoms on the
 * nearest sites, and x_j its share among all atoms. The mean over the atoms of a species i is
 * alpha_ij of Warren and Cowley where all of them have as many atoms beside them. Some planes are
 * in memory.
 */
final class LocalOrder {
  private static final int PLANES = 8;

  private final long[] dims;
  private final IntFunction<byte[]> planes;
  private final List<List<SiteOffset>> shells = new ArrayList<>();
  private final double[] share;
  private final double[] values;
  private final long[] counts;

  private final Map<Integer, byte[]> held =
      new LinkedHashMap<>(PLANES, 1, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
          return size() > PLANES;
        }
      };

  /**
   * @param dims of a series of states: states, x, y, z, basis
   * @param planes codes of the sites of an x
   */
  LocalOrder(Crystal crystal, long[] dims, int species, IntFunction<byte[]> planes) {
    this.dims = dims;
    this.planes = planes;
    for (int basis = 0; basis < crystal.basisCount(); basis++) {
      shells.add(crystal.shell(basis, 1));
    }
    share = new double[species];
    values = new double[species];
    counts = new long[species + 1];
    long atoms = 0;
    for (int x = 0; x < dims[1]; x++) {
      for (byte code : planes.apply(x)) {
        if (code > 0) {
          share[code - 1]++;
          atoms++;
        }
      }
    }
    for (int j = 0; j < species; j++) {
      share[j] /= Math.max(1, atoms);
    }
  }

  /**
   * About a site.
   *
   * @return for each species, used again for the next site; 0 where there is none of it, or no atom
   *     beside the site
   */
  double[] beside(int x, int inPlane) {
    int basis = (int) (inPlane % dims[4]);
    long cell = inPlane / dims[4];
    long y = cell / dims[3];
    long z = cell % dims[3];
    Arrays.fill(counts, 0);
    for (SiteOffset offset : shells.get(basis)) {
      int atX = (int) Math.floorMod((long) x + offset.dx(), dims[1]);
      long atY = Math.floorMod(y + offset.dy(), dims[2]);
      long atZ = Math.floorMod(z + offset.dz(), dims[3]);
      int at = (int) ((atY * dims[3] + atZ) * dims[4] + offset.basis());
      counts[held.computeIfAbsent(atX, planes::apply)[at]]++;
    }
    long atoms = Arrays.stream(counts).sum() - counts[0];
    for (int j = 0; j < values.length; j++) {
      values[j] = atoms == 0 || share[j] == 0 ? 0 : 1 - counts[j + 1] / (double) atoms / share[j];
    }
    return values;
  }
}
