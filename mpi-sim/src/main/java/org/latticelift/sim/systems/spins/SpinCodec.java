package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.function.Function;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;

/** Spins, one signed byte of +1 or -1 per site, row by row ({@code S}: state). */
public class SpinCodec<S extends SquareSpins> implements StateCodec<S> {
  private final Function<byte[], S> build;

  /** A codec ({@code build}: a state from such bytes). */
  public SpinCodec(Function<byte[], S> build) {
    this.build = build;
  }

  @Override
  public Layout layout() {
    return new Layout(SPINS, ElementType.INT8, List.of("row", "column"));
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
}
