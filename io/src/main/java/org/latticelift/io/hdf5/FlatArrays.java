package org.latticelift.io.hdf5;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encodes flat primitive arrays piecewise, so that no second copy of a large array exists. */
final class FlatArrays {
  private static final int CHUNK_ELEMENTS = 1 << 17;

  private FlatArrays() {}

  /** Receives encoded bytes in order. */
  interface Sink {
    void accept(ByteBuffer bytes, long byteOffset) throws java.io.IOException;
  }

  static int length(Object array) {
    return Array.getLength(array);
  }

  static ElementType typeOf(Object array, boolean unsigned) {
    if (array instanceof byte[]) {
      return unsigned ? ElementType.UINT8 : ElementType.INT8;
    }
    if (array instanceof short[]) {
      return unsigned ? ElementType.UINT16 : ElementType.INT16;
    }
    if (array instanceof int[]) {
      return unsigned ? ElementType.UINT32 : ElementType.INT32;
    }
    if (unsigned) {
      throw new IllegalArgumentException("unsigned needs byte[], short[] or int[]");
    }
    if (array instanceof long[]) {
      return ElementType.INT64;
    }
    if (array instanceof float[]) {
      return ElementType.FLOAT32;
    }
    if (array instanceof double[]) {
      return ElementType.FLOAT64;
    }
    throw new IllegalArgumentException("not a flat primitive array: " + array.getClass());
  }

  static void encode(Object array, int offset, int length, Sink sink) throws java.io.IOException {
    if (array instanceof byte[] bytes) {
      sink.accept(ByteBuffer.wrap(bytes, offset, length), 0);
      return;
    }
    int size = typeOf(array, false).bytes();
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.min(length, CHUNK_ELEMENTS) * size).order(ByteOrder.nativeOrder());
    for (int done = 0; done < length; done += CHUNK_ELEMENTS) {
      int count = Math.min(CHUNK_ELEMENTS, length - done);
      buffer.clear();
      put(array, offset + done, count, buffer);
      buffer.position(0).limit(count * size);
      sink.accept(buffer, (long) done * size);
    }
  }

  private static void put(Object array, int offset, int count, ByteBuffer buffer) {
    if (array instanceof double[] values) {
      buffer.asDoubleBuffer().put(values, offset, count);
    } else if (array instanceof float[] values) {
      buffer.asFloatBuffer().put(values, offset, count);
    } else if (array instanceof long[] values) {
      buffer.asLongBuffer().put(values, offset, count);
    } else if (array instanceof int[] values) {
      buffer.asIntBuffer().put(values, offset, count);
    } else {
      buffer.asShortBuffer().put((short[]) array, offset, count);
    }
  }
}
