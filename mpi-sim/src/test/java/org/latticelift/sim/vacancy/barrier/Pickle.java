package org.latticelift.sim.vacancy.barrier;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the form of AL-34 by hand. */
public final class Pickle {
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int arrays;

  Pickle(int arrays) {
    this.arrays = arrays;
    raw("\u0080\u0003cnumpy.core.multiarray\n_reconstruct\nq\0cnumpy\nndarray\nq\1K\0\u0085");
    raw("C\1b\u0087R(K\1K").raw(new byte[] {(byte) arrays}).raw("\u0085cnumpy\ndtype\nq\2");
    text("O8").raw("K\0K\1\u0087R(K\3").text("|").raw("NNNJ").number(-1).raw("J").number(-1);
    raw("K?tb\u0089](");
  }

  Pickle raw(String latin) {
    return raw(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  Pickle raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Pickle number(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  Pickle text(String text) {
    return raw("X").number(text.length()).raw(text);
  }

  Pickle array(float value, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      data.putFloat(value);
    }
    return open("<", "f4", shape).raw("B").number(4 * count).raw(data.array()).raw("tb");
  }

  Pickle open(String order, String type, int... shape) {
    raw("h\0h\1K\0\u0085C\1b\u0087R(K\1");
    for (int extent : shape) {
      raw("J").number(extent);
    }
    raw(shape.length == 1 ? "\u0085" : "\u0086").raw("h\2").text(type);
    return raw("K\0K\1\u0087R(K\3")
        .text(order)
        .raw("NNNJ")
        .number(-1)
        .raw("J")
        .number(-1)
        .raw("K\0tb\u0089");
  }

  byte[] finish(String tail) {
    raw("etb.").raw(tail);
    return file(out.toByteArray(), "|O", arrays);
  }

  /**
   * A file with a network of the published form, one hidden layer.
   *
   * @param value of every weight
   * @param width neurons
   * @return the whole NumPy file
   */
  public static byte[] network(float value, int width) {
    return network(value, width, -1).finish("");
  }

  static byte[] file(byte[] pickle, String type, int arrays) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + arrays + ",), }";
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0093NUMPY\1\0v\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(pickle);
    return out.toByteArray();
  }

  static Pickle network(float value, int width, int badIndex, int... badShape) {
    Pickle pickle = new Pickle(8);
    int[][] shapes = {{729, width}, {width}, {width}, {width}, {width}, {width}, {width, 1}, {1}};
    for (int i = 0; i < shapes.length; i++) {
      pickle.array(value, i == badIndex ? badShape : shapes[i]);
    }
    return pickle;
  }
}
