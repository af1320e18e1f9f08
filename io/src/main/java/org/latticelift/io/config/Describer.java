package org.latticelift.io.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Describes the keys of record classes. */
final class Describer {
  private final Map<String, List<Class<? extends Record>>> sections;
  private final List<KeyDescription> keys = new ArrayList<>();

  private Describer(Map<String, List<Class<? extends Record>>> sections) {
    this.sections = sections;
  }

  /** All keys; those of a section that stays a node are those of the records given for it. */
  static List<KeyDescription> keys(
      Class<?> type, Map<String, List<Class<? extends Record>>> sections) {
    Describer describer = new Describer(sections);
    describer.add(type, "");
    return List.copyOf(describer.keys);
  }

  private void add(Class<?> type, String path) {
    for (Fields.Field field : Fields.of(type)) {
      String key = path + field.key();
      keys.add(
          new KeyDescription(
              key, kind(field.component()), field.defaultYaml(), field.optional(), field.doc()));
      Class<?> nested = innermost(field.component().getGenericType());
      if (nested.isRecord() && nested != type && Binder.factory(nested).isEmpty()) {
        add(nested, key + ".");
      }
      sections.getOrDefault(key, List.of()).forEach(section -> add(section, key + "."));
    }
  }

  private static String kind(RecordComponent component) {
    OneOf oneOf = component.getAnnotation(OneOf.class);
    boolean choice = oneOf != null && innermost(component.getGenericType()).isEnum();
    StringBuilder text =
        new StringBuilder(
            choice ? String.join("|", oneOf.value()) : name(component.getGenericType()));
    Range range = component.getAnnotation(Range.class);
    if (range != null) {
      text.append(' ').append(Limits.describe(range));
    }
    if (oneOf != null && !choice) {
      text.append(" (").append(String.join("|", oneOf.value())).append(')');
    }
    return text.toString();
  }

  private static String name(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String inner = name(arguments[arguments.length - 1]);
      if (generic.getRawType() == Optional.class) {
        return inner;
      }
      return (arguments.length == 1 ? "list of " : "mapping to ") + inner;
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return String.join("|", Binder.constantNames(raw));
    }
    return switch (raw.getSimpleName()) {
      case "int", "long", "Integer", "Long" -> "integer";
      case "double", "Double" -> "number";
      case "boolean", "Boolean" -> "true|false";
      case "String" -> "text";
      case "ConfigNode" -> "mapping";
      case "InputFile" -> "path";
      case "AutoNumber" -> "auto|integer";
      default -> Binder.factory(raw).isPresent() ? "value" : plain(raw);
    };
  }

  private static String plain(Class<?> raw) {
    return raw.isRecord() ? "mapping" : raw.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Class<?> innermost(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return innermost(arguments[arguments.length - 1]);
    }
    return (Class<?>) type;
  }
}
