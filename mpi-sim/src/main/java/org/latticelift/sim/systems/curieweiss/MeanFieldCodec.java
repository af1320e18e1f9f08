package org.latticelift.sim.systems.curieweiss;

import java.nio.ByteBuffer;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.systems.spin.SpinCodec;

/** Spins as they are; to continue bit for bit, the lists of sites in their order. */
final class MeanFieldCodec extends SpinCodec<MeanFieldSpins> {
  MeanFieldCodec() {
    super(MeanFieldSpins::of);
  }

  @Override
  public byte[] save(MeanFieldSpins state) {
    int[] order = state.order();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (order.length + 1));
    bytes.putInt(state.ups());
    bytes.asIntBuffer().put(order);
    return bytes.array();
  }

  @Override
  public MeanFieldSpins restore(byte[] bytes, Extent extent) {
    ByteBuffer saved = ByteBuffer.wrap(bytes);
    int ups = saved.getInt();
    int[] order = new int[saved.remaining() / Integer.BYTES];
    saved.asIntBuffer().get(order);
    return MeanFieldSpins.of(order, ups);
  }
}
