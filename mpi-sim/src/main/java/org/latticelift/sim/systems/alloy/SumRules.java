package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Macroscopics.LinearRelation;
import org.latticelift.sim.vacancy.order.PairNames;

/**
 * The relations between the pair orders of an alloy (AL-53), of every shell of which all pairs are
 * observed: an atom of species i has z neighbours in the shell, so the pair counts of each species
 * add up. With s species the pairs that involve the first species follow from the s (s - 1) / 2
 * others (DI-23). The first species is the first one that has atoms: pairs of those before it have
 * no bonds, whatever the others are.
 *
 * <p>Constants are those of the composition: an atom has on average z c_vac vacancies beside it,
 * c_vac being vacancies per atom, whatever its species. What a species deviates from that is the
 * sum-rule residual.
 */
final class SumRules {
  /** Of no crystal that is supported are more shells observed. */
  private static final int SHELLS = 8;

  private final List<String> speciesNames;
  private final int species;
  private final int first;
  private final long[] atoms;
  private final double[] reference;
  private final long allAtoms;
  private final List<String> names;
  private final List<Shell> shells;

  /** All pairs of a shell stand among the observables in the order of AL-51. */
  private record Shell(int number, int from, double coordination) {}

  /** Neighbours of a site in each shell. */
  @FunctionalInterface
  interface Coordination {
    int of(int shell);
  }

  /**
   * For a composition.
   *
   * @param coordination z of each shell, asked for those of which all pairs are observed
   * @param speciesNames in code order
   * @param counts sites per code, index 0 the vacancies
   * @param reference random reference of every observable; those of no pair do not count
   */
  SumRules(
      Coordination coordination,
      List<String> speciesNames,
      long[] counts,
      List<String> names,
      double[] reference) {
    this.speciesNames = List.copyOf(speciesNames);
    this.species = speciesNames.size();
    this.atoms = counts.clone();
    this.names = List.copyOf(names);
    this.reference = reference.clone();
    long all = 0;
    int none = 0;
    for (int i = 1; i <= species; i++) {
      all += counts[i];
      none += all == 0 ? 1 : 0;
    }
    this.first = none + 1;
    this.allAtoms = all;
    this.shells =
        IntStream.rangeClosed(1, SHELLS)
            .boxed()
            .flatMap(shell -> complete(shell, coordination).stream())
            .toList();
  }

  private List<Shell> complete(int shell, Coordination coordination) {
    List<String> pairs = PairNames.of(speciesNames, PairNames.prefix(shell));
    int from = names.indexOf(pairs.get(0));
    return from >= 0
            && from + pairs.size() <= names.size()
            && names.subList(from, from + pairs.size()).equals(pairs)
        ? List.of(new Shell(shell, from, coordination.of(shell)))
        : List.of();
  }

  /** Which observables are independent, and how the others follow. */
  Macroscopics apply(List<String> units) {
    int[] independent = IntStream.range(0, names.size()).filter(i -> !follows(i)).toArray();
    double[] offset = complete(independent, new double[independent.length]);
    double[][] matrix = new double[names.size()][independent.length];
    for (int column = 0; column < independent.length; column++) {
      double[] unit = new double[independent.length];
      unit[column] = 1;
      double[] image = complete(independent, unit);
      for (int row = 0; row < names.size(); row++) {
        matrix[row][column] = image[row] - offset[row];
      }
    }
    return new Macroscopics(names, List.copyOf(units), independent, matrix, offset);
  }

  private boolean follows(int observable) {
    return shells.stream()
        .anyMatch(
            shell ->
                observable >= shell.from()
                    && observable < shell.from() + index(first + 1, first + 1));
  }

  /**
   * One rule for each shell and species that has atoms: its pairs add to minus the vacancies beside
   * an atom, and where they are not against the composition, to what that leaves. A pair counts per
   * atom of the earlier species, so in the rule of the other one it is weighted with their numbers.
   */
  List<LinearRelation> relations(Macroscopics map) {
    List<LinearRelation> relations = new ArrayList<>();
    for (Shell shell : shells) {
      double[] perFirst = atomsPerFirst(shell, map);
      for (int i = first; i <= species; i++) {
        if (perFirst[i] > 0) {
          double[] weights = new double[map.size()];
          for (int j = first; j <= species; j++) {
            int low = Math.min(i, j);
            weights[shell.from() + index(low, Math.max(i, j))] = perFirst[low] / perFirst[i];
          }
          relations.add(
              new LinearRelation(
                  PairNames.prefix(shell.number()) + speciesNames.get(i - 1),
                  weights,
                  LinearRelation.sum(weights, map.offset())));
        }
      }
    }
    return relations;
  }

  /** As the map has them: a pair with the first species goes down with that of two alike. */
  private double[] atomsPerFirst(Shell shell, Macroscopics map) {
    double[] perFirst = new double[species + 1];
    perFirst[first] = 1;
    for (int i = first + 1; i <= species; i++) {
      int alike = column(map, shell.from() + index(i, i));
      perFirst[i] = -map.matrix()[shell.from() + index(first, i)][alike];
    }
    return perFirst;
  }

  private static int column(Macroscopics map, int observable) {
    return IntStream.range(0, map.independent().length)
        .filter(i -> map.independent()[i] == observable)
        .findFirst()
        .orElseThrow();
  }

  private double[] complete(int[] independent, double[] values) {
    double[] all = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      all[independent[i]] = values[i];
    }
    shells.forEach(shell -> complete(shell, all));
    return all;
  }

  private void complete(Shell shell, double[] all) {
    double neighbours = shell.coordination() - shell.coordination() * atoms[0] / allAtoms;
    int from = shell.from();
    for (int pair = 0; pair < index(first, first); pair++) {
      all[from + pair] = -reference[from + pair];
    }
    double withFirst = 0;
    for (int i = first + 1; i <= species; i++) {
      double bonds = atoms[i] * neighbours;
      for (int j = first + 1; j <= species; j++) {
        bonds -= bondEnds(all, from, i, j);
      }
      setFirst(all, from, i, bonds);
      withFirst += bonds;
    }
    setFirst(all, from, first, atoms[first] * neighbours - withFirst);
  }

  /** A pair with the first species. */
  private void setFirst(double[] all, int from, int other, double bondEnds) {
    int pair = from + index(first, other);
    all[pair] = bondEnds / atoms[first] - reference[pair];
  }

  /** Ends of i-j bonds at atoms of species i: n_ij, and 2 n_ii. */
  private double bondEnds(double[] all, int from, int i, int j) {
    int low = Math.min(i, j);
    int pair = from + index(low, Math.max(i, j));
    return atoms[low] * (all[pair] + reference[pair]);
  }

  /** Position of a pair in the order of AL-51. */
  private int index(int low, int high) {
    return (low - 1) * species - (low - 1) * (low - 2) / 2 + high - low;
  }
}
