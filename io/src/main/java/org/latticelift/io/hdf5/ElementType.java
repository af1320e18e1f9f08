package org.latticelift.io.hdf5;

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

  /**
   * Size of one element.
   *
   * @return bytes per element, 0 where it is not fixed
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Whether elements are numbers.
   *
   * @return true for integers and floating point
   */
  public boolean isNumeric() {
    return bytes > 0;
  }

  /**
   * Whether elements are whole numbers.
   *
   * @return true for the integer types
   */
  public boolean isInteger() {
    return isNumeric() && this != FLOAT32 && this != FLOAT64;
  }

  /**
   * The name that h5py and NumPy use.
   *
   * @return for example {@code uint8}
   */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
