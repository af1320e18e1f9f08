package org.latticelift.sim.system;

import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;

/** Turns states into the bytes of files and back ({@code S}: state). */
public interface StateCodec<S> {
  /** The dataset of sites with atoms, by which export, figures and starts from files know them. */
  String ATOMS = "species";

  /** The dataset of spins. */
  String SPINS = "spin";

  /** How the dataset of states looks. */
  Layout layout();

  /**
   * The dataset that holds states.
   *
   * @param dataset its name, such as {@link StateCodec#ATOMS}
   * @param elementType of its elements
   * @param axes names of the axes of a state, slowest first
   * @param legend attributes of the file that explain the codes, such as {@code species_names}
   */
  record Layout(
      String dataset,
      ElementType elementType,
      List<String> axes,
      Map<String, List<String>> legend) {
    /** Without codes to explain. */
    public Layout(String dataset, ElementType elementType, List<String> axes) {
      this(dataset, elementType, axes, Map.of());
    }
  }

  /** {@link Layout#dataset} of the {@link #layout}. */
  default String dataset() {
    return layout().dataset();
  }

  /** {@link Layout#elementType} of the {@link #layout}. */
  default ElementType elementType() {
    return layout().elementType();
  }

  /** Shape of one state; axis lengths, slowest first; that of the extent unless it has more. */
  default long[] shape(Extent extent) {
    return extent.shape().stream().mapToLong(Integer::longValue).toArray();
  }

  /**
   * The elements of a state as they stand in the dataset, little-endian ({@code state}: not
   * modified).
   */
  byte[] encode(S state);

  /** The state of some elements ({@code bytes}: from {@link #encode} or a file). */
  S decode(byte[] bytes, Extent extent);

  /**
   * Writes what else a reader of a single stored state wants to know ({@code state}: not modified).
   */
  default void details(Hdf5Writer file, String group, S state) {
    // Most systems have nothing to add.
  }

  /**
   * Everything needed to continue bit for bit, which may be more than {@link #encode} keeps ({@code
   * state}: not modified); bytes for {@link #restore}.
   */
  default byte[] save(S state) {
    return encode(state);
  }

  /** A state saved by {@link #save}. */
  default S restore(byte[] bytes, Extent extent) {
    return decode(bytes, extent);
  }

  /**
   * States that are arrays of bytes, such as one per site, stored as they are.
   *
   * @param dataset name of the HDF5 dataset
   * @param axes names of the axes of an extent's shape
   */
  public record ByteArrayCodec(String dataset, List<String> axes) implements StateCodec<byte[]> {
    /**
     * Copies of a state side by side along the first axis ({@code state}: not modified; {@code
     * extent}: size to reach); a new state.
     */
    public static byte[] repeated(byte[] state, Extent extent) {
      byte[] large = new byte[Math.toIntExact(extent.sites())];
      for (int at = 0; at < large.length; at += state.length) {
        System.arraycopy(state, 0, large, at, Math.min(state.length, large.length - at));
      }
      return large;
    }

    @Override
    public Layout layout() {
      return new Layout(dataset, ElementType.INT8, axes);
    }

    @Override
    public byte[] encode(byte[] state) {
      return state.clone();
    }

    @Override
    public byte[] decode(byte[] bytes, Extent extent) {
      return bytes.clone();
    }
  }
}
