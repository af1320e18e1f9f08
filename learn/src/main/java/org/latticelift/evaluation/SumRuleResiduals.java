package org.latticelift.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sum rules of pair order parameters (AL-53): for every species the numbers of neighbours of
 * all kinds add to the coordination number, so that its row of order parameters adds to minus the
 * number of vacancies next to an atom, which is {@code z c_vac} on average.
 *
 * <p>The names tell the pairs: {@code NbMo} is the order of Nb and Mo. A rule is written for equal
 * numbers of atoms; the exact constants of other compositions are those of the macroscopic map.
 */
public final class SumRuleResiduals {
  private static final Pattern PAIR = Pattern.compile("([A-Z][a-z]?)([A-Z][a-z]?)");

  private final List<String> species;
  private final int[][] rows;

  private SumRuleResiduals(List<String> species, int[][] rows) {
    this.species = species;
    this.rows = rows;
  }

  /**
   * Reads the pairs off the names.
   *
   * @param observables names in the order of the data; others than pairs are ignored
   * @return the rules, or none unless every pair of the species that occur is there
   */
  public static Optional<SumRuleResiduals> of(List<String> observables) {
    Map<String, Map<String, Integer>> columns = new TreeMap<>();
    for (int i = 0; i < observables.size(); i++) {
      Matcher pair = PAIR.matcher(observables.get(i));
      if (pair.matches()) {
        columns.computeIfAbsent(pair.group(1), name -> new TreeMap<>()).put(pair.group(2), i);
        columns.computeIfAbsent(pair.group(2), name -> new TreeMap<>()).put(pair.group(1), i);
      }
    }
    List<String> species = new ArrayList<>(columns.keySet());
    boolean complete =
        !species.isEmpty()
            && species.stream().allMatch(name -> columns.get(name).size() == species.size());
    if (!complete) {
      return Optional.empty();
    }
    int[][] rows =
        species.stream()
            .map(name -> columns.get(name).values().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return Optional.of(new SumRuleResiduals(species, rows));
  }

  /**
   * The species, one rule each.
   *
   * @return sorted names
   */
  public List<String> species() {
    return species;
  }

  /**
   * Sum of the row of a species.
   *
   * @param rule index of the species
   * @param values all observables
   * @return sum over all pairs with the species
   */
  public double sum(int rule, double[] values) {
    double sum = 0;
    for (int column : rows[rule]) {
      sum += values[column];
    }
    return sum;
  }

  /**
   * Largest violation.
   *
   * @param values all observables
   * @param vacancyNeighbours mean number of vacancies next to an atom, {@code z c_vac}
   * @return largest |sum + z c_vac| over the species
   */
  public double residual(double[] values, double vacancyNeighbours) {
    double largest = 0;
    for (int rule = 0; rule < rows.length; rule++) {
      largest = Math.max(largest, Math.abs(sum(rule, values) + vacancyNeighbours));
    }
    return largest;
  }
}
