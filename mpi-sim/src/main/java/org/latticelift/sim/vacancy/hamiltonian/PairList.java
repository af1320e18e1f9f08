package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry.SiteOffset;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts.PairKinds;

/**
 * An effective Hamiltonian as a list of bonds, for programs that do not know our shells, such as
 * those of cluster expansions: for every position of the basis all neighbours with their vector,
 * and the energy of every pair of unlike kinds on that bond. A bond is listed once from each of its
 * ends, so half of the sum over all sites and their rows is the energy of a state.
 */
final class PairList {
  static final List<String> HEADER =
      List.of(
          "condition",
          "first_record",
          "last_record",
          "shell",
          "from_basis",
          "to_basis",
          "x[A]",
          "y[A]",
          "z[A]",
          "from",
          "to",
          "J_eV");

  private final Crystal crystal;
  private final List<String> kinds;

  /**
   * Of a crystal.
   *
   * @param species names in code order
   */
  PairList(Crystal crystal, List<String> species) {
    this.crystal = crystal;
    kinds = new ArrayList<>(List.of(PairKinds.VACANCY));
    kinds.addAll(species);
  }

  /** The rows of one Hamiltonian; energies of 0 by the gauge are left out. */
  List<List<String>> rows(String condition, double temperature, FittedStage stage) {
    List<List<String>> rows = new ArrayList<>();
    EffectiveHamiltonian hamiltonian = stage.hamiltonian();
    for (int from = 0; from < crystal.basisCount(); from++) {
      for (int shell = 1; shell <= hamiltonian.shells(); shell++) {
        for (SiteOffset offset : crystal.shell(from, shell)) {
          List<String> bond = new ArrayList<>();
          bond.add(condition);
          IntStream.of(stage.firstRecord(), stage.lastRecord(), shell, from, offset.basis())
              .forEach(number -> bond.add(Integer.toString(number)));
          Arrays.stream(crystal.spec().vector(from, offset))
              .forEach(x -> bond.add(String.format(Locale.ROOT, "%.6f", x)));
          bonds(bond, shell, hamiltonian, temperature, rows);
        }
      }
    }
    return rows;
  }

  private void bonds(
      List<String> bond,
      int shell,
      EffectiveHamiltonian hamiltonian,
      double temperature,
      List<List<String>> rows) {
    double kT = EffectiveHamiltonian.BOLTZMANN * temperature;
    for (int a = 0; a < kinds.size(); a++) {
      for (int b = 0; b < kinds.size(); b++) {
        double j = hamiltonian.of(shell, a, b);
        if (j != 0) {
          List<String> row = new ArrayList<>(bond);
          row.add(kinds.get(a));
          row.add(kinds.get(b));
          row.add(Double.toString(j * kT));
          rows.add(row);
        }
      }
    }
  }
}
