package org.latticelift.io.config;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;

final class Resolver {
  private static final Position POSITION = Position.here("resolved");

  private Resolver() {}

  static ConfigNode resolve(Record record, String path) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = invoke(component.getAccessor(), record);
      if (value instanceof Optional<?> optional) {
        value = optional.orElse(null);
      }
      if (Fields.isPart(component)) {
        entries.putAll(resolve((Record) value, path).entries());
      } else if (value != null) {
        String key = Fields.field(component).key();
        entries.put(key, node(value, ConfigNode.join(path, key)));
      }
    }
    return ConfigNode.mapping(entries, POSITION, path);
  }

  static String yaml(Object value) {
    return node(value, "").toYaml();
  }

  private static ConfigNode node(Object value, String path) {
    if (value instanceof ConfigNode node) {
      return node;
    }
    Optional<Method> converter = converter(value.getClass());
    if (converter.isPresent()) {
      return (ConfigNode) invoke(converter.get(), value);
    }
    if (value instanceof Record record) {
      return resolve(record, path);
    }
    if (value instanceof List<?> list) {
      return list(list, path);
    }
    return value instanceof Map<?, ?> map ? map(map, path) : scalar(value, path);
  }

  private static ConfigNode list(List<?> values, String path) {
    List<ConfigNode> items = new ArrayList<>();
    for (Object value : values) {
      items.add(node(value, path + "[" + items.size() + "]"));
    }
    return ConfigNode.sequence(items, POSITION, path);
  }

  private static ConfigNode map(Map<?, ?> values, String path) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    values.forEach(
        (key, value) ->
            entries.put((String) key, node(value, ConfigNode.join(path, (String) key))));
    return ConfigNode.mapping(entries, POSITION, path);
  }

  private static ConfigNode scalar(Object value, String path) {
    if (value instanceof Number || value instanceof Boolean) {
      return ConfigNode.scalar(value.toString(), true, POSITION, path);
    }
    if (value instanceof Enum<?> constant) {
      return ConfigNode.scalar(Fields.constantName(constant), true, POSITION, path);
    }
    if (value instanceof String || value instanceof Path) {
      return ConfigNode.scalar(value.toString(), false, POSITION, path);
    }
    throw new IllegalArgumentException("no toConfig() in " + value.getClass());
  }

  private static Optional<Method> converter(Class<?> type) {
    try {
      return Optional.of(type.getMethod("toConfig"))
          .filter(method -> method.getReturnType() == ConfigNode.class);
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Object invoke(Method method, Object target) {
    try {
      method.setAccessible(true);
      return method.invoke(target);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The configuration keys of a record class. */
  static final class Fields {
    private Fields() {}

    record Field(RecordComponent component, String key) {
      Optional<String> defaultYaml() {
        return Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
      }

      boolean optional() {
        return component.getType() == Optional.class;
      }

      String doc() {
        Doc doc = component.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
      }

      ConfigNode defaultNode(ConfigNode parent) {
        String path = ConfigNode.join(parent.path(), key);
        return new YamlComposer(Position.here("default")).value(defaultYaml().orElseThrow(), path);
      }
    }

    static List<Field> of(Class<?> type) {
      return Arrays.stream(type.getRecordComponents())
          .flatMap(c -> isPart(c) ? of(c.getType()).stream() : Stream.of(field(c)))
          .toList();
    }

    static boolean isPart(RecordComponent component) {
      return component.isAnnotationPresent(Part.class);
    }

    static Field field(RecordComponent component) {
      return new Field(component, key(component));
    }

    /** Java says of a lambda that can be written to a file which method it stands for. */
    static RecordComponent named(Component<?, ?> accessor) {
      try {
        Method written = accessor.getClass().getDeclaredMethod("writeReplace");
        written.setAccessible(true);
        SerializedLambda lambda = (SerializedLambda) written.invoke(accessor);
        ClassLoader loader = accessor.getClass().getClassLoader();
        Class<?> type = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
        return Stream.ofNullable(type.getRecordComponents())
            .flatMap(Arrays::stream)
            .filter(component -> component.getName().equals(lambda.getImplMethodName()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no accessor of a record: " + lambda));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Adds the paths at which a record stands in another one. */
    static void sections(Class<?> type, String path, Class<?> reader, List<String> found) {
      if (type == reader) {
        found.add(path);
      }
      for (RecordComponent component : type.getRecordComponents()) {
        Class<?> inner = component.getType();
        if (inner.isRecord() && inner != type && Binder.factory(inner).isEmpty()) {
          String below = isPart(component) ? path : ConfigNode.join(path, key(component));
          sections(inner, below, reader, found);
        }
      }
    }

    static String constantName(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }

    static String key(RecordComponent component) {
      Key key = component.getAnnotation(Key.class);
      return key == null ? snakeCase(component.getName()) : key.value();
    }

    private static String snakeCase(String camelCase) {
      return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
  }

  /** Checks {@link Range} and {@link OneOf} on bound values and inside lists and maps. */
  static final class Limits {
    private Limits() {}

    /** Texts that {@link OneOf} allows, before they become constants of an enum. */
    static void checkChoices(RecordComponent component, ConfigNode node) {
      OneOf oneOf = component.getAnnotation(OneOf.class);
      if (oneOf != null) {
        checkChoices(List.of(oneOf.value()), component.getType(), node);
      }
    }

    private static void checkChoices(List<String> allowed, Class<?> type, ConfigNode node) {
      if (type == List.class) {
        node.items().forEach(item -> checkChoice(allowed, item));
      } else if (type == Map.class) {
        node.keys().forEach(key -> checkChoice(allowed, node.get(key)));
      } else if (type != Optional.class || !node.isNull()) {
        checkChoice(allowed, node);
      }
    }

    private static void checkChoice(List<String> allowed, ConfigNode node) {
      if (!allowed.contains(node.text())) {
        throw notOneOf(allowed, node.text(), node);
      }
    }

    static void check(RecordComponent component, Object value, ConfigNode node) {
      Range range = component.getAnnotation(Range.class);
      if (range != null) {
        check(range, value, node);
      }
    }

    private static void check(Range range, Object value, ConfigNode node) {
      if (value instanceof Optional<?> optional) {
        optional.ifPresent(inner -> check(range, inner, node));
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          check(range, list.get(i), node.items().get(i));
        }
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, inner) -> check(range, inner, node.get((String) key)));
      } else if (value instanceof AutoNumber auto) {
        auto.number().ifPresent(number -> checkRange(range, number, "auto, or ", node));
      } else if (value instanceof Number number) {
        checkRange(range, number.doubleValue(), "", node);
      }
    }

    private static void checkRange(Range range, double value, String others, ConfigNode node) {
      boolean low = range.minOpen() ? value <= range.min() : value < range.min();
      boolean high = range.maxOpen() ? value >= range.max() : value > range.max();
      if (low || high) {
        throw LatticeLiftException.badData(
            "'" + node.text() + "' is out of range",
            node.where(),
            others + describe(range),
            "Correct it");
      }
    }

    static LatticeLiftException notOneOf(List<String> allowed, String value, ConfigNode node) {
      return LatticeLiftException.badData(
          "unknown value '" + value + "'",
          node.where(),
          "allowed: " + String.join(", ", allowed),
          NearestKey.of(value, allowed)
              .map(nearest -> "Did you mean '" + nearest + "'?")
              .orElse("Use one of these"));
    }

    static String describe(Range range) {
      StringBuilder text = new StringBuilder();
      if (range.min() != Double.NEGATIVE_INFINITY) {
        text.append(range.minOpen() ? "above " : "at least ").append(shorten(range.min()));
      }
      if (range.max() != Double.POSITIVE_INFINITY) {
        text.append(text.isEmpty() ? "" : " and ")
            .append(range.maxOpen() ? "below " : "at most ")
            .append(shorten(range.max()));
      }
      return text.toString();
    }

    private static String shorten(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }
}
