package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.config.Range;
import org.latticelift.io.error.LatticeLiftException;

/**
 * How the ordering temperature of an effective Hamiltonian is found (EX-42).
 *
 * @param seed of the random numbers
 * @param hamiltonian fitted to small runs
 * @param condition whose last stage is taken, as an energy in eV at all temperatures
 * @param cells sizes, cells per axis
 * @param temperatureK where it is sampled
 * @param order the species whose B2 order is looked at
 * @param composition parts per species
 * @param vacancyConcentration empty sites per site
 * @param chains independent ones of each size and temperature
 * @param settle attempted exchanges per site before the first record
 * @param records of each chain
 * @param gap attempted exchanges per site between two records
 */
public record OrderingConfig(
    @Default("1") @Doc("seed of all random numbers") long seed,
    @Doc("file hamiltonian.h5 of a run with upsample.tiles: maxent") InputFile hamiltonian,
    @Doc("its condition, such as T1000, whose last stage is taken, in eV") String condition,
    @Default("[8, 12, 16]") @Doc("sizes, cells per axis") List<Integer> cells,
    @org.latticelift.io.config.Key("temperature_K") @Doc("temperatures, K")
        List<Double> temperatureK,
    @Default("Mo") @Doc("species whose B2 order is looked at") String order,
    @Default("{}") @Doc("parts per species; equal if empty") Map<String, Double> composition,
    @Default("0.0009765625") @Range(min = 0, max = 0.1) @Doc("empty sites per site")
        double vacancyConcentration,
    @Default("8") @Range(min = 2, max = 1000) @Doc("independent chains of each point") int chains,
    @Default("500") @Range(min = 1) @Doc("attempted exchanges per site before the first record")
        int settle,
    @Default("1000") @Range(min = 2) @Doc("records of a chain") int records,
    @Default("2") @Range(min = 1) @Doc("attempted exchanges per site between two records")
        int gap) {
  private static final int FEWEST_SIZES = 2;
  private static final int FEWEST_TEMPERATURES = 3;

  /**
   * Checks the lists.
   *
   * @param seed of the random numbers
   * @param hamiltonian fitted to small runs
   * @param condition of it
   * @param cells two sizes or more
   * @param temperatureK three temperatures or more
   * @param order a species
   * @param composition parts per species
   * @param vacancyConcentration empty sites per site
   * @param chains of each point
   * @param settle attempts per site before the first record
   * @param records of a chain
   * @param gap attempts per site between two records
   */
  public OrderingConfig {
    cells = cells.stream().distinct().sorted().toList();
    temperatureK = temperatureK.stream().distinct().sorted().toList();
    require(
        cells.size() >= FEWEST_SIZES,
        cells.size() + " sizes",
        "cells",
        "two or more, whose curves can cross");
    require(
        temperatureK.size() >= FEWEST_TEMPERATURES,
        temperatureK.size() + " temperatures",
        "temperature_K",
        "three or more, for a curve of second degree");
    require(
        temperatureK.get(0) > 0,
        "temperature " + temperatureK.get(0),
        "temperature_K",
        "above 0 K");
  }

  private static void require(boolean holds, String what, String where, String allowed) {
    if (!holds) {
      throw LatticeLiftException.badData(what, where, allowed, "Correct the list");
    }
  }
}
