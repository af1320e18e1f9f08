package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The numbers of a {@link LinearBarrier}: activation by jumping species, energies of pairs, and
 * what the species around the saddle point add to the activation. Model {@code pairwise} has the
 * first two, and no saddle terms.
 *
 * <p>Defaults, made to show the behaviour of such alloys and fitted to nothing. BCC (Nb, Mo, Ta):
 * first shell Nb-Mo -0.02, Mo-Ta -0.05, Nb-Ta 0.01 eV, second shell Mo-Ta 0.015 eV, all other pairs
 * 0; activation 1.70, 1.85, 1.80 eV. Other crystals with four species: first shell 1-2 -0.03, 1-4
 * -0.01, 2-3 -0.02, 3-4 0.02 eV; activation 0.95, 0.80, 0.90, 1.00 eV.
 */
public record LinearTerms(
    @Doc("barrier of a jump that does not change the energy, per species, eV")
        List<Double> activation,
    @Doc("per shell the symmetric matrix of pair energies, eV") List<List<List<Double>>> shells,
    @Doc("per shell the energy of a vacancy beside each species, eV")
        Optional<List<List<Double>>> vacancy,
    @Doc(
            "per shell around the saddle point a matrix: what each species there (column) adds to"
                + " the barrier of each jumping species (row), eV")
        Optional<List<List<List<Double>>>> saddle,
    @Default("0.02") @Range(min = 0) @Doc("least barrier in either direction, eV") double floor,
    @Key("species")
        @Default("[]")
        @Doc("species in the order of these numbers; empty: as the lattice lists them")
        List<String> speciesNames) {

  /** Checks shapes, symmetry and values. */
  public LinearTerms {
    int species = activation.size();
    speciesNames = SpeciesOrder.requireDistinct(speciesNames, species, "species");
    if (species < 1 || species > 15) {
      throw bad(species + " species", "activation", "1 to 15 numbers");
    }
    for (List<List<Double>> matrix : shells) {
      requireSymmetric(matrix, species);
    }
    if (vacancy.isPresent()) {
      boolean fits =
          vacancy.get().size() == shells.size()
              && vacancy.get().stream().allMatch(row -> row.size() == species);
      if (!fits) {
        throw bad("another shape", "vacancy", shells.size() + " lists of " + species);
      }
    }
    for (List<List<Double>> matrix : saddle.orElse(List.of())) {
      if (!square(matrix, species)) {
        throw bad(
            "a matrix that is not " + species + " x " + species,
            "saddle",
            "one matrix per shell around the saddle point, as wide as activation is long");
      }
    }
  }

  /**
   * Numbers of species without names and without saddle terms.
   *
   * @param activation per species, eV
   * @param shells matrices, eV
   * @param vacancy per shell and species, eV
   */
  public LinearTerms(
      List<Double> activation,
      List<List<List<Double>>> shells,
      Optional<List<List<Double>>> vacancy,
      double floor) {
    this(activation, shells, vacancy, Optional.empty(), floor, List.of());
  }

  /** The same energies for codes in another order of the species, if these are named. */
  LinearTerms inOrderOf(List<String> species, String source) {
    if (speciesNames.isEmpty()) {
      return this;
    }
    SpeciesOrder order = SpeciesOrder.of(species, speciesNames, source);
    return new LinearTerms(
        order.apply(activation),
        shells.stream().map(m -> order.apply(m.stream().map(order::apply).toList())).toList(),
        vacancy.map(rows -> rows.stream().map(order::apply).toList()),
        saddle.map(
            all ->
                all.stream().map(m -> order.apply(m.stream().map(order::apply).toList())).toList()),
        floor,
        order.names());
  }

  private static boolean square(List<List<Double>> matrix, int species) {
    return matrix.size() == species && matrix.stream().allMatch(row -> row.size() == species);
  }

  private static void requireSymmetric(List<List<Double>> matrix, int species) {
    boolean symmetric = square(matrix, species);
    for (int i = 0; symmetric && i < species; i++) {
      for (int j = 0; j < i; j++) {
        symmetric &= matrix.get(i).get(j).equals(matrix.get(j).get(i));
      }
    }
    if (!symmetric) {
      throw bad(
          "a matrix that is not symmetric or not " + species + " x " + species,
          "shells",
          "one symmetric matrix per shell, as wide as activation is long");
    }
  }

  /** The defaults of a crystal; three species for BCC, four for crystals of one shell or more. */
  public static LinearTerms defaults(Crystal crystal) {
    if (crystal.isBcc()) {
      return new LinearTerms(
          List.of(1.70, 1.85, 1.80),
          List.of(
              List.of(row(0, -0.02, 0.01), row(-0.02, 0, -0.05), row(0.01, -0.05, 0)),
              List.of(row(0, 0, 0), row(0, 0, 0.015), row(0, 0.015, 0))),
          Optional.empty(),
          Optional.empty(),
          0.02,
          List.of("Nb", "Mo", "Ta"));
    }
    return new LinearTerms(
        List.of(0.95, 0.80, 0.90, 1.00),
        List.of(
            List.of(
                row(0, -0.03, 0, -0.01),
                row(-0.03, 0, -0.02, 0),
                row(0, -0.02, 0, 0.02),
                row(-0.01, 0, 0.02, 0))),
        Optional.empty(),
        0.02);
  }

  private static List<Double> row(double... values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  /** Number of species. */
  public int species() {
    return activation.size();
  }

  /** Energy of a pair in a shell (1 for the nearest), codes with 0 the vacancy, eV. */
  public double pair(int shell, int a, int b) {
    if (shell > shells.size() || a == 0 && b == 0) {
      return 0;
    }
    if (a == 0 || b == 0) {
      int atom = Math.max(a, b) - 1;
      return vacancy.map(v -> v.get(shell - 1).get(atom)).orElse(0.0);
    }
    return shells.get(shell - 1).get(a - 1).get(b - 1);
  }

  /** Number of shells around the saddle point that have terms. */
  public int saddleShells() {
    return saddle.map(List::size).orElse(0);
  }

  /**
   * What a site in a shell around the saddle point adds to the barrier ({@code shell}: 1 for the
   * nearest; codes with 0 the vacancy, which adds nothing), eV.
   */
  public double saddle(int shell, int moving, int other) {
    return moving == 0 || other == 0
        ? 0
        : saddle.orElseThrow().get(shell - 1).get(moving - 1).get(other - 1);
  }

  private static LatticeLiftException bad(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the configuration");
  }
}
