package org.latticelift.sim.vacancy.barrier;

import java.util.List;

/**
 * The only values that the restricted unpickler can hold; none of them is ever executed or loaded.
 */
sealed interface Pickled {

  /** A marker on the stack. */
  record Mark() implements Pickled {}

  /** The value {@code None}. */
  record None() implements Pickled {}

  /** The value {@code False}; the only truth value that occurs. */
  record False() implements Pickled {}

  /** A whole number. */
  record Number(int value) implements Pickled {}

  /** A text. */
  record Text(String value) implements Pickled {}

  /** A range of bytes in the file. */
  record Bytes(int start, int length) implements Pickled {}

  /** A tuple. */
  record Tuple(List<Pickled> items) implements Pickled {}

  /** The list of an object array; grows by APPENDS. */
  record Items(List<Pickled> items) implements Pickled {}

  /** The allowed names, as names only. */
  enum Name implements Pickled {
    /** The function that makes an empty array. */
    RECONSTRUCT("numpy.core.multiarray", "_reconstruct"),
    /** The array class. */
    NDARRAY("numpy", "ndarray"),
    /** The element type class. */
    DTYPE("numpy", "dtype");

    final String module;
    final String attribute;

    Name(String module, String attribute) {
      this.module = module;
      this.attribute = attribute;
    }
  }

  /** An element type: its code, and the byte order once it is built. */
  final class ElementType implements Pickled {
    final String code;
    String byteOrder = "";

    ElementType(String code) {
      this.code = code;
    }
  }

  /** An array, filled by BUILD: either floats or a list of arrays. */
  final class Array implements Pickled {
    NpyArray floats;
    List<Pickled> objects;
  }
}
