package org.latticelift.learn.barrierfit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/**
 * Section {@code train} of {@code barrier train}.
 *
 * @param table barrier table, HDF5 or (by the ending {@code .csv}) comma-separated values
 * @param freshTable table to measure errors on that nothing was fitted to, HDF5 or CSV
 * @param crystal whose environments the tables hold
 * @param species names of the species of a CSV table, in the order of their codes
 * @param fit network and optimiser
 */
public record NetworkTrainingConfig(
    @Doc("barrier table: HDF5, or CSV by the ending .csv") InputFile table,
    @Doc("table to measure errors on, to which nothing is fitted") Optional<InputFile> freshTable,
    @Doc("crystal of the tables") @Default("bcc") KnownCrystal crystal,
    @Doc("names of the species of a CSV table") @Default("[Nb, Mo, Ta]") List<String> species,
    @Doc("network and optimiser") FitConfig fit) {
  /**
   * Copies the names.
   *
   * @param table barrier table, HDF5 or (by the ending {@code .csv}) comma-separated values
   * @param freshTable table to measure errors on that nothing was fitted to, HDF5 or CSV
   * @param crystal whose environments the tables hold
   * @param species names of the species of a CSV table, in the order of their codes
   * @param fit network and optimiser
   */
  public NetworkTrainingConfig {
    species = SpeciesNames.require(species, "train.species");
  }

  Crystal theCrystal() {
    return crystal.crystal();
  }

  BarrierTable read(InputFile file) {
    if (!file.text().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return file.read(BarrierTableFile::read);
    }
    Crystal of = theCrystal();
    return file.read(
        path -> BarrierTableCsv.read(path, of.environmentSize(), of.hopCount(), species));
  }
}
