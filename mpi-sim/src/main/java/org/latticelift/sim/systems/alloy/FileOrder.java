package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Measure;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.AlloyState.SpeciesDataset;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Order parameters of a configuration in a file (command {@code sro}).
 *
 * @param size lattice in words
 * @param species names of the species in code order
 * @param assumption what is taken for granted about species that the file does not name
 * @param counts sites per code, index 0 vacancies
 * @param names names of the order parameters
 * @param values their values
 * @param reference what has been subtracted from each, of a random alloy
 * @param latticeConstant of the file, Å
 */
public record FileOrder(
    String size,
    List<String> species,
    Optional<String> assumption,
    long[] counts,
    List<String> names,
    double[] values,
    double[] reference,
    OptionalDouble latticeConstant) {
  private static final List<String> USUAL = List.of("Nb", "Mo", "Ta");

  /**
   * Reads a file and observes it.
   *
   * @param start file, group, snapshot and sites to empty
   * @param latticeConstant length of a cell in Å, used for dumps and XYZ files
   * @param given species in code order; empty for those that an HDF5 file names, else Nb, Mo, Ta
   * @param observables what to observe
   * @return the observation
   */
  public static FileOrder of(
      StartConfig start,
      Crystal crystal,
      double latticeConstant,
      List<String> given,
      ObservableList observables) {
    List<String> species = given.isEmpty() ? named(start) : List.copyOf(given);
    Cells cells = size(start, species, crystal, latticeConstant);
    LatticeConfig lattice =
        new LatticeConfig(
            crystal.isBcc() ? KnownCrystal.BCC : KnownCrystal.FCC,
            cells,
            cells,
            species,
            Map.of(),
            0,
            Optional.of(start),
            observables,
            Measure.LATTICE,
            Optional.empty());
    StartFile read = StartFile.read(start, crystal, lattice, false);
    Lattice state = read.state().lattice();
    long[] counts = java.util.Arrays.copyOf(state.counts(), species.size() + 1);
    OrderParameters order = OrderParameters.of(crystal, species, counts, observables);
    Counts bonds = order.newCounts();
    order.recount(state, bonds);
    double[] values = new double[order.size()];
    order.exactValues(bonds, values);
    return new FileOrder(
        cells.text(),
        species,
        read.assumption(),
        counts,
        order.names(),
        values,
        order.subtracted(),
        read.constant());
  }

  private static List<String> named(StartConfig start) {
    if (!StartFile.isHdf5(start)) {
      return USUAL;
    }
    try (Hdf5Reader file = Hdf5Reader.open(start.file().path())) {
      List<String> names = StartFile.names(file);
      return names.isEmpty() ? USUAL : names;
    }
  }

  private static Cells size(
      StartConfig start, List<String> species, Crystal crystal, double constant) {
    if (StartFile.isHdf5(start)) {
      try (Hdf5Reader file = Hdf5Reader.open(start.file().path())) {
        return SpeciesDataset.shape(file, SpeciesDataset.of(file, start.group()), crystal).cells();
      }
    }
    AtomFrame frame = StartFile.frame(start, species);
    double[] cell = frame.cell();
    return new Cells(cells(cell, 0, constant), cells(cell, 3, constant), cells(cell, 6, constant));
  }

  private static int cells(double[] cell, int row, double constant) {
    double length =
        Math.sqrt(
            cell[row] * cell[row] + cell[row + 1] * cell[row + 1] + cell[row + 2] * cell[row + 2]);
    return (int) Math.max(1, Math.round(length / constant));
  }
}
