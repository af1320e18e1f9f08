package org.latticelift.io.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The configuration keys of a record class. */
final class Fields {
  private Fields() {}

  /** One component as a key. */
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
    return Arrays.stream(type.getRecordComponents()).map(c -> new Field(c, key(c))).toList();
  }

  static String constantName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null ? snakeCase(component.getName()) : key.value();
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
