package org.latticelift.io.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * The rule of reproducibility: all datasets of equal runs are equal bit for bit, but for those
 * under {@code /provenance} and those whose names contain {@code wall}.
 */
public final class RunDirectories {
  private static final String PROVENANCE = "provenance";
  private static final String WALL = "wall";

  private RunDirectories() {}

  /**
   * Compares all HDF5 files of two run directories, and that there are no others.
   *
   * @param expected one run directory
   * @param actual another
   * @return number of datasets that were compared
   * @throws IOException if a folder cannot be listed
   */
  public static int requireEqual(Path expected, Path actual) throws IOException {
    List<String> files = files(expected);
    assertThat(files(actual)).as("files of %s", actual).isEqualTo(files);
    int count = 0;
    for (String file : files) {
      count += requireEqualFiles(expected.resolve(file), actual.resolve(file));
    }
    return count;
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(".h5"))
          .map(f -> root.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private static int requireEqualFiles(Path expected, Path actual) {
    try (Hdf5Reader one = Hdf5Reader.open(expected);
        Hdf5Reader two = Hdf5Reader.open(actual)) {
      List<String> datasets = new ArrayList<>();
      collect(one, "/", datasets);
      List<String> others = new ArrayList<>();
      collect(two, "/", others);
      assertThat(others).as("datasets of %s", actual).isEqualTo(datasets);
      for (String dataset : datasets) {
        String place = actual.getFileName() + " " + dataset;
        assertThat(two.dims(dataset)).as(place).isEqualTo(one.dims(dataset));
        assertThat(values(two, dataset)).as(place).isEqualTo(values(one, dataset));
        assertThat(attributes(two, dataset)).as(place).isEqualTo(attributes(one, dataset));
      }
      return datasets.size();
    }
  }

  private static void collect(Hdf5Reader reader, String group, List<String> datasets) {
    for (String child : reader.children(group)) {
      String path = (group.equals("/") ? "" : group) + "/" + child;
      if (child.equals(PROVENANCE) || child.contains(WALL)) {
        continue;
      }
      if (reader.isGroup(path)) {
        collect(reader, path, datasets);
      } else {
        datasets.add(path);
      }
    }
  }

  /** The bits; {@code assertThat(double[]).isEqualTo} tells NaN from numbers, and 0 from -0. */
  private static Object values(Hdf5Reader reader, String dataset) {
    ElementType type = reader.type(dataset);
    return switch (type) {
      case FLOAT32, FLOAT64 -> bits(reader.doubles(dataset));
      case TEXT -> reader.texts(dataset);
      default -> reader.longs(dataset);
    };
  }

  private static long[] bits(double[] values) {
    return java.util.Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static TreeMap<String, Object> attributes(Hdf5Reader reader, String dataset) {
    TreeMap<String, Object> found = new TreeMap<>();
    for (String name : reader.attributes(dataset)) {
      found.put(name, text(reader.attribute(dataset, name)));
    }
    return found;
  }

  private static String text(Object value) {
    return java.util.Arrays.deepToString(new Object[] {value});
  }
}
