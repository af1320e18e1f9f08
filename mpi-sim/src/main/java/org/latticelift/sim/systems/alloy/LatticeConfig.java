package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Key;
import org.latticelift.io.config.Range;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.order.ObservableList;

/**
 * Section {@code lattice}.
 *
 * @param crystal name of the crystal
 * @param small size of the system that is simulated, cells
 * @param large size of the system that is predicted, cells
 * @param species names of the species in code order
 * @param composition parts per species; where absent those of the start file, else equal parts
 * @param vacancyConcentration vacancies per site
 * @param start initial state
 * @param observables order parameters
 * @param measure how a large lattice is observed
 * @param constantA lattice constant of the states that are written, Å
 */
public record LatticeConfig(
    @Default("bcc") @Doc("crystal") KnownCrystal crystal,
    @Default("8") @Doc("cells per axis of the small system, one number or three") Cells small,
    @Default("16") @Doc("cells per axis of the large system, one number or three") Cells large,
    @Default("[Nb, Mo, Ta]") @Doc("species in code order") List<String> species,
    @Default("{}")
        @Doc(
            "parts per species, none of those not named; if empty those of the start file, else equal parts")
        Map<String, Double> composition,
    @Default("0.0009765625") @Range(min = 0, max = 0.1) @Doc("vacancies per site (AL-02)")
        double vacancyConcentration,
    @Doc("file and vacancy of the initial state; random where absent") Optional<StartConfig> start,
    @Default("[pair, {pair: {shell: 2}}, {pair: {shell: 3}}]")
        @Doc(
            "order parameters: pair, warren_cowley, b2, {class: NAME} and options; the first shell alone is not"
                + " enough for the path to equilibrium")
        ObservableList observables,
    @Default("lattice")
        @Doc("order of a large lattice: of all bonds, or the mean over periodic tiles (DI-47)")
        Measure measure,
    @Key("constant_A")
        @Range(min = 0, minOpen = true, max = 100)
        @Doc(
            "lattice constant that states are written with, Å; by default that of the start file, else"
                + " the crystal's own")
        Optional<Double> constantA) {
  /**
   * Checks the names.
   *
   * @param crystal name of the crystal
   * @param small size of the system that is simulated, cells
   * @param large size of the system that is predicted, cells
   * @param species names of the species in code order
   * @param composition parts per species; equal parts where absent
   * @param vacancyConcentration vacancies per site
   * @param start initial state
   * @param observables order parameters
   * @param measure how a large lattice is observed
   * @param constantA lattice constant of the states that are written, Å
   */
  public LatticeConfig {
    species = SpeciesNames.require(species, "lattice.species");
  }
}
