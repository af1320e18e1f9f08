package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.Key;
import org.latticelift.io.config.Range;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/**
 * A configuration that is to be built (EX-24).
 *
 * @param seed of the random numbers
 * @param crystal of the configuration
 * @param cells its size
 * @param species names in code order
 * @param composition parts per species
 * @param vacancyConcentration empty sites, at random
 * @param randomShells shells whose Warren-Cowley parameters are 0 unless a target says otherwise
 * @param like a configuration whose pairs are wanted
 * @param targets of single shells
 * @param tolerance of the shares of pairs
 * @param constantA lattice constant, Å
 */
public record BuildConfig(
    @Default("1") @Doc("seed of all random numbers") long seed,
    @Default("bcc") @Doc("crystal") KnownCrystal crystal,
    @Doc("cells per axis, one number or three") Cells cells,
    @Default("[Nb, Mo, Ta]") @Doc("species in code order") List<String> species,
    @Default("{}") @Doc("parts per species; if empty those of 'like', else equal parts")
        Map<String, Double> composition,
    @Default("0") @Range(min = 0, max = 0.1) @Doc("empty sites per site, at random")
        double vacancyConcentration,
    @Default("0")
        @Range(min = 0)
        @Doc("shells with Warren-Cowley parameters 0, but for those that 'like' or 'targets' name")
        int randomShells,
    @Doc("a configuration whose pairs of the nearest shells are wanted") Optional<Like> like,
    @Default("[]") @Doc("targets of single shells") List<ShellTarget> targets,
    @Default("1e-3")
        @Range(min = 1e-9, max = 1)
        @Doc("how far shares of pairs may be off; the last step goes on to a hundredth of it")
        double tolerance,
    @Key("constant_A")
        @Range(min = 0, minOpen = true, max = 100)
        @Doc(
            "lattice constant that the configuration is written with, Å; by default that of 'like', else"
                + " the crystal's own")
        Optional<Double> constantA) {
  /**
   * Checks the names.
   *
   * @param seed of the random numbers
   * @param crystal of the configuration
   * @param cells its size
   * @param species names in code order
   * @param composition parts per species
   * @param vacancyConcentration empty sites, at random
   * @param randomShells shells whose Warren-Cowley parameters are 0
   * @param like a configuration whose pairs are wanted
   * @param targets of single shells
   * @param tolerance of the shares of pairs
   * @param constantA lattice constant, Å
   */
  public BuildConfig {
    species = SpeciesNames.require(species, "species");
  }

  /**
   * A configuration to imitate.
   *
   * @param file LAMMPS dump, extended XYZ or HDF5
   * @param group of an HDF5 file
   * @param index snapshot of an HDF5 file
   * @param shells whose pairs are wanted
   * @param maxVacancies largest share of sites that the file leaves empty
   */
  public record Like(
      @Doc("dump, xyz or h5 file") InputFile file,
      @Default("''") @Doc("group of an HDF5 file, such as T2000") String group,
      @Default("-1") @Doc("snapshot of an HDF5 file, -1 the last") int index,
      @Default("3") @Range(min = 1) @Doc("nearest shells whose pairs are wanted") int shells,
      @Default("0.1")
          @Range(min = 0, max = 1)
          @Doc("largest share of empty sites in the file; more are hardly ever meant")
          double maxVacancies) {}

  /**
   * Targets of a shell, in one of two measures.
   *
   * @param shell 1 for the nearest neighbours
   * @param warrenCowley parameters by pair
   * @param shares shares of the bonds of the shell by pair
   */
  public record ShellTarget(
      @Range(min = 1) @Doc("1 for the nearest neighbours") int shell,
      @Default("{}")
          @Doc("Warren-Cowley parameters of unlike pairs, such as {MoTa: -0.3}; others are 0")
          Map<String, Double> warrenCowley,
      @Default("{}")
          @Doc("instead: shares of the bonds of the shell, such as {MoTa: 0.3}; others are random")
          Map<String, Double> shares) {}
}
