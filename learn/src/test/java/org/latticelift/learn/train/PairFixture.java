package org.latticelift.learn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.MacroscopicFile;
import org.latticelift.learn.sde.MacroscopicMap;

/** A {@code pairs.h5} of the synthetic problem with one dependent observable. */
public final class PairFixture {
  private PairFixture() {}

  /**
   * Writes the file.
   *
   * @param file new file
   * @param perCondition pairs per temperature
   * @param seed of the pairs
   */
  public static void write(Path file, int perCondition, long seed) {
    PairSet pairs = OrnsteinUhlenbeck.pairs(perCondition, seed);
    MacroscopicMap map =
        new MacroscopicMap(
            List.of("NbNb", "MoMo", "MoTa", "TaTa"),
            new int[] {1, 2, 3},
            new double[] {-1, -1, -1, 1, 0, 0, 0, 1, 0, 0, 0, 1},
            new double[] {0.01, 0, 0, 0});
    int n = pairs.count();
    long[] sample = new long[n];
    Arrays.setAll(sample, k -> k % perCondition);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "observable_names", map.observables().toArray(new String[0]));
      writer.attribute("/", "patches", 8L);
      writer.attribute("/", "parameter_name", "temperature_K");
      MacroscopicFile.write(writer, map);
      put(writer, "/z0", expand(map, pairs.z0()), n, 4);
      put(writer, "/z1", expand(map, pairs.z1()), n, 4);
      writer.dataset("/dt", pairs.dt(), new long[] {n}, DatasetInfo.of("s", "duration", "pair"));
      put(writer, "/condition", pairs.condition(), n);
      put(writer, "/sample", sample, n);
      put(writer, "/conditions/value", pairs.temperature(), 4);
    }
  }

  private static void put(Hdf5Writer writer, String path, Object values, long... dims) {
    String[] axes = new String[dims.length];
    Arrays.fill(axes, "axis");
    writer.dataset(path, values, dims, DatasetInfo.of("1", path, axes));
  }

  private static double[] expand(MacroscopicMap map, double[] states) {
    int rows = states.length / 3;
    double[] full = new double[rows * 4];
    double[] one = new double[4];
    for (int k = 0; k < rows; k++) {
      map.expand(Arrays.copyOfRange(states, 3 * k, 3 * k + 3), one);
      System.arraycopy(one, 0, full, 4 * k, 4);
    }
    return full;
  }
}
