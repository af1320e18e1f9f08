package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.hdf5.Hdf5Reader;

/** Where the species of a state stand in an HDF5 file. */
final class SpeciesDataset {
  private static final String NAME = "/species";
  private static final int DEEPEST = 3;

  private SpeciesDataset() {}

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
    collect(file, "", 0, all);
    if (all.contains(NAME)) {
      return NAME;
    }
    if (all.size() != 1) {
      throw LatticeLiftException.badData(
          all.isEmpty() ? "no state of an alloy" : all.size() + " states",
          file.file().toString(),
          all.isEmpty()
              ? "a dataset 'species'"
              : "one of the groups " + all.stream().map(SpeciesDataset::group).toList(),
          "Name the group: --condition of 'sro', key lattice.start.group");
    }
    return all.get(0);
  }

  private static String group(String dataset) {
    return dataset.substring(1, dataset.length() - NAME.length());
  }

  private static void collect(Hdf5Reader file, String group, int depth, List<String> all) {
    if (file.exists(group + NAME)) {
      all.add(group + NAME);
    }
    if (depth == DEEPEST) {
      return;
    }
    for (String child : file.children(group.isEmpty() ? "/" : group)) {
      String path = group + "/" + child;
      if (file.isGroup(path)) {
        collect(file, path, depth + 1, all);
      }
    }
  }
}
