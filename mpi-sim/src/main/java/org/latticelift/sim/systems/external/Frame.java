package org.latticelift.sim.systems.external;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.hdf5.ElementType;

/**
 * One message between the program and a worker: a header in JSON, and arrays
 * (docs/reference/worker-protocol.md).
 */
record Frame(JsonObject header, List<Array> arrays) {
  private static final int MAGIC = 'L' | 'L' << 8 | 'W' << 16 | '1' << 24;
  private static final int HEAD = 16;
  private static final int MOST_HEADER = 1 << 24;
  private static final int SHOWN = 200;

  /** An array of numbers, little-endian, the last axis fastest ({@code data}: not copied). */
  record Array(String name, ElementType type, long[] shape, byte[] data) {
    /** Elements of type float64. */
    double[] doubles() {
      double[] values = new double[data.length / Double.BYTES];
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
      return values;
    }

    /** An array of this type and shape whose numbers are finite. */
    private Array checked(ElementType wanted, long... lengths) throws WorkerFailure {
      if (type != wanted || !Arrays.equals(shape, lengths)) {
        throw new WorkerFailure(
            String.format(
                "sent the array %s as %s %s in place of %s %s",
                name,
                type.label(),
                Arrays.toString(shape),
                wanted.label(),
                Arrays.toString(lengths)));
      }
      boolean finite = true;
      if (type == ElementType.FLOAT64) {
        for (double value : doubles()) {
          finite &= Double.isFinite(value);
        }
      } else if (type == ElementType.FLOAT32) {
        ByteBuffer floats = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
          finite &= Float.isFinite(floats.getFloat());
        }
      }
      if (!finite) {
        throw new WorkerFailure("sent a number in the array " + name + " that is not finite");
      }
      return this;
    }
  }

  /** A request without keys of its own; its number is given to it when it is sent. */
  static Frame request(String call, Array... arrays) {
    JsonObject header = new JsonObject();
    header.addProperty("call", call);
    header.addProperty("id", 0);
    return new Frame(header, List.of(arrays));
  }

  String call() {
    return header.get("call").getAsString();
  }

  Frame put(String key, JsonElement value) {
    header.add(key, value);
    return this;
  }

  void write(SocketChannel channel, long id) throws IOException {
    header.addProperty("id", id);
    header.remove("arrays");
    long body = 0;
    if (!arrays.isEmpty()) {
      JsonArray list = new JsonArray();
      for (Array each : arrays) {
        JsonObject one = new JsonObject();
        one.addProperty("name", each.name());
        one.addProperty("type", each.type().label());
        JsonArray shape = new JsonArray();
        Arrays.stream(each.shape()).forEach(shape::add);
        one.add("shape", shape);
        list.add(one);
        body += each.data().length;
      }
      header.add("arrays", list);
    }
    byte[] text = ascii(header.toString()).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(HEAD + text.length).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(MAGIC).putInt(text.length).putLong(body).put(text).flip();
    ByteBuffer[] all = new ByteBuffer[1 + arrays.size()];
    all[0] = head;
    for (int k = 0; k < arrays.size(); k++) {
      all[k + 1] = ByteBuffer.wrap(arrays.get(k).data());
    }
    while (Arrays.stream(all).anyMatch(ByteBuffer::hasRemaining)) {
      channel.write(all);
    }
  }

  private static String ascii(String text) {
    if (text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(c -> escaped.append(c < 128 ? "" + (char) c : String.format("\\u%04x", c)));
    return escaped.toString();
  }

  /** Returns a value for a message: a text as it is, anything else as JSON, the beginning only. */
  static String shortened(JsonElement value) {
    boolean text = value instanceof JsonPrimitive primitive && primitive.isString();
    String shown = text ? value.getAsString() : String.valueOf(value);
    return shown.length() <= SHOWN
        ? shown
        : shown.substring(0, SHOWN) + "... (" + shown.length() + " characters)";
  }

  /**
   * Reads the next message; an end of the stream before it is an {@link EOFException}.
   *
   * @param most bytes that its arrays may have: memory is taken only for what is expected
   */
  static Frame read(SocketChannel channel, long most) throws IOException, WorkerFailure {
    ByteBuffer head = filled(channel, HEAD).order(ByteOrder.LITTLE_ENDIAN);
    if (head.getInt() != MAGIC) {
      throw new WorkerFailure("sent bytes that are no frame of the protocol");
    }
    int length = head.getInt();
    long body = head.getLong();
    if (length < 0 || length > MOST_HEADER || body < 0) {
      throw new WorkerFailure("sent a frame of impossible lengths");
    }
    if (body > most) {
      throw new WorkerFailure(
          "announced arrays of " + body + " bytes, where at most " + most + " are expected");
    }
    JsonObject header = header(new String(filled(channel, length).array(), StandardCharsets.UTF_8));
    List<Array> arrays = new ArrayList<>();
    try {
      for (JsonElement each :
          header.has("arrays") ? header.getAsJsonArray("arrays") : new JsonArray()) {
        JsonObject one = each.getAsJsonObject();
        String label = one.get("type").getAsString();
        ElementType type =
            Arrays.stream(ElementType.values())
                .filter(t -> t.isNumeric() && t.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new JsonParseException("an array of type " + label));
        long[] shape = longs(one.getAsJsonArray("shape"));
        long bytes = type.bytes();
        for (long axis : shape) {
          bytes = Math.multiplyExact(bytes, axis);
        }
        body -= bytes;
        if (bytes < 0 || body < 0) {
          throw new WorkerFailure("sent arrays that are larger than the body of the frame");
        }
        byte[] data = filled(channel, Math.toIntExact(bytes)).array();
        arrays.add(new Array(one.get("name").getAsString(), type, shape, data));
      }
    } catch (RuntimeException e) {
      throw new WorkerFailure("sent a list of arrays that is none: " + e.getMessage());
    }
    if (body != 0) {
      throw new WorkerFailure("sent " + body + " bytes more than its arrays have");
    }
    return new Frame(header, arrays);
  }

  private static JsonObject header(String text) throws WorkerFailure {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new WorkerFailure("sent a header that is no JSON object");
    }
  }

  private static ByteBuffer filled(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  private static long[] longs(JsonArray array) {
    long[] values = new long[array.size()];
    Arrays.setAll(values, i -> array.get(i).getAsLong());
    return values;
  }

  /** An array of a reply, as it has to be. */
  Array array(String name, ElementType type, long... shape) throws WorkerFailure {
    return find(name)
        .orElseThrow(() -> new WorkerFailure("sent no array " + name))
        .checked(type, shape);
  }

  Optional<Array> find(String name) {
    return arrays.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  double number(String key) throws WorkerFailure {
    return numbers(key, 1)[0];
  }

  /** Finite numbers of a reply: a list, or where one is wanted the number itself. */
  double[] numbers(String key, int count) throws WorkerFailure {
    JsonElement element = header.get(key);
    try {
      double[] values;
      if (element instanceof JsonArray list) {
        values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = list.get(i).getAsDouble();
        }
      } else {
        values = new double[] {element.getAsDouble()};
      }
      if (values.length == count && Arrays.stream(values).allMatch(Double::isFinite)) {
        return values;
      }
    } catch (RuntimeException e) {
      // said below
    }
    throw new WorkerFailure(
        "sent " + shortened(element) + " as " + key + " in place of " + count + " finite numbers");
  }

  /** A whole number of a reply, not negative. */
  long whole(String key) throws WorkerFailure {
    double value = number(key);
    if (value < 0 || value != Math.rint(value) || value > 1L << 53) {
      throw new WorkerFailure(
          "sent " + shortened(header.get(key)) + " as " + key + " in place of a whole number");
    }
    return (long) value;
  }
}
