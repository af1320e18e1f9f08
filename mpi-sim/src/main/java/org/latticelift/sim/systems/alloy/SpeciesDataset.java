package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Where the species of a state stand in an HDF5 file. */
final class SpeciesDataset {
  private static final String NAME = "/" + StateCodec.ATOMS;
  private static final int DEEPEST = 3;
  private static final int SPACE = 3;
  private static final int MOST_GROUPS = 100_000;
  private static final int SHOWN = 8;

  private SpeciesDataset() {}

  /**
   * How many states a dataset holds, and of what size.
   *
   * @param snapshots at least 1
   * @param cells of each
   */
  record Shape(long snapshots, Cells cells) {}

  /**
   * The shape of a dataset; any other than [nx,ny,nz,basis] or [snapshots,nx,ny,nz,basis], or none
   * at all, is an error (65).
   *
   * @param file results of any stage
   * @param dataset its path
   * @param crystal of the state
   * @return snapshots and cells
   */
  static Shape shape(Hdf5Reader file, String dataset, Crystal crystal) {
    long[] dims = file.dims(dataset);
    int first = dims.length - SPACE - 1;
    boolean fits = (first == 0 || first == 1) && dims[first + SPACE] == crystal.basisCount();
    for (int axis = 0; fits && axis < SPACE; axis++) {
      fits = dims[first + axis] > 0 && dims[first + axis] <= Integer.MAX_VALUE;
    }
    if (!fits || first == 1 && dims[0] < 1) {
      String axes = "[nx, ny, nz, " + crystal.basisCount() + "]";
      throw LatticeLiftException.badData(
          "no states of " + crystal.name() + ": shape " + Arrays.toString(dims),
          file.file() + " " + dataset,
          axes + ", or with an axis of at least one snapshot before it",
          "Check the file, the dataset and the crystal");
    }
    Cells cells = new Cells((int) dims[first], (int) dims[first + 1], (int) dims[first + 2]);
    return new Shape(first == 0 ? 1 : dims[0], cells);
  }

  /**
   * The dataset of a group, or the only one of the file.
   *
   * @param file results of any stage
   * @param group such as T2000; empty where there is only one
   * @return its path
   */
  static String of(Hdf5Reader file, String group) {
    if (!group.isEmpty()) {
      return "/" + group + NAME;
    }
    List<String> all = new ArrayList<>();
    collect(file, "", 0, all, new AtomicInteger());
    if (all.contains(NAME)) {
      return NAME;
    }
    if (all.size() != 1) {
      throw LatticeLiftException.badData(
          all.isEmpty() ? "no state of an alloy" : all.size() + " states",
          file.file().toString(),
          all.isEmpty() ? "a dataset 'species'" : "one of the groups " + some(all),
          "Name the group: --condition of 'sro', key lattice.start.group");
    }
    return all.get(0);
  }

  private static String some(List<String> datasets) {
    List<String> groups =
        datasets.stream().limit(SHOWN).map(SpeciesDataset::group).collect(Collectors.toList());
    if (datasets.size() > SHOWN) {
      groups.add("... " + (datasets.size() - SHOWN) + " more");
    }
    return groups.toString();
  }

  private static String group(String dataset) {
    return dataset.substring(1, dataset.length() - NAME.length());
  }

  private static void collect(
      Hdf5Reader file, String group, int depth, List<String> all, AtomicInteger groups) {
    if (groups.incrementAndGet() > MOST_GROUPS) {
      throw LatticeLiftException.badData(
          "more than " + MOST_GROUPS + " groups",
          file.file().toString(),
          "fewer groups to look for a state in",
          "Name the group: --condition of 'sro', key lattice.start.group");
    }
    if (file.exists(group + NAME)) {
      all.add(group + NAME);
    }
    if (depth == DEEPEST) {
      return;
    }
    for (String child : file.children(group.isEmpty() ? "/" : group)) {
      String path = group + "/" + child;
      if (file.isGroup(path)) {
        collect(file, path, depth + 1, all, groups);
      }
    }
  }
}
