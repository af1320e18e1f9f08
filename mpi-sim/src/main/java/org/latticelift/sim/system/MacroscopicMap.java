package org.latticelift.sim.system;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;

/**
 * From the d trained variables to all m observables: full = matrix trained + offset (sum rules,
 * DI-23). The group {@code /macroscopic}, which files of pairs and of models have alike.
 *
 * @param observables names of all m observables
 * @param start observables of the initial states of the large system on average, m values; empty,
 *     as earlier versions have it, for 0
 */
public record MacroscopicMap(
    List<String> observables,
    @Stored(value = "index of each trained variable among the observables", axes = "variable")
        int[] independent,
    @Stored(
            name = "expand_matrix",
            value = "observables = matrix * trained + offset",
            axes = {"observable", "variable"})
        double[] matrix,
    @Stored(
            name = "expand_offset",
            value = "observables = matrix * trained + offset",
            axes = "observable")
        double[] offset,
    @Stored(
            value = "mean observables of initial large states",
            axes = "observable",
            optional = true)
        double[] start) {
  private static final String GROUP = "/macroscopic";
  private static final RecordLayout<MacroscopicMap> LAYOUT = RecordLayout.of(MacroscopicMap.class);

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
    this(observables, independent, matrix, offset, new double[0]);
  }

  /** Checks sizes and values. */
  public MacroscopicMap {
    observables = List.copyOf(observables);
    int m = observables.size();
    start = start.length == 0 ? new double[m] : start;
    boolean fits =
        offset.length == m && start.length == m && matrix.length == m * independent.length;
    boolean bounded =
        Stream.of(matrix, offset, start)
            .flatMapToDouble(Arrays::stream)
            .allMatch(MacroscopicMap::bounded);
    if (!fits || !bounded || Arrays.stream(independent).anyMatch(i -> i < 0 || i >= m)) {
      throw LatticeLiftException.badData(
          "The map from trained variables to observables is not valid",
          GROUP,
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

  /** Writes the group; the names of the observables are an attribute of the file. */
  public void write(Hdf5Writer writer) {
    LAYOUT.write(writer, GROUP, this, Map.of(), Map.of());
  }

  /** Reads the group and the names of the observables ({@code reader}: open file); the map. */
  public static MacroscopicMap read(Hdf5Reader reader) {
    List<String> names = reader.textListAttribute("/", "observable_names");
    Map<String, Long> sizes = Map.of("observable", (long) names.size());
    return LAYOUT.read(reader, GROUP, Map.of("observables", names), sizes);
  }
}
