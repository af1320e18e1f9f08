package org.latticelift.alloy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.atoms.AtomFrame;
import org.latticelift.atoms.ExtendedXyz;
import org.latticelift.atoms.LammpsDump;
import org.latticelift.crystal.Crystal;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.lattice.Lattice;

/** Reads an initial state from a dump, an extended XYZ file or an HDF5 snapshot. */
final class StartFile {
  /** What is read at once, B. */
  private static final int PIECE = 1 << 28;

  private StartFile() {}

  /** The state, keyed by its number of sites: it starts simulations of that size. */
  static Map<Long, AlloyState> read(StartConfig config, Crystal crystal, LatticeConfig lattice) {
    return read(config, crystal, lattice, true);
  }

  static Map<Long, AlloyState> read(
      StartConfig config, Crystal crystal, LatticeConfig lattice, boolean vacancyNeeded) {
    String name = config.file().toString().toLowerCase(Locale.ROOT);
    Lattice state;
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      state = hdf5(config, crystal, lattice);
    } else {
      AtomFrame frame =
          name.endsWith(".xyz") ? ExtendedXyz.read(config.file()) : LammpsDump.read(config.file());
      state = atoms(frame, config, crystal, lattice);
    }
    for (List<Integer> at : config.vacancyAt()) {
      state.set(site(state, at, config), Lattice.VACANCY);
    }
    if (vacancyNeeded && state.vacancies().length == 0) {
      throw LatticeLiftException.badData(
          "the initial state has no vacancy",
          config.file().toString(),
          "at least one empty site",
          "Name sites under lattice.start.vacancy_at, such as [[0, 0, 0]]");
    }
    return Map.of(state.sites(), AlloyState.scanned(state));
  }

  private static Lattice hdf5(StartConfig config, Crystal crystal, LatticeConfig lattice) {
    try (Hdf5Reader file = Hdf5Reader.open(config.file())) {
      String dataset = SpeciesDataset.of(file, config.group());
      SpeciesDataset.Shape shape = SpeciesDataset.shape(file, dataset, crystal);
      Cells cells = requireSize(shape.cells(), config, lattice);
      Lattice state = new Lattice(crystal, cells.nx(), cells.ny(), cells.nz());
      long first = requireIndex(config, shape.snapshots(), dataset) * state.sites();
      int plane = state.plane(0).length;
      int planes = Math.max(1, PIECE / plane);
      for (int x = 0; x < cells.nx(); x += planes) {
        int count = Math.min(planes, cells.nx() - x);
        byte[] codes = file.bytes(dataset, first + (long) x * plane, count * plane);
        for (int i = 0; i < codes.length; i++) {
          long element = (long) x * plane + i;
          requireSpecies(codes[i], "element " + element + " of " + dataset, config, lattice);
        }
        for (int k = 0; k < count; k++) {
          System.arraycopy(codes, k * plane, state.plane(x + k), 0, plane);
        }
      }
      return state;
    }
  }

  private static long requireIndex(StartConfig config, long snapshots, String dataset) {
    if (config.index() >= snapshots) {
      throw LatticeLiftException.badData(
          "no snapshot " + config.index(),
          config.file() + " " + dataset,
          "0 to " + (snapshots - 1) + ", or -1 for the last",
          "Correct lattice.start.index");
    }
    return config.index() < 0 ? snapshots - 1 : config.index();
  }

  private static Lattice atoms(
      AtomFrame frame, StartConfig config, Crystal crystal, LatticeConfig lattice) {
    Cells cells = lattice.small();
    boolean small = frame.type().length <= cells.sites(crystal);
    cells = small ? cells : lattice.large();
    Lattice state = new Lattice(crystal, cells.nx(), cells.ny(), cells.nz());
    for (int i = 0; i < frame.type().length; i++) {
      requireSpecies(frame.type()[i], "atom " + (i + 1), config, lattice);
      long site = AtomSites.site(frame, i, state, config.file().toString());
      if (state.get(site) != Lattice.VACANCY) {
        throw LatticeLiftException.badData(
            "two atoms on one site, the second is atom " + (i + 1),
            config.file().toString(),
            "one atom per lattice site",
            "Check positions and lattice size");
      }
      state.set(site, (byte) frame.type()[i]);
    }
    requireSize(cells, config, lattice);
    return state;
  }

  private static void requireSpecies(
      int code, String where, StartConfig config, LatticeConfig lattice) {
    if (code < 0 || code > lattice.species().size()) {
      throw LatticeLiftException.badData(
          "species code " + code,
          config.file() + ", " + where,
          "0 (vacancy) to " + lattice.species().size() + " for " + lattice.species(),
          "Check the file or lattice.species");
    }
  }

  private static Cells requireSize(Cells cells, StartConfig config, LatticeConfig lattice) {
    if (!cells.equals(lattice.small()) && !cells.equals(lattice.large())) {
      throw LatticeLiftException.badData(
          "a state of " + cells.text(),
          config.file().toString(),
          lattice.small().text() + " or " + lattice.large().text(),
          "Set lattice.small or lattice.large to the size of the file");
    }
    return cells;
  }

  private static long site(Lattice state, List<Integer> at, StartConfig config) {
    int[] period = {2 * state.nx(), 2 * state.ny(), 2 * state.nz()};
    boolean valid = at.size() == 3 && state.crystal().name().equals("bcc");
    for (int axis = 0; valid && axis < 3; axis++) {
      valid = at.get(axis) >= 0 && at.get(axis) < period[axis];
      valid = valid && (at.get(axis) & 1) == (at.get(0) & 1);
    }
    if (!valid) {
      throw LatticeLiftException.badData(
          at + " is not a site",
          "lattice.start.vacancy_at",
          "three half-grid coordinates of a BCC site, all even or all odd",
          "Correct the value");
    }
    return state.index(at.get(0) / 2, at.get(1) / 2, at.get(2) / 2, at.get(0) & 1);
  }
}
