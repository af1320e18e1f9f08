package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.NearestKey;
import org.latticelift.io.error.LatticeLiftException;

/** Exact numbers of vacancies and atoms for a number of sites. Immutable. */
final class Composition {
  private final double[] fractions;
  private final double vacancyConcentration;

  private Composition(double[] fractions, double vacancyConcentration) {
    this.fractions = fractions;
    this.vacancyConcentration = vacancyConcentration;
  }

  /**
   * From parts per species.
   *
   * @param species names in code order
   * @param parts relative amounts; empty for equal parts
   * @param vacancyConcentration vacancies per site
   */
  static Composition of(
      List<String> species, Map<String, Double> parts, double vacancyConcentration) {
    double[] fractions = new double[species.size()];
    for (String name : parts.keySet()) {
      if (!species.contains(name)) {
        throw LatticeLiftException.badData(
            "unknown species '" + name + "'",
            "lattice.composition",
            "one of " + species,
            NearestKey.of(name, species)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElse("Correct the name"));
      }
    }
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] = parts.isEmpty() ? 1 : parts.getOrDefault(species.get(i), 0.0);
      if (!(fractions[i] >= 0) || Double.isInfinite(fractions[i])) {
        throw LatticeLiftException.badData(
            species.get(i) + ": " + fractions[i] + " parts",
            "lattice.composition",
            "numbers that are not negative",
            "Correct the value");
      }
    }
    double sum = Arrays.stream(fractions).sum();
    if (!(sum > 0)) {
      throw LatticeLiftException.badData(
          "no atoms", "lattice.composition", "at least one positive part", "Correct the values");
    }
    return new Composition(
        Arrays.stream(fractions).map(f -> f / sum).toArray(), vacancyConcentration);
  }

  /** Share of a species among the atoms. */
  double share(int species) {
    return fractions[species];
  }

  /** Number of vacancies: at least one (AL-02), unless the concentration is 0. */
  long vacancies(long sites) {
    return vacancyConcentration == 0 ? 0 : Math.max(1, Math.round(sites * vacancyConcentration));
  }

  /**
   * Counts per code, index 0 the vacancies; atoms are shared out by largest remainder, the first
   * species first among equals.
   */
  long[] counts(long sites) {
    long[] counts = new long[fractions.length + 1];
    counts[0] = vacancies(sites);
    long atoms = sites - counts[0];
    long left = atoms;
    double[] remainder = new double[fractions.length];
    for (int i = 0; i < fractions.length; i++) {
      counts[i + 1] = (long) Math.floor(atoms * fractions[i] + 1e-9);
      remainder[i] = atoms * fractions[i] - counts[i + 1];
      left -= counts[i + 1];
    }
    for (; left > 0; left--) {
      int largest = 0;
      for (int i = 1; i < remainder.length; i++) {
        if (remainder[i] > remainder[largest] + 1e-9) {
          largest = i;
        }
      }
      counts[largest + 1]++;
      remainder[largest] -= 1;
    }
    return counts;
  }
}
