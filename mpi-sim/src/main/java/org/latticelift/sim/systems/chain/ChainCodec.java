package org.latticelift.sim.systems.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;

/** Displacements, as they are. */
final class ChainCodec implements StateCodec<Chain> {
  @Override
  public String dataset() {
    return "displacement";
  }

  @Override
  public ElementType elementType() {
    return ElementType.FLOAT64;
  }

  @Override
  public long[] shape(Extent extent) {
    return new long[] {extent.shape().get(0)};
  }

  @Override
  public List<String> axes() {
    return List.of("particle");
  }

  @Override
  public Map<String, List<String>> legend() {
    return Map.of();
  }

  @Override
  public byte[] encode(Chain state) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * state.particles()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(state.displacement());
    return bytes.array();
  }

  @Override
  public Chain decode(byte[] bytes, Extent extent) {
    double[] x = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(x);
    for (double value : x) {
      if (!Double.isFinite(value)) {
        throw LatticeLiftException.badData(
            "a value of " + value, "dataset displacement", "finite numbers", "Make the file again");
      }
    }
    return new Chain(x);
  }

  @Override
  public byte[] save(Chain state) {
    return encode(state);
  }

  @Override
  public Chain restore(byte[] bytes, Extent extent) {
    return decode(bytes, extent);
  }
}
