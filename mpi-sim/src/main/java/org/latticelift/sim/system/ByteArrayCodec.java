package org.latticelift.sim.system;

import java.util.List;
import org.latticelift.io.hdf5.ElementType;

/**
 * States that are arrays of bytes, such as one per site, stored as they are.
 *
 * @param dataset name of the HDF5 dataset
 * @param axes names of the axes of an extent's shape
 */
public record ByteArrayCodec(String dataset, List<String> axes) implements StateCodec<byte[]> {
  @Override
  public ElementType elementType() {
    return ElementType.INT8;
  }

  @Override
  public long[] shape(Extent extent) {
    return extent.shape().stream().mapToLong(Integer::longValue).toArray();
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
