package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.atoms.AtomFiles;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.AlloyState.SpeciesDataset;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.lattice.AtomSites;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Reads an initial state from a file of atoms or an HDF5 snapshot. Species that the file names are
 * those of the same name; codes without names follow the order of the species.
 *
 * @param state simulations of its size start from it; not to be modified
 * @param assumption what is taken for granted about codes that the file does not name
 * @param constant lattice constant of the file, Å, where it has one
 */
record StartFile(AlloyState state, Optional<String> assumption, OptionalDouble constant) {
  private static final String NAMES = "species_names";

  /** Edges of a cubic cell differ by no more than that. */
  private static final double CUBIC = 1e-3;

  /** Digits of a lattice constant that rounding of a division leaves, 1/Å. */
  private static final double DIGITS = 1e9;

  /** What is read at once, B. */
  private static final int PIECE = 1 << 28;

  /** The state of a simulation, in which something must be able to move. */
  static StartFile read(StartConfig config, Crystal crystal, LatticeConfig lattice) {
    return read(config, crystal, lattice, true);
  }

  static StartFile read(
      StartConfig config, Crystal crystal, LatticeConfig lattice, boolean vacancyNeeded) {
    Codes codes = config.file().read(path -> codes(config, crystal, lattice));
    Lattice state = codes.state();
    new EmptySites(state.counts()[Lattice.VACANCY], state.sites())
        .requireAtMost(config.maxVacancies(), config.file().path().toString());
    for (List<Integer> at : config.vacancyAt()) {
      state.set(site(state, at), Lattice.VACANCY);
    }
    if (vacancyNeeded && state.vacancies().length == 0) {
      throw LatticeLiftException.badData(
          "the initial state has no vacancy",
          config.file().path().toString(),
          "at least one empty site",
          "Name sites under lattice.start.vacancy_at, such as [[0, 0, 0]]");
    }
    Optional<String> assumption =
        codes.named() ? Optional.empty() : Optional.of(assumption(config, lattice.species()));
    return new StartFile(AlloyState.scanned(state), assumption, codes.constant());
  }

  /** What a file holds, whether it names the species, and its lattice constant. */
  private record Codes(Lattice state, boolean named, OptionalDouble constant) {}

  private static Codes codes(StartConfig config, Crystal crystal, LatticeConfig lattice) {
    if (isHdf5(config)) {
      try (Hdf5Reader file = Hdf5Reader.open(config.file().path())) {
        return new Codes(
            hdf5(file, config, crystal, lattice),
            !names(file).isEmpty(),
            SpeciesNames.latticeConstant(file));
      }
    }
    AtomFrame frame = frame(config, lattice.species());
    Lattice state = atoms(frame, config, crystal, lattice);
    return new Codes(state, !frame.speciesNames().isEmpty(), constant(frame, Cells.of(state)));
  }

  /** The mean edge of the cells, if these are cubes. */
  private static OptionalDouble constant(AtomFrame frame, Cells cells) {
    double[] c = frame.cell();
    double[] edge = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double square = 0;
      for (int k = 0; k < 3; k++) {
        square += c[3 * axis + k] * c[3 * axis + k];
      }
      edge[axis] = Math.sqrt(square) / cells.shape().get(axis);
    }
    double mean = (edge[0] + edge[1] + edge[2]) / 3;
    boolean cubic = Arrays.stream(edge).allMatch(e -> Math.abs(e - mean) < CUBIC * mean);
    return cubic ? OptionalDouble.of(Math.rint(mean * DIGITS) / DIGITS) : OptionalDouble.empty();
  }

  static boolean isHdf5(StartConfig config) {
    String name = config.file().path().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".h5") || name.endsWith(".hdf5");
  }

  /** The atoms of a file that is not HDF5. */
  static AtomFrame frame(StartConfig config, List<String> species) {
    return AtomFiles.read(config.file().path(), species);
  }

  /** Names of the codes of an HDF5 file; empty if it has none. */
  static List<String> names(Hdf5Reader file) {
    return file.findAttribute("/", NAMES).isEmpty()
        ? List.of()
        : file.textListAttribute("/", NAMES);
  }

  private static String assumption(StartConfig config, List<String> species) {
    return config.file().path()
        + " names no species; its codes are read as "
        + IntStream.range(0, species.size())
            .mapToObj(i -> i + 1 + " " + species.get(i))
            .collect(Collectors.joining(", "));
  }

  private static Lattice hdf5(
      Hdf5Reader file, StartConfig config, Crystal crystal, LatticeConfig lattice) {
    String dataset = SpeciesDataset.of(file, config.group());
    SpeciesDataset.Shape shape = SpeciesDataset.shape(file, dataset, crystal);
    Cells cells = requireSize(shape.cells(), config, lattice);
    Lattice state = new Lattice(crystal, cells.nx(), cells.ny(), cells.nz());
    long first = requireIndex(config, shape.snapshots(), dataset) * state.sites();
    List<String> names = names(file);
    int plane = state.plane(0).length;
    int planes = Math.max(1, PIECE / plane);
    for (int x = 0; x < cells.nx(); x += planes) {
      int count = Math.min(planes, cells.nx() - x);
      byte[] codes = file.bytes(dataset, first + (long) x * plane, count * plane);
      for (int i = 0; i < codes.length; i++) {
        long element = (long) x * plane + i;
        codes[i] =
            code(codes[i], names, () -> "element " + element + " of " + dataset, config, lattice);
      }
      for (int k = 0; k < count; k++) {
        System.arraycopy(codes, k * plane, state.plane(x + k), 0, plane);
      }
    }
    return state;
  }

  private static long requireIndex(StartConfig config, long snapshots, String dataset) {
    if (config.index() >= snapshots) {
      throw LatticeLiftException.badData(
          "no snapshot " + config.index(),
          config.file().path() + " " + dataset,
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
    AtomSites sites =
        new AtomSites(
            crystal,
            cells.nx(),
            cells.ny(),
            cells.nz(),
            config.tolerance(),
            config.file().path().toString());
    for (int i = 0; i < frame.type().length; i++) {
      long site = sites.site(frame, i);
      if (state.get(site) != Lattice.VACANCY) {
        throw LatticeLiftException.badData(
            "two atoms on one site, the second is atom " + (i + 1),
            config.file().path().toString(),
            "one atom per lattice site",
            "Check positions and lattice size");
      }
      state.set(site, (byte) frame.type()[i]);
    }
    requireSize(cells, config, lattice);
    return state;
  }

  private static byte code(
      byte stored,
      List<String> names,
      Supplier<String> where,
      StartConfig config,
      LatticeConfig lattice) {
    List<String> species = lattice.species();
    int most = names.isEmpty() ? species.size() : names.size();
    if (stored < 0 || stored > most) {
      throw LatticeLiftException.badData(
          "species code " + stored,
          config.file().path() + ", " + where.get(),
          "0 (vacancy) to " + most + " for " + (names.isEmpty() ? species : names),
          "Check the file or the species");
    }
    if (stored == Lattice.VACANCY || names.isEmpty()) {
      return stored;
    }
    int known = species.indexOf(names.get(stored - 1));
    if (known < 0) {
      throw LatticeLiftException.badData(
          "unknown species '" + names.get(stored - 1) + "'",
          config.file().path() + ", " + where.get(),
          String.join(", ", species),
          "Check the file or the species");
    }
    return (byte) (known + 1);
  }

  private static Cells requireSize(Cells cells, StartConfig config, LatticeConfig lattice) {
    if (!cells.equals(lattice.small()) && !cells.equals(lattice.large())) {
      throw LatticeLiftException.badData(
          "a state of " + cells.text(),
          config.file().path().toString(),
          lattice.small().text() + " or " + lattice.large().text(),
          "Set lattice.small or lattice.large to the size of the file");
    }
    return cells;
  }

  private static long site(Lattice state, List<Integer> at) {
    int[] period = {2 * state.nx(), 2 * state.ny(), 2 * state.nz()};
    boolean valid = at.size() == 3 && state.crystal().isBcc();
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
