package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.system.LinearRelation;
import org.latticelift.sim.system.Macroscopics;

/**
 * The relations between the nearest-neighbour pair orders of an alloy (AL-53): every atom of
 * species i has z neighbours, so the pair counts of each species add up. With s species the pairs
 * that involve the first species follow from the s (s - 1) / 2 others (DI-23). The first species is
 * the first one that has atoms: pairs of those before it have no bonds, whatever the others are.
 *
 * <p>Constants are those of the composition: an atom has on average z c_vac vacancies beside it,
 * c_vac being vacancies per atom, whatever its species. What a species deviates from that is the
 * sum-rule residual.
 */
final class SumRules {
  private final int species;
  private final int first;
  private final double coordination;
  private final long[] atoms;
  private final double[] reference;
  private final double vacancyNeighbours;

  /**
   * For a composition.
   *
   * @param coordination z, nearest neighbours of a site
   * @param counts sites per code, index 0 the vacancies
   * @param reference random reference of every pair, in the order of AL-51
   */
  SumRules(double coordination, long[] counts, double[] reference) {
    this.species = counts.length - 1;
    this.coordination = coordination;
    this.atoms = counts.clone();
    this.reference = reference.clone();
    long all = 0;
    int none = 0;
    for (int i = 1; i <= species; i++) {
      all += counts[i];
      none += all == 0 ? 1 : 0;
    }
    this.first = none + 1;
    this.vacancyNeighbours = coordination * counts[0] / all;
  }

  /**
   * The relations among a list of observables whose first s (s + 1) / 2 are the pair orders in the
   * order of AL-51; further observables stay independent.
   */
  Macroscopics apply(List<String> names, List<String> units) {
    List<Integer> independent = new ArrayList<>();
    for (int i = index(first + 1, first + 1); i < names.size(); i++) {
      independent.add(i);
    }
    int d = independent.size();
    double[] offset = complete(new double[d], names.size());
    double[][] matrix = new double[names.size()][d];
    for (int column = 0; column < d; column++) {
      double[] unit = new double[d];
      unit[column] = 1;
      double[] image = complete(unit, names.size());
      for (int row = 0; row < names.size(); row++) {
        matrix[row][column] = image[row] - offset[row];
      }
    }
    return new Macroscopics(
        List.copyOf(names),
        List.copyOf(units),
        independent.stream().mapToInt(Integer::intValue).toArray(),
        matrix,
        offset);
  }

  /**
   * One rule for each species that has atoms: its pairs add to minus the vacancies beside an atom,
   * and where they are not against the composition, to what that leaves. A pair counts per atom of
   * the earlier species, so in the rule of the other one it is weighted with their numbers.
   */
  List<LinearRelation> relations(List<String> speciesNames, Macroscopics map) {
    List<LinearRelation> relations = new ArrayList<>();
    double[] perFirst = atomsPerFirst(map);
    for (int i = first; i <= species; i++) {
      if (perFirst[i] > 0) {
        double[] weights = new double[map.size()];
        for (int j = first; j <= species; j++) {
          int low = Math.min(i, j);
          weights[index(low, Math.max(i, j))] = perFirst[low] / perFirst[i];
        }
        double constant = LinearRelation.sum(weights, map.offset());
        relations.add(new LinearRelation(speciesNames.get(i - 1), weights, constant));
      }
    }
    return relations;
  }

  /** As the map has them: a pair with the first species goes down with that of two alike. */
  private double[] atomsPerFirst(Macroscopics map) {
    double[] atoms = new double[species + 1];
    atoms[first] = 1;
    for (int i = first + 1; i <= species; i++) {
      int alike = index(i, i) - index(first + 1, first + 1);
      atoms[i] = -map.matrix()[index(first, i)][alike];
    }
    return atoms;
  }

  /** All observables from the independent ones. */
  private double[] complete(double[] independent, int size) {
    double[] all = new double[size];
    System.arraycopy(independent, 0, all, size - independent.length, independent.length);
    for (int pair = 0; pair < index(first, first); pair++) {
      all[pair] = -reference[pair];
    }
    double withFirst = 0;
    for (int i = first + 1; i <= species; i++) {
      double bonds = atoms[i] * (coordination - vacancyNeighbours);
      for (int j = first + 1; j <= species; j++) {
        bonds -= bondEnds(all, i, j);
      }
      setFirst(all, i, bonds);
      withFirst += bonds;
    }
    setFirst(all, first, atoms[first] * (coordination - vacancyNeighbours) - withFirst);
    return all;
  }

  /** A pair with the first species. */
  private void setFirst(double[] all, int other, double bondEnds) {
    int pair = index(first, other);
    all[pair] = bondEnds / atoms[first] - reference[pair];
  }

  /** Ends of i-j bonds at atoms of species i: n_ij, and 2 n_ii. */
  private double bondEnds(double[] all, int i, int j) {
    int low = Math.min(i, j);
    int high = Math.max(i, j);
    int pair = index(low, high);
    return atoms[low] * (all[pair] + reference[pair]);
  }

  /** Position of a pair in the order of AL-51. */
  private int index(int low, int high) {
    return (low - 1) * species - (low - 1) * (low - 2) / 2 + high - low;
  }
}
