package org.latticelift.ising;

import java.util.List;
import java.util.Map;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.hdf5.ElementType;
import org.latticelift.system.Extent;
import org.latticelift.system.StateCodec;

/** Spins, one signed byte of +1 or -1 per site, row by row. */
final class SpinCodec implements StateCodec<SpinLattice> {
  @Override
  public String dataset() {
    return "spin";
  }

  @Override
  public ElementType elementType() {
    return ElementType.INT8;
  }

  @Override
  public long[] shape(Extent extent) {
    return new long[] {extent.shape().get(0), extent.shape().get(1)};
  }

  @Override
  public List<String> axes() {
    return List.of("row", "column");
  }

  @Override
  public Map<String, List<String>> legend() {
    return Map.of();
  }

  @Override
  public byte[] encode(SpinLattice state) {
    return state.spins();
  }

  @Override
  public SpinLattice decode(byte[] bytes, Extent extent) {
    for (byte spin : bytes) {
      if (spin != 1 && spin != -1) {
        throw LatticeLiftException.badData(
            "a spin of " + spin, "dataset spin", "+1 or -1", "Make the file again");
      }
    }
    return SpinLattice.of(bytes);
  }

  @Override
  public byte[] save(SpinLattice state) {
    return encode(state);
  }

  @Override
  public SpinLattice restore(byte[] bytes, Extent extent) {
    return decode(bytes, extent);
  }
}
