package org.latticelift.sim.systems.external;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LinearRules;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Macroscopics.LinearRelation;
import org.latticelift.sim.systems.external.Frame.Array;

/**
 * What a worker says of its system ({@code header}: its reply to hello without the number).
 *
 * @param header as it was sent, to compare it with those of other workers
 * @param macroscopics observables
 * @param relations sum rules among them
 * @param state how states are sent
 * @param small system
 * @param large system
 * @param capabilities words of the protocol
 * @param environments of a patch
 * @param files what results depend on beside the command
 */
record Description(
    JsonObject header,
    Macroscopics macroscopics,
    List<LinearRelation> relations,
    State state,
    Extent small,
    Extent large,
    Set<String> capabilities,
    List<String> environments,
    List<Path> files) {
  private static final String NAME = "[^\\s,:/]{1,64}";
  private static final String KEY = "relations of the worker";

  /** Bytes that a reply may have beside states and observables. */
  private static final long ROOM = 1 << 16;

  /**
   * How states are sent.
   *
   * @param name of the dataset
   * @param type of the elements; bytes are of type uint8
   * @param opaque whether they are bytes of any length up to that of the extent
   * @param axes names
   */
  record State(String name, ElementType type, boolean opaque, List<String> axes) {
    long bytes(Extent extent) {
      return extent.shape().stream()
          .mapToLong(Integer::longValue)
          .reduce(type.bytes(), (a, b) -> a * b);
    }

    Array array(String label, byte[] bytes, Extent extent) {
      long[] shape = extent.shape().stream().mapToLong(Integer::longValue).toArray();
      return new Array(label, type, opaque ? new long[] {bytes.length} : shape, bytes);
    }

    byte[] of(Frame reply, Extent extent) throws WorkerFailure {
      long[] shape = extent.shape().stream().mapToLong(Integer::longValue).toArray();
      if (opaque) {
        long length = reply.find("state").map(a -> (long) a.data().length).orElse(0L);
        shape[0] = Math.min(length, shape[0]);
      }
      return reply.array("state", type, shape).data();
    }
  }

  /** Reads the reply to hello ({@code folder}: in which the worker runs). */
  static Description of(Frame reply, Path folder) throws WorkerFailure {
    JsonObject header = reply.header().deepCopy();
    header.remove("id");
    if (!header.has("protocol") || reply.whole("protocol") != WorkerPool.VERSION) {
      throw new WorkerFailure(
          "speaks version "
              + header.get("protocol")
              + " of the protocol, this program speaks "
              + WorkerPool.VERSION);
    }
    try {
      return read(reply, header, folder);
    } catch (RuntimeException e) {
      throw new WorkerFailure("describes itself with " + e.getMessage());
    }
  }

  private static Description read(Frame reply, JsonObject header, Path folder)
      throws WorkerFailure {
    List<String> names = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (JsonElement each : required(header, "observables").getAsJsonArray()) {
      names.add(word(required(each.getAsJsonObject(), "name"), "an observable"));
      units.add(text(each.getAsJsonObject(), "unit", "1"));
    }
    if (names.isEmpty() || new TreeSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("observables " + names + ", which are none, or alike");
    }
    List<LinearRelation> relations = new ArrayList<>();
    for (JsonElement each : list(header, "relations")) {
      JsonObject one = each.getAsJsonObject();
      Map<String, Double> weights = new HashMap<>();
      JsonObject given = required(one, "weights").getAsJsonObject();
      given.keySet().forEach(key -> weights.put(key, given.get(key).getAsDouble()));
      double constant = required(one, "constant").getAsDouble();
      relations.add(
          new LinearRules.Rule(text(one, "name", "sum"), weights, constant).relation(names, KEY));
    }
    State state = state(required(header, "state").getAsJsonObject());
    Extent small = extent(Role.SMALL, required(header, "small").getAsJsonObject(), state);
    Extent large = extent(Role.LARGE, required(header, "large").getAsJsonObject(), state);
    String unit = text(header, "time_unit", "1");
    if (!unit.equals("s") && !unit.equals("1")) {
      throw new IllegalArgumentException("a time_unit " + unit + " in place of s or 1");
    }
    if (header.has("start")) {
      double[] start = reply.numbers("start", names.size());
      LinearRules.requireObeyed(relations, names, start, "start", KEY);
    }
    if (header.has("mirror")
        && Arrays.stream(reply.numbers("mirror", names.size())).anyMatch(x -> Math.abs(x) != 1)) {
      throw new IllegalArgumentException("a mirror " + header.get("mirror") + " of 1 and -1");
    }
    return new Description(
        header,
        LinearRules.of(List.copyOf(names), List.copyOf(units), relations, KEY),
        List.copyOf(relations),
        state,
        small,
        large,
        Set.copyOf(texts(header, "capabilities")),
        List.copyOf(texts(header, "environments")),
        texts(header, "files").stream().map(file -> file(folder, file)).toList());
  }

  private static Path file(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("a file that cannot be read, " + file);
    }
    return file;
  }

  private static State state(JsonObject given) {
    String type = word(required(given, "type"), "a type");
    boolean opaque = type.equals("bytes");
    ElementType element =
        Arrays.stream(ElementType.values())
            .filter(t -> t.isNumeric() && t.label().equals(opaque ? "uint8" : type))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a state of type " + type));
    List<String> axes = opaque ? List.of("byte") : texts(given, "axes");
    String name = given.has("name") ? word(given.get("name"), "a state") : "state";
    return new State(name, element, opaque, axes);
  }

  private static Extent extent(Role role, JsonObject given, State state) {
    List<Integer> shape = new ArrayList<>();
    required(given, "shape").getAsJsonArray().forEach(axis -> shape.add(axis.getAsInt()));
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    boolean fits = state.opaque() ? shape.size() == 1 : true;
    if (shape.isEmpty() || !fits || shape.stream().anyMatch(axis -> axis < 1)) {
      throw new IllegalArgumentException("a shape " + shape);
    }
    if (elements * state.type().bytes() > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException("states of more than 2 GiB");
    }
    long sites = given.has("sites") ? given.get("sites").getAsLong() : elements;
    long patches = role == Role.SMALL ? 1 : required(given, "patches").getAsLong();
    if (sites < 1 || patches < 1) {
      throw new IllegalArgumentException(sites + " sites in " + patches + " patches");
    }
    String name =
        text(given, "name", sites + " sites" + (patches > 1 ? " in " + patches + " patches" : ""));
    return new Extent(role, name, shape, sites, patches);
  }

  private static JsonElement required(JsonObject from, String key) {
    if (!from.has(key)) {
      throw new IllegalArgumentException("no key " + key);
    }
    return from.get(key);
  }

  private static String word(JsonElement element, String what) {
    if (!element.getAsString().matches(NAME)) {
      throw new IllegalArgumentException(what + " named " + element);
    }
    return element.getAsString();
  }

  private static JsonArray list(JsonObject from, String key) {
    return from.has(key) ? from.getAsJsonArray(key) : new JsonArray();
  }

  private static String text(JsonObject from, String key, String otherwise) {
    return from.has(key) ? from.get(key).getAsString() : otherwise;
  }

  private static List<String> texts(JsonObject from, String key) {
    List<String> texts = new ArrayList<>();
    list(from, key).forEach(each -> texts.add(each.getAsString()));
    return texts;
  }

  /** Returns how many bytes the arrays of a reply have at most, with some to spare. */
  long longestReply() {
    long states = Math.max(state.bytes(small), state.bytes(large));
    long numbers = large.patches() * macroscopics.names().size();
    return ROOM + 2 * states + 2L * Double.BYTES * numbers;
  }

  boolean can(String capability) {
    return capabilities.contains(capability);
  }

  String text(String key, String otherwise) {
    return text(header, key, otherwise);
  }

  List<String> texts(String key) {
    return texts(header, key);
  }

  double number(String key, double otherwise) {
    return header.has(key) ? header.get(key).getAsDouble() : otherwise;
  }

  /** A number of the object {@code costs}, above 0 or as it is left out. */
  double cost(String key, double otherwise) {
    JsonObject costs = header.has("costs") ? header.getAsJsonObject("costs") : new JsonObject();
    return costs.has(key) && costs.get(key).getAsDouble() > 0
        ? costs.get(key).getAsDouble()
        : otherwise;
  }

  /** One number per observable; empty where the key is left out. */
  double[] perObservable(String key) {
    return list(header, key).asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }
}
