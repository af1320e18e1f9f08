package org.latticelift.io.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes help texts about record classes. */
final class Describer {
  private Describer() {}

  /** Lines; the keys of a section that stays a node are those of the records given for it. */
  static String describe(Class<?> type, Map<String, List<Class<? extends Record>>> sections) {
    StringBuilder out = new StringBuilder();
    describe(type, "", "", sections, out);
    return out.toString();
  }

  private static void describe(
      Class<?> type,
      String indent,
      String path,
      Map<String, List<Class<? extends Record>>> sections,
      StringBuilder out) {
    for (Fields.Field field : Fields.of(type)) {
      String key = path + field.key();
      describe(type, field, indent, key + ".", sections, out);
      sections
          .getOrDefault(key, List.of())
          .forEach(section -> describe(section, indent + "  ", key + ".", sections, out));
    }
  }

  private static void describe(
      Class<?> owner,
      Fields.Field field,
      String indent,
      String path,
      Map<String, List<Class<? extends Record>>> sections,
      StringBuilder out) {
    out.append(String.format("%-28s", indent + field.key())).append(' ').append(line(field));
    out.append('\n');
    Class<?> nested = innermost(field.component().getGenericType());
    if (nested.isRecord() && nested != owner && Binder.factory(nested).isEmpty()) {
      describe(nested, indent + "  ", path, sections, out);
    }
  }

  private static String line(Fields.Field field) {
    String missing = field.optional() ? "optional" : "required";
    String given = field.defaultYaml().map(yaml -> "default " + yaml).orElse(missing);
    String doc = field.doc().isEmpty() ? "" : "  " + field.doc();
    return kind(field.component()) + ", " + given + doc;
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
