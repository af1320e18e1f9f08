package org.latticelift.sim.systems.predatorprey;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.StateCodec;

/** Both fields, prey first: 32 bits a value in results, 64 in checkpoints. */
final class FieldsCodec implements StateCodec<Fields> {
  @Override
  public String dataset() {
    return "field";
  }

  @Override
  public ElementType elementType() {
    return ElementType.FLOAT32;
  }

  @Override
  public long[] shape(Extent extent) {
    return new long[] {2, extent.shape().get(0)};
  }

  @Override
  public List<String> axes() {
    return List.of("component", "cell");
  }

  @Override
  public Map<String, List<String>> legend() {
    return Map.of("component_names", List.of("prey", "predator"));
  }

  @Override
  public byte[] encode(Fields state) {
    ByteBuffer bytes = buffer(2 * state.cells() * Float.BYTES);
    for (double[] field : List.of(state.prey(), state.predator())) {
      for (double value : field) {
        bytes.putFloat((float) value);
      }
    }
    return bytes.array();
  }

  @Override
  public Fields decode(byte[] bytes, Extent extent) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return fields(bytes.length / 2 / Float.BYTES, from::getFloat);
  }

  @Override
  public byte[] save(Fields state) {
    ByteBuffer bytes = buffer(2 * state.cells() * Double.BYTES);
    for (double[] field : List.of(state.prey(), state.predator())) {
      for (double value : field) {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  @Override
  public Fields restore(byte[] bytes, Extent extent) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return fields(bytes.length / 2 / Double.BYTES, from::getDouble);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Fields fields(int cells, java.util.function.DoubleSupplier next) {
    Fields fields = new Fields(new double[cells], new double[cells]);
    for (double[] field : List.of(fields.prey(), fields.predator())) {
      for (int i = 0; i < cells; i++) {
        field[i] = next.getAsDouble();
        if (!Double.isFinite(field[i])) {
          throw LatticeLiftException.badData(
              "a value of " + field[i], "dataset field", "finite numbers", "Make the file again");
        }
      }
    }
    return fields;
  }
}
