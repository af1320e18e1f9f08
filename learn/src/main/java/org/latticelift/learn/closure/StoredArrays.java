package org.latticelift.learn.closure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays of known length in a checkpoint. */
final class StoredArrays {
  private StoredArrays() {}

  static void write(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static void read(DataInput in, float[] values) throws IOException {
    if (in.readInt() != values.length) {
      throw new IOException("an array of another length");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
  }
}
