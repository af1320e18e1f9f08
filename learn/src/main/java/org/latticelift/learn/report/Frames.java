package org.latticelift.learn.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.simulate.FinalStatesFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** States of a condition as particles at their positions. */
interface Frames {
  /**
   * One state.
   *
   * @param index 0 to their number less one; negative counts from the end
   * @return particles in site order, read while they are handed out; the time step is the number of
   *     events where it is stored
   */
  AtomSource frame(long index);

  /**
   * The states of one condition of {@code snapshots.h5}, {@code large.h5} or {@code final.h5}, told
   * apart by their dataset.
   *
   * @param reader an open file
   * @param crystal of atoms
   * @param condition name of the group; null for the first that holds states
   * @return its states
   */
  static Frames of(Hdf5Reader reader, Crystal crystal, String condition) {
    List<String> conditions =
        condition == null
            ? ConditionGroup.all(reader).stream().map(Condition::name).toList()
            : List.of(condition);
    for (String each : conditions) {
      Optional<String> atoms = StateSeries.find(reader, each, "species");
      if (atoms.isPresent()) {
        return new StateFrames(reader, crystal, atoms.get());
      }
      Optional<String> spins = StateSeries.find(reader, each, "spin");
      if (spins.isPresent()) {
        return new SpinFrames(reader, spins.get());
      }
    }
    throw LatticeLiftException.badData(
        "the file holds no states of a lattice" + (condition == null ? "" : " in " + condition),
        reader.file().toString(),
        String.format(
            "%s, %s or %s for --to lammps and xyz",
            SnapshotsFile.NAME, SnapshotsFile.LARGE, FinalStatesFile.NAME),
        "Name one of those, or use --to csv for trajectories");
  }

  /**
   * The number of a state.
   *
   * @param index negative counts from the end
   * @param count of the states
   * @param where file and dataset
   * @return 0 to count - 1
   */
  static long index(long index, long count, String where) {
    long chosen = index < 0 ? index + count : index;
    if (chosen < 0 || chosen >= count) {
      throw LatticeLiftException.badData(
          "there is no state " + index,
          where,
          String.format(Locale.ROOT, "0 to %d, or -1 for the last", count - 1),
          "Choose another --index");
    }
    return chosen;
  }
}
