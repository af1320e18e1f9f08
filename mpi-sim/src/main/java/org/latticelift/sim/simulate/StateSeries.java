package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StateCodec;

/**
 * The datasets of {@code snapshots.h5} and {@code large.h5}: states of one condition with what was
 * recorded about each. Reserved in the file first, filled plane by plane afterwards.
 */
public final class StateSeries {
  private StateSeries() {}

  /**
   * Writes what holds for all observables of a file: their names, and what was subtracted.
   *
   * @param file being written
   * @param system that was observed
   * @param extent of the states that were observed
   */
  public static void describeObservables(
      Hdf5Writer file, MicroscopicSystem<?> system, Extent extent) {
    List<String> names = system.macroscopics().names();
    file.attribute("/", "observable_names", names.toArray(new String[0]));
    double[] reference = system.reference(extent);
    if (reference.length > 0) {
      file.attribute("/", "observable_reference", reference);
    }
  }

  /**
   * Writes what holds for the whole file.
   *
   * @param file being written
   * @param system whose states it has
   * @param extent of the states
   */
  public static void describe(Hdf5Writer file, MicroscopicSystem<?> system, Extent extent) {
    describeObservables(file, system, extent);
    for (Map.Entry<String, List<String>> entry : system.codec().legend().entrySet()) {
      file.attribute("/", entry.getKey(), entry.getValue().toArray(new String[0]));
    }
  }

  /**
   * Opens the group of a condition.
   *
   * @param file being written
   * @param condition its name becomes the group's
   * @return path of the group
   */
  public static String group(Hdf5Writer file, Condition condition) {
    String group = "/" + condition.name();
    file.group(group);
    file.attribute(group, condition.parameter(), condition.value());
    return group;
  }

  /**
   * Reserves room for states.
   *
   * @param file being written
   * @param group from {@link #group}
   * @param count number of states
   * @param codec of the states
   * @param extent of the states
   * @return to be filled after the file is closed, {@code count} times the elements of a state
   */
  public static SlabDataset reserve(
      Hdf5Writer file, String group, long count, StateCodec<?> codec, Extent extent) {
    long[] one = codec.shape(extent);
    long[] dims = new long[one.length + 1];
    dims[0] = count;
    System.arraycopy(one, 0, dims, 1, one.length);
    List<String> axes = new ArrayList<>(List.of("snapshot"));
    axes.addAll(codec.axes());
    return reserve(file, group, codec, dims, axes);
  }

  /**
   * Reserves room for one state.
   *
   * @param file being written
   * @param group where
   * @param codec of the state
   * @param extent of the state
   * @return to be filled after the file is closed
   */
  public static SlabDataset reserveOne(
      Hdf5Writer file, String group, StateCodec<?> codec, Extent extent) {
    return reserve(file, group, codec, codec.shape(extent), codec.axes());
  }

  private static SlabDataset reserve(
      Hdf5Writer file, String group, StateCodec<?> codec, long[] dims, List<String> axes) {
    DatasetInfo info = new DatasetInfo("1", codec.dataset() + " codes", axes);
    boolean unsigned = codec.elementType() == ElementType.UINT8;
    return file.reserve(
        group + "/" + codec.dataset(),
        codec.elementType(),
        dims,
        unsigned ? info.asUnsigned() : info);
  }

  /**
   * Elements of one state.
   *
   * @param codec of the states
   * @param extent of the states
   * @return product of the shape
   */
  public static long elements(StateCodec<?> codec, Extent extent) {
    long elements = 1;
    for (long length : codec.shape(extent)) {
      elements *= length;
    }
    return elements;
  }

  /**
   * Bytes of one state in a file.
   *
   * @param codec of the states
   * @param extent of the states
   * @return elements times the size of one
   */
  public static long bytes(StateCodec<?> codec, Extent extent) {
    return elements(codec, extent) * codec.elementType().bytes();
  }
}
