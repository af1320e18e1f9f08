package org.latticelift.sim.systems.spin;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;

/**
 * Spins, one signed byte of +1 or -1 per site, row by row.
 *
 * @param <S> state
 */
public class SpinCodec<S extends SquareSpins> implements StateCodec<S> {
  private final Function<byte[], S> build;

  /**
   * A codec.
   *
   * @param build a state from such bytes
   */
  public SpinCodec(Function<byte[], S> build) {
    this.build = build;
  }

  @Override
  public String dataset() {
    return SPINS;
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
  public byte[] encode(S state) {
    return state.spins();
  }

  @Override
  public S decode(byte[] bytes, Extent extent) {
    for (byte spin : bytes) {
      if (spin != 1 && spin != -1) {
        throw LatticeLiftException.badData(
            "a spin of " + spin, "dataset spin", "+1 or -1", "Make the file again");
      }
    }
    return build.apply(bytes);
  }

  @Override
  public byte[] save(S state) {
    return encode(state);
  }

  @Override
  public S restore(byte[] bytes, Extent extent) {
    return decode(bytes, extent);
  }
}
