package org.latticelift.io.hdf5;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.FlatDataset.FlatArrays;
import org.latticelift.io.hdf5.HeaderMessage.AsciiAttribute;
import org.latticelift.io.hdf5.HeaderMessage.GlobalHeap;
import org.latticelift.io.hdf5.SlabDataset.FullWriteChannel;

/**
 * Collects groups, attributes and datasets and writes one HDF5 file at {@link #close()}. Arrays are
 * kept by reference until then: do not change them. Missing parent groups are made.
 */
public final class Hdf5Writer implements AutoCloseable {
  private static final int ATTRIBUTE_LIMIT = 60_000;

  private final Path file;
  private final WritableGroupImpl root = new WritableGroupImpl(null, "/");
  private final List<SlabDataset> slabs = new ArrayList<>();
  private final boolean scales;
  private boolean closed;

  private Hdf5Writer(Path file, boolean scales) {
    this.file = file;
    this.scales = scales;
  }

  /**
   * Starts a file whose axes are dimension scales, so that readers of netCDF-4 know their names
   * ({@code file}: does not exist yet); a writer; nothing is on disk before {@link #close()}.
   */
  public static Hdf5Writer create(Path file) {
    return create(file, true);
  }

  /**
   * Starts a file that holds nothing but what is added, for formats that take every dataset of a
   * group for data ({@code file}: does not exist yet); a writer; nothing is on disk before {@link
   * #close()}.
   */
  public static Hdf5Writer createWithoutScales(Path file) {
    return create(file, false);
  }

  private static Hdf5Writer create(Path file, boolean scales) {
    if (Files.exists(file)) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "the file exists already",
          file.toString(),
          "a new file name",
          "Remove the file or use --overwrite");
    }
    return new Hdf5Writer(file, scales);
  }

  /**
   * Makes a group and its parents; an existing group is kept ({@code path}: absolute path such as
   * {@code /T2000/run0}).
   */
  public void group(String path) {
    groupAt(parts(path));
  }

  /**
   * Sets an attribute of a group (made if absent) or of a dataset written before ({@code path}:
   * group or dataset; {@code /} for the file; {@code value}: String, String[], Integer, Long,
   * Double, Boolean, int[], long[] or double[]; not empty; at most 60 kB).
   */
  public void attribute(String path, String name, Object value) {
    nodeAt(parts(path)).putAttribute(name, attributeValue(path, name, value));
  }

  /**
   * Sets a text attribute in ASCII, where a format asks for that ({@code path}: group or dataset).
   */
  public void asciiAttribute(String path, String name, String value) {
    WritableNode node = nodeAt(parts(path));
    node.getAttributes().put(name, new AsciiAttribute(node, name, value));
  }

  /**
   * Adds a dataset.
   *
   * @param path absolute path
   * @param flat byte[], short[], int[], long[], float[] or double[], row-major; not copied
   * @param dims shape; its product is the array's length; empty for a scalar
   * @param info units, name, axes (one per dimension), signedness
   */
  public void dataset(String path, Object flat, long[] dims, DatasetInfo info) {
    ElementType type = FlatArrays.typeOf(flat, info.unsigned());
    long elements = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    if (elements != FlatArrays.length(flat)) {
      throw new IllegalArgumentException(
          path + ": shape " + Arrays.toString(dims) + " for " + FlatArrays.length(flat));
    }
    FlatDataset.Place place = place(path, dims.length, info);
    put(place, FlatDataset.of(place, type, dims.clone(), flat), info);
  }

  /**
   * Adds a text (scalar, fixed length, UTF-8).
   *
   * @param path absolute path
   * @param value any text without NUL characters
   * @param info units {@code 1}, name, no axes
   */
  public void text(String path, String value, DatasetInfo info) {
    putText(path, value, 0, info);
  }

  /**
   * Adds a list of texts (fixed length, UTF-8).
   *
   * @param path absolute path
   * @param values at least one text
   * @param info units {@code 1}, name, one axis
   */
  public void texts(String path, String[] values, DatasetInfo info) {
    if (values.length == 0) {
      throw new IllegalArgumentException(path + ": no texts");
    }
    putText(path, values.clone(), 1, info);
  }

  /**
   * Reserves a contiguous dataset that is filled with {@link SlabDataset#write} after {@link
   * #close()}; until then the file is sparse there and reads as zeros.
   *
   * @param path absolute path
   * @param type a numeric type
   * @param dims shape; may exceed 2^31 elements
   * @param info units, name and axes
   * @return access to the data, usable after {@link #close()}; the caller closes it
   */
  public SlabDataset reserve(String path, ElementType type, long[] dims, DatasetInfo info) {
    FlatDataset.Place place = place(path, dims.length, info);
    long elements = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    SlabDataset slab = new SlabDataset(file, path, type, elements);
    put(place, FlatDataset.reserved(place, type, dims.clone(), slab::placedAt), info);
    slabs.add(slab);
    return slab;
  }

  /** Writes everything. A failure leaves an incomplete file behind, which the caller removes. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    DimensionScales axes = new DimensionScales();
    if (scales) {
      axes.attach(root);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
      FullWriteChannel target = new FullWriteChannel(channel, superblock);
      long end = axes.write(target, root.write(target, WritableHdfFile.ROOT_GROUP_ADDRESS));
      extendTo(channel, end);
      target.write(superblock.toBuffer(end), 0);
    } catch (IOException | HdfException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
    slabs.forEach(SlabDataset::fileWritten);
  }

  private static void extendTo(FileChannel channel, long end) throws IOException {
    if (channel.size() < end) {
      FullWriteChannel.writeFully(channel, java.nio.ByteBuffer.allocate(1), end - 1);
    }
  }

  private void putText(String path, Object value, int rank, DatasetInfo info) {
    FlatDataset.Place place = place(path, rank, info);
    put(place, FlatDataset.texts(place, value), info);
  }

  private FlatDataset.Place place(String path, int rank, DatasetInfo info) {
    List<String> parts = parts(path);
    WritableGroup parent = parent(parts);
    String name = parts.get(parts.size() - 1);
    if (parent.getChild(name) != null) {
      throw new IllegalArgumentException(path + " was written before");
    }
    if (info.axes().size() != rank) {
      throw new IllegalArgumentException(path + ": " + rank + " dimensions, axes " + info.axes());
    }
    return new FlatDataset.Place(name, parent, info.axes());
  }

  private static void put(FlatDataset.Place place, FlatDataset dataset, DatasetInfo info) {
    dataset.putAttribute("units", info.units());
    dataset.putAttribute("long_name", info.longName());
    dataset.putAttribute("axes", String.join(" ", info.axes()));
    ((WritableGroup) place.parent()).putDataset(dataset.getName(), dataset);
  }

  private static Object attributeValue(String path, String name, Object value) {
    if (value instanceof Boolean flag) {
      return (byte) (flag ? 1 : 0);
    }
    if (value instanceof String text && tooLong(text.length())
        || value instanceof String[] texts && tooLong(longest(texts) * texts.length)
        || value.getClass().isArray() && java.lang.reflect.Array.getLength(value) == 0
        || value instanceof double[] numbers && tooLong(numbers.length * 8L)
        || value instanceof long[] whole && tooLong(whole.length * 8L)) {
      throw new IllegalArgumentException(path + "@" + name + ": empty or above 60 kB");
    }
    return value;
  }

  private static long longest(String[] texts) {
    return Arrays.stream(texts)
        .mapToLong(t -> t.getBytes(StandardCharsets.UTF_8).length + 1L)
        .max()
        .orElse(0);
  }

  private static boolean tooLong(long bytes) {
    return bytes > ATTRIBUTE_LIMIT;
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  private WritableGroup parent(List<String> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a dataset needs a name");
    }
    return groupAt(parts.subList(0, parts.size() - 1));
  }

  private WritableGroup groupAt(List<String> parts) {
    if (nodeAt(parts) instanceof WritableGroup group) {
      return group;
    }
    throw new IllegalArgumentException("/" + String.join("/", parts) + " is a dataset");
  }

  private WritableNode nodeAt(List<String> parts) {
    WritableNode node = root;
    for (String part : parts) {
      if (!(node instanceof WritableGroup group)) {
        throw new IllegalArgumentException("/" + String.join("/", parts) + " is below a dataset");
      }
      Node child = group.getChild(part);
      node = child == null ? group.putGroup(part) : (WritableNode) child;
    }
    return node;
  }

  /**
   * Dimension scales for all axes of a file, so that netCDF-4 readers such as xarray know their
   * names. A dataset of one axis with its own name is the scale of that axis (a coordinate); for
   * every other axis its group gets a scale without data. Axes of one name and different lengths in
   * a group, and the second of two equal ones of a dataset, are numbered: {@code neuron_2}.
   */
  static final class DimensionScales {
    private final List<FlatDataset> datasets = new ArrayList<>();

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
}
