package org.latticelift.sim.schedule;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;

/** States are stored as those of the system; only checkpoints keep the clock, too. */
record TimedCodec<S>(StateCodec<S> codec) implements StateCodec<TimedState<S>> {
  @Override
  public String dataset() {
    return codec.dataset();
  }

  @Override
  public ElementType elementType() {
    return codec.elementType();
  }

  @Override
  public long[] shape(Extent extent) {
    return codec.shape(extent);
  }

  @Override
  public List<String> axes() {
    return codec.axes();
  }

  @Override
  public Map<String, List<String>> legend() {
    return codec.legend();
  }

  @Override
  public byte[] encode(TimedState<S> state) {
    return codec.encode(state.state());
  }

  @Override
  public TimedState<S> decode(byte[] bytes, Extent extent) {
    return new TimedState<>(codec.decode(bytes, extent), 0);
  }

  @Override
  public void details(Hdf5Writer file, String group, TimedState<S> state) {
    codec.details(file, group, state.state());
  }

  @Override
  public byte[] save(TimedState<S> state) {
    byte[] inner = codec.save(state.state());
    return ByteBuffer.allocate(Integer.BYTES + inner.length)
        .putInt(state.records())
        .put(inner)
        .array();
  }

  @Override
  public TimedState<S> restore(byte[] bytes, Extent extent) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int records = in.getInt();
    byte[] inner = new byte[in.remaining()];
    in.get(inner);
    return new TimedState<>(codec.restore(inner, extent), records);
  }
}
