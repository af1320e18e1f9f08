package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * The sum rules of pair order parameters (AL-53): for every species the numbers of neighbours of
 * all kinds add to the coordination number, so that its order parameters add to minus the number of
 * vacancies next to an atom, which is {@code z c_vac} on average.
 *
 * <p>An order parameter {@code NbMo} counts per atom of the species that is named first. In the
 * rule of Mo it is therefore weighted with the atoms of Nb over those of Mo. These weights and the
 * constants of the rules are in the map of the macroscopic variables, which was made from the
 * composition (DI-23): with N_i atoms, {@code NbMo} changes by -N_Mo/N_Nb with {@code MoMo}.
 */
public final class SumRuleResiduals {
  private final List<String> species;
  private final double[][] weights;
  private final double[] constants;

  private SumRuleResiduals(List<String> species, double[][] weights, double[] constants) {
    this.species = species;
    this.weights = weights;
    this.constants = constants;
  }

  /**
   * The rules that hold among the observables of a map.
   *
   * @param map of the composition
   * @return the rules of the species that have atoms; none unless the map completes all pairs with
   *     the first species from all others
   */
  public static Optional<SumRuleResiduals> of(MacroscopicMap map) {
    List<String> species = map.observables().stream().flatMap(SumRuleResiduals::alike).toList();
    int[][] pairs = pairs(species, map.observables());
    int d = map.trained();
    double[] atoms = new double[species.size()]; // per atom of the first species
    for (int i = 0; i < atoms.length; i++) {
      for (int j = i; j < atoms.length; j++) {
        if (pairs[i][j] < 0 || column(map, pairs[i][j]) < 0 != (i == 0)) {
          return Optional.empty();
        }
      }
      atoms[i] = i == 0 ? 1 : -map.matrix()[pairs[0][i] * d + column(map, pairs[i][i])];
    }
    int[] rules = IntStream.range(0, atoms.length).filter(i -> atoms[i] > 0).toArray();
    if (rules.length == 0) {
      return Optional.empty();
    }
    double[][] weights =
        Arrays.stream(rules)
            .mapToObj(rule -> weights(rule, atoms, pairs, map.observables().size()))
            .toArray(double[][]::new);
    return Optional.of(
        new SumRuleResiduals(
            Arrays.stream(rules).mapToObj(species::get).toList(),
            weights,
            Arrays.stream(weights).mapToDouble(row -> product(row, map.offset())).toArray()));
  }

  /** The species of a pair of two alike, such as Nb of NbNb. */
  private static Stream<String> alike(String name) {
    String half = name.substring(0, name.length() / 2);
    return name.equals(half + half) ? Stream.of(half) : Stream.empty();
  }

  /** Positions of pairs, the earlier species first; -1 where one is missing. */
  private static int[][] pairs(List<String> species, List<String> names) {
    int[][] pairs = new int[species.size()][species.size()];
    for (int i = 0; i < pairs.length; i++) {
      for (int j = i; j < pairs.length; j++) {
        pairs[i][j] = names.indexOf(species.get(i) + species.get(j));
      }
    }
    return pairs;
  }

  /** Which trained variable an observable is; -1 where it is completed. */
  private static int column(MacroscopicMap map, int observable) {
    return IntStream.range(0, map.trained())
        .filter(k -> map.independent()[k] == observable)
        .findFirst()
        .orElse(-1);
  }

  private static double[] weights(int rule, double[] atoms, int[][] pairs, int size) {
    double[] weights = new double[size];
    for (int j = 0; j < atoms.length; j++) {
      int low = Math.min(rule, j);
      weights[pairs[low][Math.max(rule, j)]] = atoms[low] / atoms[rule];
    }
    return weights;
  }

  private static double product(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  /**
   * The species, one rule each.
   *
   * @return names in the order of the pairs
   */
  public List<String> species() {
    return species;
  }

  /**
   * Mean number of vacancies next to an atom, where orders are those against the composition.
   *
   * @return z c_vac
   */
  public double vacancyNeighbours() {
    return -Arrays.stream(constants).average().orElseThrow();
  }

  /**
   * Largest violation.
   *
   * @param values all observables
   * @return largest difference of a weighted sum and its constant, in neighbours per atom of its
   *     species
   */
  public double residual(double[] values) {
    double largest = 0;
    for (int rule = 0; rule < weights.length; rule++) {
      largest = Math.max(largest, Math.abs(product(weights[rule], values) - constants[rule]));
    }
    return largest;
  }
}
