package org.latticelift.learn.barrierfit.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.barrier.HopNeighbourhood;
import org.latticelift.sim.vacancy.barrier.LinearTerms;

/**
 * The columns that barriers are linear in. Pair energies are not unique: only interchange energies
 * w_ab = 2 J_ab - J_aa - J_bb and differences of the vacancy terms v_b = V_b - J_bb / 2 change a
 * barrier, and of the terms around a saddle point only their differences. So the columns are w_ab
 * for each pair of species, and orthonormal contrasts (with a sum of zero) of the other terms: a
 * ridge on them does not depend on the order of the species.
 */
public final class LinearDesign {
  private final int species;
  private final int pairShells;
  private final int saddleShells;
  private final List<HopNeighbourhood> hops;
  private final List<int[]> pairs = new ArrayList<>();

  /** m x (m - 1), columns orthonormal with a sum of zero. */
  private final double[][] contrast;

  /** What a linear model has: shells of pairs, and shells around the saddle point. */
  public record Spec(int pairShells, int saddleShells, boolean bySpecies) {
    /** One line for people. */
    public String text() {
      String saddle =
          saddleShells == 0
              ? "no saddle terms"
              : saddleShells
                  + (saddleShells == 1 ? " shell" : " shells")
                  + " around the saddle point"
                  + (bySpecies ? ", by jumping species" : "");
      return pairShells + (pairShells == 1 ? " shell" : " shells") + " of pairs, " + saddle;
    }
  }

  /** Columns of all terms up to so many shells. */
  LinearDesign(BarrierRows rows, int pairShells, int saddleShells) {
    this.species = rows.species();
    this.pairShells = pairShells;
    this.saddleShells = saddleShells;
    this.hops = rows.neighbourhoods(pairShells, saddleShells);
    for (int a = 1; a <= species; a++) {
      for (int b = a + 1; b <= species; b++) {
        pairs.add(new int[] {a, b});
      }
    }
    contrast = contrasts(species);
  }

  /** Helmert's contrasts. */
  private static double[][] contrasts(int m) {
    double[][] columns = new double[m][m - 1];
    for (int k = 0; k < m - 1; k++) {
      double norm = Math.sqrt((k + 1.0) * (k + 2.0));
      for (int i = 0; i <= k; i++) {
        columns[i][k] = 1 / norm;
      }
      columns[k + 1][k] = -(k + 1) / norm;
    }
    return columns;
  }

  int columns() {
    return species + pairShells * perPairShell() + saddleShells * perSaddleShell();
  }

  private int perPairShell() {
    return pairs.size() + species - 1;
  }

  /** Contrasts that all jumping species have in common, then those of each. */
  private int perSaddleShell() {
    return (species + 1) * (species - 1);
  }

  /** Number of columns that no ridge acts on: the activation of each species. */
  int free() {
    return species;
  }

  /** The columns of a model, those that no ridge acts on first. */
  int[] columns(Spec spec) {
    IntStream.Builder columns = IntStream.builder();
    IntStream.range(0, species + spec.pairShells * perPairShell()).forEach(columns::add);
    for (int shell = 1; shell <= spec.saddleShells; shell++) {
      int first = saddleColumn(shell);
      int from = spec.bySpecies ? species - 1 : 0;
      int to = spec.bySpecies ? perSaddleShell() : species - 1;
      IntStream.range(first + from, first + to).forEach(columns::add);
    }
    return columns.build().toArray();
  }

  private int saddleColumn(int shell) {
    return species + pairShells * perPairShell() + (shell - 1) * perSaddleShell();
  }

  private int pairColumn(int shell, int a, int b) {
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    int index = (low - 1) * species - low * (low - 1) / 2 + high - low - 1;
    return species + (shell - 1) * perPairShell() + index;
  }

  private int vacancyColumn(int shell) {
    return species + (shell - 1) * perPairShell() + pairs.size();
  }

  /** What each column adds to the barrier of a row, 0 before. */
  void fill(BarrierRows rows, int i, double[] x) {
    int atom = rows.moving(i);
    HopNeighbourhood hop = hops.get(rows.hop(i));
    x[atom - 1] = 1;
    for (int j = 0; j < rows.table().sites(); j++) {
      int other = rows.code(i, j);
      if (hop.after(j) != hop.before(j)) {
        // Half of the energy change, an energy more after the hop and one less before it.
        pair(x, hop.after(j), atom, other, 0.5);
        pair(x, hop.before(j), atom, other, -0.5);
      }
      if (hop.saddle(j) > 0 && other > 0) {
        int first = saddleColumn(hop.saddle(j));
        for (int k = 0; k < species - 1; k++) {
          x[first + k] += contrast[other - 1][k];
          x[first + atom * (species - 1) + k] += contrast[other - 1][k];
        }
      }
    }
  }

  /** In the gauge J_aa = 0, where J_ab = w_ab / 2 and V_b = v_b; the vacancy loses its own pair. */
  private void pair(double[] x, int shell, int atom, int other, double factor) {
    if (shell == 0) {
      return;
    }
    if (other > 0 && other != atom) {
      x[pairColumn(shell, atom, other)] += factor / 2;
    }
    int first = vacancyColumn(shell);
    for (int k = 0; k < species - 1; k++) {
      x[first + k] += other > 0 ? -factor * contrast[other - 1][k] : factor * contrast[atom - 1][k];
    }
  }

  /**
   * The numbers of a model.
   *
   * @param columns of the model
   * @param value of each of them, eV
   */
  LinearTerms terms(
      Spec spec, int[] columns, double[] value, double floor, List<String> speciesNames) {
    double[] all = new double[columns()];
    for (int k = 0; k < columns.length; k++) {
      all[columns[k]] = value[k];
    }
    List<List<List<Double>>> shells = new ArrayList<>();
    List<List<Double>> vacancy = new ArrayList<>();
    for (int shell = 1; shell <= spec.pairShells; shell++) {
      int of = shell;
      shells.add(matrix((a, b) -> a == b ? 0.0 : all[pairColumn(of, a, b)] / 2));
      vacancy.add(list(b -> contrasted(all, vacancyColumn(of), b)));
    }
    List<List<List<Double>>> saddle = new ArrayList<>();
    for (int shell = 1; shell <= spec.saddleShells; shell++) {
      int first = saddleColumn(shell);
      saddle.add(
          matrix((a, b) -> contrasted(all, spec.bySpecies ? first + a * (species - 1) : first, b)));
    }
    return new LinearTerms(
        list(a -> all[a - 1]),
        shells,
        Optional.of(vacancy),
        Optional.of(saddle),
        floor,
        speciesNames);
  }

  private double contrasted(double[] all, int first, int species) {
    double sum = 0;
    for (int k = 0; k < contrast[species - 1].length; k++) {
      sum += all[first + k] * contrast[species - 1][k];
    }
    return sum;
  }

  private interface OfSpecies {
    double value(int a);
  }

  private interface OfPair {
    double value(int a, int b);
  }

  private List<Double> list(OfSpecies value) {
    return IntStream.rangeClosed(1, species).mapToObj(value::value).toList();
  }

  private List<List<Double>> matrix(OfPair value) {
    return IntStream.rangeClosed(1, species).mapToObj(a -> list(b -> value.value(a, b))).toList();
  }

  /**
   * A number that does not depend on the gauge, as a combination of columns.
   *
   * @param name what it is, with the names of the species
   * @param weight of each column of {@link #columns()}
   */
  record Quantity(String name, double[] weight) {}

  /** All numbers of a model that do not depend on the gauge. */
  List<Quantity> quantities(Spec spec, List<String> names) {
    List<Quantity> all = new ArrayList<>();
    for (int a = 1; a <= species; a++) {
      all.add(quantity("activation " + names.get(a - 1), a - 1, 1));
    }
    for (int shell = 1; shell <= spec.pairShells; shell++) {
      for (int[] pair : pairs) {
        String name = "interchange " + names.get(pair[0] - 1) + "-" + names.get(pair[1] - 1);
        all.add(quantity(name + ", shell " + shell, pairColumn(shell, pair[0], pair[1]), 1));
      }
      for (int b = 2; b <= species; b++) {
        String name = "vacancy " + names.get(b - 1) + " - " + names.get(0);
        all.add(difference(name + ", shell " + shell, vacancyColumn(shell), b));
      }
    }
    for (int shell = 1; shell <= spec.saddleShells; shell++) {
      for (int a = 1; a <= (spec.bySpecies ? species : 1); a++) {
        int first = saddleColumn(shell) + (spec.bySpecies ? a * (species - 1) : 0);
        for (int b = 2; b <= species; b++) {
          String of = spec.bySpecies ? " of jumping " + names.get(a - 1) : "";
          String name = "saddle " + names.get(b - 1) + " - " + names.get(0) + of;
          all.add(difference(name + ", shell " + shell, first, b));
        }
      }
    }
    return all;
  }

  private Quantity quantity(String name, int column, double weight) {
    double[] all = new double[columns()];
    all[column] = weight;
    return new Quantity(name, all);
  }

  /** A contrasted term of a species less that of the first. */
  private Quantity difference(String name, int first, int b) {
    double[] all = new double[columns()];
    for (int k = 0; k < species - 1; k++) {
      all[first + k] = contrast[b - 1][k] - contrast[0][k];
    }
    return new Quantity(name, all);
  }
}
