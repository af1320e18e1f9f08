package org.latticelift.sim.system;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * From the d trained variables to all m observables: full = matrix trained + offset (sum rules,
 * DI-23).
 *
 * @param observables names of all m observables
 * @param independent index of each trained variable among the observables
 * @param matrix m by d, row-major
 * @param offset m values
 * @param start observables of the initial states of the large system on average, m values
 */
public record MacroscopicMap(
    List<String> observables, int[] independent, double[] matrix, double[] offset, double[] start) {

  /** Of a value. */
  private static final double LARGEST = 1e60;

  /**
   * With predictions that start from 0.
   *
   * @param observables m names
   * @param independent d indices
   * @param matrix m times d values
   * @param offset m values
   */
  public MacroscopicMap(
      List<String> observables, int[] independent, double[] matrix, double[] offset) {
    this(observables, independent, matrix, offset, new double[offset.length]);
  }

  /** Checks sizes and values. */
  public MacroscopicMap {
    observables = List.copyOf(observables);
    int m = observables.size();
    boolean fits =
        offset.length == m && start.length == m && matrix.length == m * independent.length;
    boolean bounded =
        Stream.of(matrix, offset, start)
            .flatMapToDouble(Arrays::stream)
            .allMatch(MacroscopicMap::bounded);
    if (!fits || !bounded || Arrays.stream(independent).anyMatch(i -> i < 0 || i >= m)) {
      throw LatticeLiftException.badData(
          "The map from trained variables to observables is not valid",
          MacroscopicGroup.GROUP,
          "independent [d], expand_matrix [m,d], expand_offset [m] and start [m], none beyond 1e60, for "
              + m
              + " observables",
          "Make the pairs again");
    }
  }

  /** The squares of what is mapped must be finite numbers. */
  private static boolean bounded(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /**
   * The map of a system ({@code system}: whose observables are trained); its relations, and where
   * predictions of it start.
   */
  public static MacroscopicMap of(LatticeSystem<?> system) {
    Macroscopics all = system.macroscopics();
    return new MacroscopicMap(
        all.names(),
        all.independent(),
        Arrays.stream(all.matrix()).flatMapToDouble(Arrays::stream).toArray(),
        all.offset(),
        system.start());
  }

  /** The map that trains every observable ({@code observables}: names); unit matrix, no offset. */
  public static MacroscopicMap identity(List<String> observables) {
    return identity(observables, new double[observables.size()]);
  }

  /** This map with every observable trained; unit matrix, no offset, the same start. */
  public MacroscopicMap withoutRelations() {
    return identity(observables, start);
  }

  private static MacroscopicMap identity(List<String> observables, double[] start) {
    int m = observables.size();
    int[] all = new int[m];
    double[] matrix = new double[m * m];
    for (int i = 0; i < m; i++) {
      all[i] = i;
      matrix[i * m + i] = 1;
    }
    return new MacroscopicMap(observables, all, matrix, new double[m], start);
  }

  /** Number of trained variables; d. */
  public int trained() {
    return independent.length;
  }

  /**
   * All observables of a state ({@code state}: d trained variables; {@code full}: receives m
   * observables).
   */
  public void expand(double[] state, double[] full) {
    int d = independent.length;
    for (int k = 0; k < full.length; k++) {
      double sum = offset[k];
      for (int i = 0; i < d; i++) {
        sum += matrix[k * d + i] * state[i];
      }
      full[k] = sum;
    }
  }

  /**
   * The group {@code /macroscopic}, which files of pairs and of models have alike: how m
   * observables follow from d trained variables.
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
  public static final class MacroscopicGroup {
    /** Its path. */
    static final String GROUP = "/macroscopic";

    private static final String INDEPENDENT = GROUP + "/independent";
    private static final String MATRIX = GROUP + "/expand_matrix";
    private static final String OFFSET = GROUP + "/expand_offset";
    private static final String START = GROUP + "/start";

    private MacroscopicGroup() {}

    /** Writes the group ({@code writer}: open file; {@code map}: what to write). */
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

    /** Reads the group and the names of the observables ({@code reader}: open file); the map. */
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
}
