package org.latticelift.io.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns bound records back into configuration. */
final class Resolver {
  private static final Position POSITION = Position.here("resolved");

  private Resolver() {}

  static ConfigNode resolve(Record record, String path) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (Fields.Field field : Fields.of(record.getClass())) {
      Object value = invoke(field.component().getAccessor(), record);
      if (value instanceof Optional<?> optional) {
        value = optional.orElse(null);
      }
      if (value != null) {
        entries.put(field.key(), node(value, ConfigNode.join(path, field.key())));
      }
    }
    return ConfigNode.mapping(entries, POSITION, path);
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
}
