package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * What order parameters are defined for.
 *
 * @param crystal the crystal
 * @param speciesNames names of the species with codes 1, 2, ...
 * @param atomCounts atoms per code in the whole lattice; index 0 the vacancies; codes beyond the
 *     names hold none
 */
public record OrderContext(Crystal crystal, List<String> speciesNames, long[] atomCounts) {
  /** Checks and copies. */
  public OrderContext {
    speciesNames = List.copyOf(speciesNames);
    atomCounts = Arrays.copyOf(atomCounts, Math.max(atomCounts.length, speciesNames.size() + 1));
    for (int code = speciesNames.size() + 1; code < atomCounts.length; code++) {
      if (atomCounts[code] != 0) {
        throw LatticeLiftException.badData(
            atomCounts[code] + " atoms have species code " + code,
            "lattice",
            "codes 1 to " + speciesNames.size() + ": " + String.join(", ", speciesNames),
            "Name all species");
      }
    }
  }

  /** Number of species, without the vacancy. */
  public int species() {
    return speciesNames.size();
  }

  /** Atoms of one species as a divisor ({@code code}: 1 or more); 1 where there is none (AL-51). */
  public double divisor(int code) {
    return Math.max(1, atomCounts[code]);
  }

  /**
   * Share of atoms among the neighbours of an atom, in the mean over all places of the vacancies;
   * (A - 1)/(S - 1) of A atoms on S sites; 1 without vacancies.
   */
  public double besideAtoms() {
    long sites = 0;
    for (long count : atomCounts) {
      sites += count;
    }
    return (double) Math.max(1, sites - atomCounts[0] - 1) / Math.max(1, sites - 1);
  }

  /**
   * Share of one species among the atoms; vacancies do not count ({@code code}: 1 or more); 0 to 1.
   */
  public double concentration(int code) {
    long atoms = 0;
    for (int c = 1; c < atomCounts.length; c++) {
      atoms += atomCounts[c];
    }
    return (double) atomCounts[code] / Math.max(1, atoms);
  }
}
