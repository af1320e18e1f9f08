package org.latticelift.io.hdf5;

import java.nio.ByteBuffer;

/** The element types that datasets of this product have. */
public enum ElementType {
  /** Signed 8-bit integer; also what h5py stores for {@code bool}. */
  INT8(1),
  /** Unsigned 8-bit integer. */
  UINT8(1),
  /** Signed 16-bit integer. */
  INT16(2),
  /** Unsigned 16-bit integer. */
  UINT16(2),
  /** Signed 32-bit integer. */
  INT32(4),
  /** Unsigned 32-bit integer. */
  UINT32(4),
  /** Signed 64-bit integer. */
  INT64(8),
  /** 32-bit floating point. */
  FLOAT32(4),
  /** 64-bit floating point. */
  FLOAT64(8),
  /** Text of fixed or variable length. */
  TEXT(0),
  /** Anything else; cannot be read here. */
  OTHER(0);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element; bytes per element, 0 where it is not fixed. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are numbers; true for integers and floating point. */
  public boolean isNumeric() {
    return bytes > 0;
  }

  /** Whether elements are whole numbers; true for the integer types. */
  public boolean isInteger() {
    return isNumeric() && this != FLOAT32 && this != FLOAT64;
  }

  /** The name that h5py and NumPy use, for example {@code uint8}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Converts stored elements to Java arrays; conversions never change a value. */
  static final class Numbers {
    private static final double EXACT = 9007199254740992.0;

    private Numbers() {}

    /** A value that the wanted Java type cannot hold. */
    static final class Unrepresentable extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Unrepresentable(String value) {
        super(value, null, false, false);
      }
    }

    static byte[] bytes(ByteBuffer buffer) {
      if (buffer.hasArray()
          && buffer.arrayOffset() == 0
          && buffer.array().length == buffer.limit()) {
        return buffer.array();
      }
      byte[] out = new byte[buffer.remaining()];
      buffer.get(out);
      return out;
    }

    static float[] floats(ByteBuffer buffer, ElementType type, int count) {
      float[] out = new float[count];
      if (type == ElementType.FLOAT32) {
        buffer.asFloatBuffer().get(out);
        return out;
      }
      for (int i = 0; i < count; i++) {
        long value = integer(buffer, type, i);
        out[i] = value;
        if ((long) out[i] != value) {
          throw new Unrepresentable(Long.toString(value));
        }
      }
      return out;
    }

    static double[] doubles(ByteBuffer buffer, ElementType type, int count) {
      double[] out = new double[count];
      if (type == ElementType.FLOAT64) {
        buffer.asDoubleBuffer().get(out);
      } else if (type == ElementType.FLOAT32) {
        for (int i = 0; i < count; i++) {
          out[i] = buffer.getFloat(i * Float.BYTES);
        }
      } else {
        for (int i = 0; i < count; i++) {
          out[i] = exact(integer(buffer, type, i));
        }
      }
      return out;
    }

    static int[] ints(ByteBuffer buffer, ElementType type, int count) {
      int[] out = new int[count];
      for (int i = 0; i < count; i++) {
        long value = integer(buffer, type, i);
        if (value != (int) value) {
          throw new Unrepresentable(Long.toString(value));
        }
        out[i] = (int) value;
      }
      return out;
    }

    static long[] longs(ByteBuffer buffer, ElementType type, int count) {
      long[] out = new long[count];
      for (int i = 0; i < count; i++) {
        out[i] = integer(buffer, type, i);
      }
      return out;
    }

    private static double exact(long value) {
      if (Math.abs((double) value) > EXACT) {
        throw new Unrepresentable(Long.toString(value));
      }
      return value;
    }

    private static long integer(ByteBuffer buffer, ElementType type, int index) {
      return switch (type) {
        case INT8 -> buffer.get(index);
        case UINT8 -> Byte.toUnsignedLong(buffer.get(index));
        case INT16 -> buffer.getShort(index * Short.BYTES);
        case UINT16 -> Short.toUnsignedLong(buffer.getShort(index * Short.BYTES));
        case INT32 -> buffer.getInt(index * Integer.BYTES);
        case UINT32 -> Integer.toUnsignedLong(buffer.getInt(index * Integer.BYTES));
        case INT64 -> buffer.getLong(index * Long.BYTES);
        case FLOAT32, FLOAT64, TEXT, OTHER ->
            throw new IllegalArgumentException("not an integer type: " + type);
      };
    }
  }
}
