package org.latticelift.learn.sde;

import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;

/** The group {@code /macroscopic}, alike in {@code pairs.h5} and {@code model.h5}. */
public final class MacroscopicFile {
  private static final String START = "/macroscopic/start";

  private MacroscopicFile() {}

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
        "/macroscopic/independent",
        map.independent(),
        new long[] {d},
        DatasetInfo.of("1", "index of each trained variable among the observables", "variable"));
    writer.dataset(
        "/macroscopic/expand_matrix",
        map.matrix(),
        new long[] {m, d},
        DatasetInfo.of("1", "observables = matrix * trained + offset", "observable", "variable"));
    writer.dataset(
        "/macroscopic/expand_offset",
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
    long d = reader.requireDims("/macroscopic/independent", -1)[0];
    reader.requireDims("/macroscopic/expand_matrix", m, d);
    reader.requireDims("/macroscopic/expand_offset", m);
    double[] start = new double[(int) m];
    if (reader.exists(START)) {
      reader.requireDims(START, m);
      start = reader.doubles(START);
    }
    return new MacroscopicMap(
        names,
        reader.ints("/macroscopic/independent"),
        reader.doubles("/macroscopic/expand_matrix"),
        reader.doubles("/macroscopic/expand_offset"),
        start);
  }
}
