package org.latticelift.sim.vacancy.barrier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Reads the pickle of a one-dimensional NumPy object array of float32 arrays, and nothing else.
 *
 * <p>Knows only the 22 opcodes and the three names of AL-34. Names stay names: no class is looked
 * up, no function is called, so a hostile file can at worst be refused. Every error gives the byte
 * offset in the file.
 */
final class RestrictedUnpickler {
  private static final int MAX_STACK = 4096;
  private static final int MAX_ARRAYS = 1024;
  private static final int MAX_NAME = 64;

  private final ByteBuffer in;
  private final String file;
  private final Deque<Pickled> stack = new ArrayDeque<>();
  private final Pickled[] memo = new Pickled[256];
  private long decoded;
  private int opcodeAt;

  /** A reader of one pickle ({@code start}: where the pickle begins). */
  RestrictedUnpickler(byte[] bytes, int start, String file) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(start);
    this.file = file;
  }

  /** Reads up to STOP, which must be the last byte of the file. */
  List<NpyArray> read() {
    while (true) {
      opcodeAt = in.position();
      int opcode = Byte.toUnsignedInt(take(1).get());
      if (opcode == '.') {
        return finish();
      }
      execute(opcode);
      if (stack.size() > MAX_STACK) {
        throw bad("the pickle nests more than " + MAX_STACK + " values", "a list of weight arrays");
      }
    }
  }

  private void execute(int opcode) {
    switch (opcode) {
      case 0x80 -> protocol();
      case 'c' -> push(global());
      case 'q' -> memo[unsignedByte()] = top();
      case 'h' -> push(remembered(unsignedByte()));
      case 'J' -> push(new Pickled.Number(take(4).getInt()));
      case 'K' -> push(new Pickled.Number(unsignedByte()));
      case 'M' -> push(new Pickled.Number(Short.toUnsignedInt(take(2).getShort())));
      case 'X' -> push(new Pickled.Text(text(take(4).getInt())));
      case 'B' -> push(bytes(take(4).getInt()));
      case 'C' -> push(bytes(unsignedByte()));
      case '(' -> push(new Pickled.Mark());
      case 't' -> push(new Pickled.Tuple(sinceMark()));
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case ']' -> push(new Pickled.Items(new ArrayList<>()));
      case 'e' -> append(sinceMark());
      case 'R' -> reduce();
      case 'b' -> build();
      case 0x89 -> push(new Pickled.False());
      case 'N' -> push(new Pickled.None());
      default -> throw forbidden(opcode);
    }
  }

  private void protocol() {
    int version = unsignedByte();
    if (version != 3) {
      throw bad("pickle protocol " + version, "protocol 3");
    }
  }

  private Pickled global() {
    String module = line();
    String attribute = line();
    for (Pickled.Name name : Pickled.Name.values()) {
      if (name.module.equals(module) && name.attribute.equals(attribute)) {
        return name;
      }
    }
    throw bad(
        "forbidden global '" + module + " " + attribute + "' in the pickle",
        "only 'numpy.core.multiarray _reconstruct', 'numpy ndarray' and 'numpy dtype' are read");
  }

  private void reduce() {
    Pickled arguments = pop();
    Pickled callable = pop();
    if (callable == Pickled.Name.RECONSTRUCT && isEmptyArray(arguments)) {
      push(new Pickled.Array());
    } else if (callable == Pickled.Name.DTYPE && isElementType(arguments)) {
      push(new Pickled.ElementType(textOf(((Pickled.Tuple) arguments).items().get(0))));
    } else {
      throw bad(
          "REDUCE of something else than an array or an element type",
          "the file form of the published network");
    }
  }

  private static boolean isEmptyArray(Pickled arguments) {
    return arguments instanceof Pickled.Tuple t
        && t.items().size() == 3
        && t.items().get(0) == Pickled.Name.NDARRAY;
  }

  private static boolean isElementType(Pickled arguments) {
    return arguments instanceof Pickled.Tuple t
        && t.items().size() == 3
        && t.items().get(0) instanceof Pickled.Text;
  }

  private void build() {
    Pickled state = pop();
    Pickled target = top();
    if (!(state instanceof Pickled.Tuple tuple)) {
      throw bad("BUILD with a state that is not a tuple", "an array or an element type");
    }
    if (target instanceof Pickled.ElementType type && tuple.items().size() == 8) {
      type.byteOrder = textOf(tuple.items().get(1));
    } else if (target instanceof Pickled.Array array && tuple.items().size() == 5) {
      fill(array, tuple.items());
    } else {
      throw bad(
          "BUILD of something else than an array or an element type",
          "the file form of the published network");
    }
  }

  private void fill(Pickled.Array array, List<Pickled> state) {
    if (array.floats != null || array.objects != null) {
      throw bad("an array that is filled twice", "each array once");
    }
    int[] shape = shape(state.get(1));
    if (!(state.get(3) instanceof Pickled.False)) {
      throw bad("an array that is not in C order", "row-major arrays");
    }
    String type = state.get(2) instanceof Pickled.ElementType e ? e.byteOrder + e.code : "?";
    if (type.equals("|O8") && state.get(4) instanceof Pickled.Items list) {
      array.objects = list.items();
      checkCount(shape, list.items().size());
    } else if (type.equals("<f4") && state.get(4) instanceof Pickled.Bytes data) {
      array.floats = new NpyArray(shape, floats(shape, data), opcodeAt);
    } else {
      throw bad("an array of type '" + type + "'", "little-endian float32 arrays ('<f4')");
    }
  }

  private int[] shape(Pickled value) {
    if (!(value instanceof Pickled.Tuple tuple)
        || tuple.items().isEmpty()
        || tuple.items().size() > 2) {
      throw bad("an array that has not one or two dimensions", "vectors and matrices");
    }
    int[] shape = new int[tuple.items().size()];
    for (int i = 0; i < shape.length; i++) {
      if (!(tuple.items().get(i) instanceof Pickled.Number n) || n.value() < 1) {
        throw bad("an array extent that is not a positive number", "positive extents");
      }
      shape[i] = n.value();
    }
    return shape;
  }

  private float[] floats(int[] shape, Pickled.Bytes data) {
    long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    if (data.length() % Float.BYTES != 0 || count != data.length() / Float.BYTES) {
      throw bad(
          "array of shape " + Arrays.toString(shape) + " with " + data.length() + " bytes",
          "four bytes for each of its " + count + " entries");
    }
    decoded += data.length();
    if (decoded > in.capacity()) {
      throw bad("arrays of more bytes than the file has", "each array with bytes of its own");
    }
    float[] values = new float[(int) count];
    in.slice(data.start(), data.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private void checkCount(int[] shape, int count) {
    if (shape.length != 1 || shape[0] != count || count > MAX_ARRAYS) {
      throw bad(
          "object array of shape " + Arrays.toString(shape) + " with " + count + " items",
          "one dimension, at most " + MAX_ARRAYS + " arrays");
    }
  }

  private List<NpyArray> finish() {
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes follow the end of the pickle", "nothing after STOP");
    }
    if (stack.size() != 1 || !(pop() instanceof Pickled.Array root) || root.objects == null) {
      throw bad(
          "the pickle does not hold one object array", "the file form of the published network");
    }
    List<NpyArray> arrays = new ArrayList<>();
    for (Pickled item : root.objects) {
      if (!(item instanceof Pickled.Array array) || array.floats == null) {
        throw bad("item " + arrays.size() + " is not a float32 array", "float32 arrays only");
      }
      arrays.add(array.floats);
    }
    return arrays;
  }

  private void append(List<Pickled> items) {
    if (!(top() instanceof Pickled.Items list)) {
      throw bad(
          "APPENDS to something that is not a list", "the file form of the published network");
    }
    list.items().addAll(items);
    if (list.items().size() > MAX_ARRAYS) {
      throw bad("a list of " + list.items().size() + " items", "at most " + MAX_ARRAYS);
    }
  }

  private List<Pickled> sinceMark() {
    List<Pickled> items = new ArrayList<>();
    for (Pickled value = pop(); !(value instanceof Pickled.Mark); value = pop()) {
      items.add(0, value);
    }
    return items;
  }

  private Pickled tuple(int size) {
    Pickled[] items = new Pickled[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return new Pickled.Tuple(List.of(items));
  }

  private Pickled remembered(int index) {
    if (memo[index] == null) {
      throw bad("BINGET of memo " + index + ", which was never stored", "stored memo entries");
    }
    return memo[index];
  }

  private String textOf(Pickled value) {
    if (value instanceof Pickled.Text text) {
      return text.value();
    }
    throw bad("a value where a text must be", "the file form of the published network");
  }

  private void push(Pickled value) {
    stack.push(value);
  }

  private Pickled pop() {
    if (stack.isEmpty()) {
      throw bad("the pickle takes a value from an empty stack", "a complete file");
    }
    return stack.pop();
  }

  private Pickled top() {
    Pickled value = pop();
    push(value);
    return value;
  }

  private int unsignedByte() {
    return Byte.toUnsignedInt(take(1).get());
  }

  /** The buffer, after making sure that so many bytes are left. */
  private ByteBuffer take(int count) {
    if (count < 0 || count > in.remaining()) {
      throw bad(
          "the file ends within a value of " + Integer.toUnsignedString(count) + " bytes",
          in.remaining() + " bytes are left");
    }
    return in;
  }

  private Pickled.Bytes bytes(int length) {
    int start = take(length).position();
    in.position(start + length);
    return new Pickled.Bytes(start, length);
  }

  private String text(int length) {
    if (length < 0 || length > MAX_NAME) {
      throw bad("a text of " + Integer.toUnsignedString(length) + " bytes", "at most " + MAX_NAME);
    }
    byte[] text = new byte[length];
    take(length).get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder text = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      text.append(c >= ' ' && c < 127 ? (char) c : '?');
      if (text.length() > MAX_NAME) {
        throw bad("a name longer than " + MAX_NAME + " characters", "numpy's names");
      }
    }
    return text.toString();
  }

  private LatticeLiftException forbidden(int opcode) {
    String shown = opcode > ' ' && opcode < 127 ? " ('" + (char) opcode + "')" : "";
    return bad(
        String.format("forbidden pickle opcode 0x%02x%s", opcode, shown),
        "only the opcodes of a plain list of float32 arrays are read");
  }

  private LatticeLiftException bad(String what, String allowed) {
    return LatticeLiftException.badData(
        what,
        file + ", byte " + opcodeAt,
        allowed,
        "Use the weight file as published, or bring the weights as HDF5");
  }

  /**
   * The only values that the restricted unpickler can hold; none of them is ever executed or
   * loaded.
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

  /**
   * One array of a NumPy file.
   *
   * @param shape its extents, row-major
   * @param data the entries, as many as the product of the extents
   * @param offset the byte in the file at which the array was finished, for messages
   */
  record NpyArray(int[] shape, float[] data, int offset) {
    /** The extents in NumPy's notation, such as {@code [729, 128]}. */
    String shapeText() {
      return java.util.Arrays.toString(shape);
    }
  }
}
