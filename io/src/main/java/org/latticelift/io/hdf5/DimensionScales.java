package org.latticelift.io.hdf5;

import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Dimension scales for all axes of a file, so that netCDF-4 readers such as xarray know their
 * names. A dataset of one axis with its own name is the scale of that axis (a coordinate); for
 * every other axis its group gets a scale without data. Axes of one name and different lengths in a
 * group, and the second of two equal ones of a dataset, are numbered: {@code neuron_2}.
 */
final class DimensionScales {
  private final List<FlatDataset> datasets = new ArrayList<>();

  /** Attaches all axes below a group. */
  void attach(WritableGroup group) {
    TreeMap<String, Node> children = new TreeMap<>(group.getChildren());
    for (Node child : children.values()) {
      if (child instanceof FlatDataset dataset && isCoordinate(dataset)) {
        dataset.links().becomeScale();
        datasets.add(dataset);
      }
    }
    for (Node child : children.values()) {
      if (child instanceof WritableGroup below) {
        attach(below);
      } else if (child instanceof FlatDataset dataset && !isCoordinate(dataset)) {
        attach(dataset, group);
      }
    }
  }

  private static boolean isCoordinate(FlatDataset dataset) {
    return dataset.axes().equals(List.of(dataset.getName()));
  }

  private void attach(FlatDataset dataset, WritableGroup group) {
    if (dataset.axes().isEmpty()) {
      return;
    }
    datasets.add(dataset);
    Set<String> used = new HashSet<>();
    for (int axis = 0; axis < dataset.axes().size(); axis++) {
      FlatDataset scale = scale(group, dataset.axes().get(axis), dataset.lengths()[axis], used);
      used.add(scale.getName());
      dataset.links().attach(dataset, scale);
    }
  }

  private FlatDataset scale(WritableGroup group, String axis, long length, Set<String> used) {
    for (int number = 1; ; number++) {
      String name = number == 1 ? axis : axis + "_" + number;
      Node there = group.getChild(name);
      if (there == null) {
        FlatDataset made = FlatDataset.scale(name, (Group) group, length);
        made.links().becomeScale();
        group.putDataset(name, made);
        datasets.add(made);
        return made;
      }
      if (there instanceof FlatDataset known
          && known.links().isScale()
          && known.lengths()[0] == length
          && !used.contains(name)) {
        return known;
      }
    }
  }

  /** Stores all references, now that the addresses of all datasets are known; the new end. */
  long write(HdfFileChannel channel, long end) {
    if (datasets.isEmpty()) {
      return end;
    }
    long start = (end + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    GlobalHeap heap = new GlobalHeap(start);
    for (FlatDataset dataset : datasets) {
      List<FlatDataset> scales = dataset.links().scales();
      ByteBuffer entries = HeaderMessage.little(GlobalHeap.ENTRY_BYTES * scales.size());
      scales.forEach(scale -> heap.add(scale.headerAddress(), entries));
      dataset.links().setEntries(entries.flip());
    }
    datasets.forEach(dataset -> dataset.writeHeader(channel));
    ByteBuffer bytes = heap.bytes();
    long after = start + bytes.limit();
    channel.write(bytes, start);
    return after;
  }
}
