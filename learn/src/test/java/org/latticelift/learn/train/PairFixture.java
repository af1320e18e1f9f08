package org.latticelift.learn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

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
    PairsCommon common =
        new PairsCommon(
            map,
            new double[0],
            8,
            Arrays.stream(pairs.values()).mapToObj(t -> Condition.of("temperature_K", t)).toList(),
            new double[4],
            new double[4],
            "s");
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, expand(map, pairs.z0()));
    columns.put(PairColumn.Z1, expand(map, pairs.z1()));
    columns.put(PairColumn.PATCH, new long[pairs.count()]);
    columns.put(PairColumn.DT, pairs.dt());
    columns.put(PairColumn.CONDITION, pairs.condition());
    columns.put(PairColumn.SAMPLE, sample);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      PairsFile.write(writer, common, columns);
    }
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
