package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierModels.PairwiseBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The numbers of {@link PairwiseBarrier}.
 *
 * <p>Defaults, made to show the behaviour of such alloys and fitted to nothing. BCC (Nb, Mo, Ta):
 * first shell Nb-Mo -0.02, Mo-Ta -0.05, Nb-Ta 0.01 eV, second shell Mo-Ta 0.015 eV, all other pairs
 * 0; activation 1.70, 1.85, 1.80 eV. Other crystals with four species: first shell 1-2 -0.03, 1-4
 * -0.01, 2-3 -0.02, 3-4 0.02 eV; activation 0.95, 0.80, 0.90, 1.00 eV.
 */
public record PairEnergiesConfig(
    @Doc("barrier of a jump that does not change the energy, per species, eV")
        List<Double> activation,
    @Doc("per shell the symmetric matrix of pair energies, eV") List<List<List<Double>>> shells,
    @Doc("per shell the energy of a vacancy beside each species, eV")
        Optional<List<List<Double>>> vacancy,
    @Default("0.02") @Range(min = 0) @Doc("least barrier in either direction, eV") double floor,
    @Key("species")
        @Default("[]")
        @Doc("species in the order of these numbers; empty: as the lattice lists them")
        List<String> speciesNames) {

  /** Checks shapes, symmetry and values. */
  public PairEnergiesConfig {
    int species = activation.size();
    speciesNames = SpeciesOrder.requireDistinct(speciesNames, species, "pairwise.species");
    if (species < 1 || species > 15) {
      throw bad(species + " species", "pairwise.activation", "1 to 15 numbers");
    }
    for (List<List<Double>> matrix : shells) {
      requireSymmetric(matrix, species);
    }
    if (vacancy.isPresent()) {
      boolean fits =
          vacancy.get().size() == shells.size()
              && vacancy.get().stream().allMatch(row -> row.size() == species);
      if (!fits) {
        throw bad("another shape", "pairwise.vacancy", shells.size() + " lists of " + species);
      }
    }
  }

  /**
   * Numbers of species without names.
   *
   * @param activation per species, eV
   * @param shells matrices, eV
   * @param vacancy per shell and species, eV
   */
  public PairEnergiesConfig(
      List<Double> activation,
      List<List<List<Double>>> shells,
      Optional<List<List<Double>>> vacancy,
      double floor) {
    this(activation, shells, vacancy, floor, List.of());
  }

  /** The same energies for codes in another order of the species, if these are named. */
  PairEnergiesConfig inOrderOf(List<String> species, String source) {
    if (speciesNames.isEmpty()) {
      return this;
    }
    SpeciesOrder order = SpeciesOrder.of(species, speciesNames, source);
    return new PairEnergiesConfig(
        order.apply(activation),
        shells.stream().map(m -> order.apply(m.stream().map(order::apply).toList())).toList(),
        vacancy.map(rows -> rows.stream().map(order::apply).toList()),
        floor,
        order.names());
  }

  private static void requireSymmetric(List<List<Double>> matrix, int species) {
    boolean square =
        matrix.size() == species && matrix.stream().allMatch(row -> row.size() == species);
    for (int i = 0; square && i < species; i++) {
      for (int j = 0; j < i; j++) {
        square &= matrix.get(i).get(j).equals(matrix.get(j).get(i));
      }
    }
    if (!square) {
      throw bad(
          "a matrix that is not symmetric or not " + species + " x " + species,
          "pairwise.shells",
          "one symmetric matrix per shell, as wide as pairwise.activation is long");
    }
  }

  /** The defaults of a crystal; three species for BCC, four for crystals of one shell or more. */
  public static PairEnergiesConfig defaults(Crystal crystal) {
    if (crystal.isBcc()) {
      return new PairEnergiesConfig(
          List.of(1.70, 1.85, 1.80),
          List.of(
              List.of(row(0, -0.02, 0.01), row(-0.02, 0, -0.05), row(0.01, -0.05, 0)),
              List.of(row(0, 0, 0), row(0, 0, 0.015), row(0, 0.015, 0))),
          Optional.empty(),
          0.02,
          List.of("Nb", "Mo", "Ta"));
    }
    return new PairEnergiesConfig(
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
  int species() {
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

  private static LatticeLiftException bad(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the configuration");
  }
}
