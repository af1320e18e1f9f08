package org.latticelift.sim.system;

import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * The group {@code /macroscopic}, which files of pairs and of models have alike: how m observables
 * follow from d trained variables.
 *
 * <table>
 *   <caption>Its datasets</caption>
 *   <tr><td>{@code independent}</td><td>int32 [d], index of each among the observables</td></tr>
 *   <tr><td>{@code expand_matrix}</td><td>float64 [m,d]</td></tr>
 *   <tr><td>{@code expand_offset}</td><td>float64 [m]</td></tr>
 *   <tr><td>{@code start}</td><td>float64 [m], observables of initial large states on average; where
 *       it is missing, 0</td></tr>
 * </table>
 *
 * The names of the observables are the attribute {@code observable_names} of the file.
 */
public final class MacroscopicGroup {
  /** Its path. */
  static final String GROUP = "/macroscopic";

  private static final String INDEPENDENT = GROUP + "/independent";
  private static final String MATRIX = GROUP + "/expand_matrix";
  private static final String OFFSET = GROUP + "/expand_offset";
  private static final String START = GROUP + "/start";

  private MacroscopicGroup() {}

  /**
   * Writes the group.
   *
   * @param writer open file
   * @param map what to write
   */
  public static void write(Hdf5Writer writer, MacroscopicMap map) {
    long m = map.observables().size();
    long d = map.trained();
    writer.dataset(
        INDEPENDENT,
        map.independent(),
        new long[] {d},
        DatasetInfo.of("1", "index of each trained variable among the observables", "variable"));
    writer.dataset(
        MATRIX,
        map.matrix(),
        new long[] {m, d},
        DatasetInfo.of("1", "observables = matrix * trained + offset", "observable", "variable"));
    writer.dataset(
        OFFSET,
        map.offset(),
        new long[] {m},
        DatasetInfo.of("1", "observables = matrix * trained + offset", "observable"));
    writer.dataset(
        START,
        map.start(),
        new long[] {m},
        DatasetInfo.of("1", "mean observables of initial large states", "observable"));
  }

  /**
   * Reads the group and the names of the observables.
   *
   * @param reader open file
   * @return the map
   */
  public static MacroscopicMap read(Hdf5Reader reader) {
    List<String> names = reader.textListAttribute("/", "observable_names");
    long m = names.size();
    long d = reader.requireDims(INDEPENDENT, -1)[0];
    reader.requireDims(MATRIX, m, d);
    reader.requireDims(OFFSET, m);
    double[] start = new double[(int) m];
    if (reader.exists(START)) {
      reader.requireDims(START, m);
      start = reader.doubles(START);
    }
    return new MacroscopicMap(
        names, reader.ints(INDEPENDENT), reader.doubles(MATRIX), reader.doubles(OFFSET), start);
  }
}
