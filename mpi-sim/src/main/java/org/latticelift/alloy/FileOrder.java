package org.latticelift.alloy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.atoms.AtomFrame;
import org.latticelift.atoms.ExtendedXyz;
import org.latticelift.atoms.LammpsDump;
import org.latticelift.crystal.Crystal;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.order.Counts;
import org.latticelift.order.ObservableList;
import org.latticelift.order.OrderParameters;

/**
 * Order parameters of a configuration in a file (command {@code sro}).
 *
 * @param size lattice in words
 * @param counts sites per code, index 0 vacancies
 * @param names names of the order parameters
 * @param values their values
 */
public record FileOrder(String size, long[] counts, List<String> names, double[] values) {
  /**
   * Reads a file and observes it.
   *
   * @param start file, group, snapshot and sites to empty
   * @param crystal its crystal
   * @param latticeConstant length of a cell in Å, used for dumps and XYZ files
   * @param species species in code order
   * @param observables what to observe
   * @return the observation
   */
  public static FileOrder of(
      StartConfig start,
      Crystal crystal,
      double latticeConstant,
      List<String> species,
      ObservableList observables) {
    Cells cells = size(start, crystal, latticeConstant);
    LatticeConfig lattice =
        new LatticeConfig(
            crystal.name(),
            cells,
            cells,
            species,
            Map.of(),
            0,
            Optional.of(start),
            observables,
            "lattice");
    AlloyState state = StartFile.read(start, crystal, lattice, false).get(cells.sites(crystal));
    long[] counts = java.util.Arrays.copyOf(state.lattice().counts(), species.size() + 1);
    OrderParameters order = OrderParameters.of(crystal, species, counts, observables);
    Counts bonds = order.newCounts();
    order.recount(state.lattice(), bonds);
    double[] values = new double[order.size()];
    order.values(bonds, 1, values);
    return new FileOrder(cells.text(), counts, order.names(), values);
  }

  private static Cells size(StartConfig start, Crystal crystal, double constant) {
    String name = start.file().toString();
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      try (Hdf5Reader file = Hdf5Reader.open(start.file())) {
        return SpeciesDataset.shape(file, SpeciesDataset.of(file, start.group()), crystal).cells();
      }
    }
    AtomFrame frame =
        name.endsWith(".xyz") ? ExtendedXyz.read(start.file()) : LammpsDump.read(start.file());
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
