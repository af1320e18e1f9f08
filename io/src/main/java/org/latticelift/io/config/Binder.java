package org.latticelift.io.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.config.Resolver.Fields;
import org.latticelift.io.config.Resolver.Limits;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Binds configuration nodes to records and back.
 *
 * <p>A component {@code timeUnit} has the key {@code time_unit} unless {@link Binder.Key} says
 * otherwise. Types: int, long, double, boolean, String, Path, enums (lower case; with {@link
 * Binder.OneOf} some of their constants), {@link AutoNumber}, {@code List<T>}, {@code Map<String,
 * T>}, {@code Optional<T>} (absent key), records, {@link ConfigNode}, and classes with {@code
 * public static T fromConfig(ConfigNode)} (and {@code public ConfigNode toConfig()} for {@link
 * #resolve}). A key without {@link Binder.Default} is required, unless its type is Optional. The
 * keys of a {@link Binder.Part} are those of the record around it.
 */
public final class Binder {
  private Binder() {}

  /**
   * Makes a record from a mapping.
   *
   * @param <R> record type
   * @param type record class
   */
  public static <R extends Record> R bind(ConfigNode node, Class<R> type) {
    requireKnown(node, keys(type));
    return part(node, type);
  }

  private static <R> R part(ConfigNode node, Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          Fields.isPart(components[i])
              ? part(node, components[i].getType())
              : component(node, Fields.field(components[i]));
    }
    return construct(type, values, node);
  }

  /**
   * Help text: one line per key with type, default and description, nested records indented ({@code
   * type}: record class); lines.
   */
  public static String describe(Class<? extends Record> type) {
    return describe(type, Map.of());
  }

  /**
   * Help text of a record with sections that others read ({@code type}: record class; {@code
   * sections}: records whose keys stand in a section, by the path of the section such as
   * direct.parallel); lines.
   */
  public static String describe(
      Class<? extends Record> type, Map<String, List<Class<? extends Record>>> sections) {
    return keys(type, sections).stream()
        .map(KeyDescription::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * The keys of a record with sections that others read ({@code type}: record class; {@code
   * sections}: records whose keys stand in a section, by the path of the section such as
   * direct.parallel); every key, those of a section after it.
   */
  public static List<KeyDescription> keys(
      Class<? extends Record> type, Map<String, List<Class<? extends Record>>> sections) {
    return Describer.keys(type, sections);
  }

  /**
   * Reads a section of which others read some keys.
   *
   * @param node a mapping
   * @param type the record
   * @param others keys that are left to others; they count as known
   * @param <R> the record
   * @return the values
   */
  public static <R extends Record> R bind(ConfigNode node, Class<R> type, Set<String> others) {
    List<String> known = new ArrayList<>(keys(type));
    known.addAll(new TreeSet<>(others));
    requireKnown(node, known);
    return bind(node.without(others), type);
  }

  /**
   * The configuration that gives an equal record, with every default filled in ({@code record}: a
   * bound record); a mapping in the order of the components.
   */
  public static ConfigNode resolve(Record record) {
    return Resolver.resolve(record, "");
  }

  /**
   * The key within the section that the record of a component reads, named by the accessor of the
   * component, such as {@code TrainConfig::batch}: a key that no record reads, or a value of
   * another type, does not compile.
   */
  public static <R extends Record, T> ConfigKey<T> key(Component<R, T> component) {
    return new ConfigKey<>(Fields.key(Fields.named(component)), Resolver::yaml);
  }

  /**
   * The key within a configuration ({@code readers}: records by the path of the section that they
   * read, which is empty for the whole); an error where the record of the component reads none of
   * it, or more than one section.
   */
  public static <R extends Record, T> ConfigKey<T> key(
      Component<R, T> component, Map<String, List<Class<? extends Record>>> readers) {
    RecordComponent named = Fields.named(component);
    String section = section(named.getDeclaringRecord(), readers);
    return new ConfigKey<>(ConfigNode.join(section, Fields.key(named)), Resolver::yaml);
  }

  /** The path of the section that a record reads ({@code readers}: as above). */
  public static String section(
      Class<?> reader, Map<String, List<Class<? extends Record>>> readers) {
    List<String> found = new ArrayList<>();
    readers.forEach(
        (path, types) -> types.forEach(type -> Fields.sections(type, path, reader, found)));
    if (found.size() != 1) {
      throw new IllegalArgumentException(reader + " reads the sections " + found);
    }
    return found.get(0);
  }

  /**
   * A choice as configurations write it ({@code choice}: constant of an enum); its name in lower
   * case.
   */
  public static String text(Enum<?> choice) {
    return Fields.constantName(choice);
  }

  private static void requireKnown(ConfigNode node, List<String> known) {
    if (!node.isMapping()) {
      throw node.wrongType("a mapping with the keys " + String.join(", ", known));
    }
    for (String key : node.keys()) {
      if (!known.contains(key)) {
        throw unknownKey(node, key, known);
      }
    }
  }

  private static LatticeLiftException unknownKey(ConfigNode node, String key, List<String> known) {
    String line = node.get(key).where().split(" ", 2)[0];
    return UnknownKey.error(key, node.path().isEmpty() ? line : line + " " + node.path(), known);
  }

  static List<String> keys(Class<?> type) {
    return Fields.of(type).stream().map(Fields.Field::key).toList();
  }

  private static Object component(ConfigNode parent, Fields.Field field) {
    Optional<ConfigNode> given = parent.find(field.key());
    if (given.isEmpty() && field.defaultYaml().isEmpty() && field.optional()) {
      return Optional.empty();
    }
    if (given.isEmpty() && field.defaultYaml().isEmpty()) {
      throw missing(parent, field);
    }
    ConfigNode node = given.orElseGet(() -> field.defaultNode(parent));
    RecordComponent component = field.component();
    Limits.checkChoices(component, node);
    Object value = value(node, component.getGenericType());
    Limits.check(component, value, node);
    return value;
  }

  private static LatticeLiftException missing(ConfigNode parent, Fields.Field field) {
    String value = "a value for " + ConfigNode.join(parent.path(), field.key());
    return LatticeLiftException.badData(
        "missing key '" + field.key() + "'",
        parent.where(),
        field.doc().isEmpty() ? value : value + ": " + field.doc(),
        "Add the key");
  }

  private static Object value(ConfigNode node, Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(node, generic);
    }
    Class<?> raw = (Class<?>) type;
    Optional<Method> factory = factory(raw);
    if (factory.isPresent()) {
      return call(factory.get(), node);
    }
    if (raw.isRecord()) {
      return bind(node, raw.asSubclass(Record.class));
    }
    return raw.isEnum() ? constant(node, raw) : simple(node, raw);
  }

  private static Object generic(ConfigNode node, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return node.isNull() ? Optional.empty() : Optional.of(value(node, arguments[0]));
    }
    if (type.getRawType() == List.class) {
      List<Object> list = new ArrayList<>();
      node.items().forEach(item -> list.add(value(item, arguments[0])));
      return List.copyOf(list);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.keys().forEach(key -> map.put(key, value(node.get(key), arguments[1])));
      return java.util.Collections.unmodifiableMap(map);
    }
    throw new IllegalArgumentException("unsupported component type " + type);
  }

  private static Object simple(ConfigNode node, Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return integer(node);
    }
    if (type == long.class || type == Long.class) {
      return node.integer();
    }
    if (type == double.class || type == Double.class) {
      return node.number();
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.bool();
    }
    if (type == String.class) {
      return node.text();
    }
    if (type == Path.class) {
      return path(node);
    }
    if (type == ConfigNode.class) {
      return node;
    }
    throw new IllegalArgumentException("unsupported component type " + type);
  }

  private static Path path(ConfigNode node) {
    try {
      return Path.of(node.text());
    } catch (InvalidPathException e) {
      throw node.wrongType("a path");
    }
  }

  private static int integer(ConfigNode node) {
    long value = node.integer();
    if (value != (int) value) {
      throw node.wrongType("a whole number below 2^31");
    }
    return (int) value;
  }

  private static Object constant(ConfigNode node, Class<?> type) {
    String text = node.text();
    List<String> names = constantNames(type);
    int index = names.indexOf(text);
    if (index < 0) {
      throw Limits.notOneOf(names, text, node);
    }
    return type.getEnumConstants()[index];
  }

  static List<String> constantNames(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> Fields.constantName((Enum<?>) constant))
        .toList();
  }

  static Optional<Method> factory(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("fromConfig"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(
            method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {ConfigNode.class}))
        .findFirst();
  }

  private static Object call(Method factory, ConfigNode node) {
    try {
      factory.setAccessible(true);
      return factory.invoke(null, node);
    } catch (InvocationTargetException e) {
      throw asUserError(e.getCause(), node);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <R> R construct(Class<R> type, Object[] values, ConfigNode node) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw asUserError(e.getCause(), node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException asUserError(Throwable cause, ConfigNode node) {
    if (cause instanceof IllegalArgumentException) {
      return LatticeLiftException.badData(
          String.valueOf(cause.getMessage()), node.where(), "consistent values", "Correct it");
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  /** Describes the keys of record classes. */
  static final class Describer {
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

  /** The value of a record component whose key is absent. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Default {
    /** The value. */
    String value();
  }

  /** One line of help about a record component. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Doc {
    /** The help text. */
    String value();
  }

  /** The configuration key of a record component, where it is not the snake_case of its name. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Key {
    /** The key. */
    String value();
  }

  /**
   * The allowed texts of a record component, or of each element of a list; for an enum, those of
   * its constants that have a meaning here.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface OneOf {
    /** The texts. */
    String[] value();
  }

  /** A record whose keys stand in its place between those of the record around it. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Part {}

  /** The allowed range of a number, or of each number of a list. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Range {
    /** Lower end. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Upper end. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether the lower end is excluded. */
    boolean minOpen() default false;

    /** Whether the upper end is excluded. */
    boolean maxOpen() default false;
  }

  /**
   * One configuration key, for help texts and reference pages.
   *
   * @param path with dots, such as {@code sde.drift.type}
   * @param kind what values are, with their range or choices
   * @param defaultYaml the default as YAML; empty without one
   * @param optional whether the key may be left out although it has no default
   * @param doc meaning; empty if it has none
   */
  public record KeyDescription(
      String path, String kind, Optional<String> defaultYaml, boolean optional, String doc) {
    /** The last part of the path; the key within its section. */
    public String key() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The first part of the path; the top-level key. */
    public String section() {
      return path.split("\\.", 2)[0];
    }

    /** How deep the key lies; 0 for top-level keys. */
    public int depth() {
      return (int) path.chars().filter(c -> c == '.').count();
    }

    /** The same key with another default; a copy. */
    public KeyDescription withDefault(String yaml) {
      return new KeyDescription(path, kind, Optional.of(yaml), optional, doc);
    }

    /** A line of help, indented by depth; key, values, default, meaning. */
    public String line() {
      String missing = optional ? "optional" : "required";
      String given = defaultYaml.map(yaml -> "default " + yaml).orElse(missing);
      String meaning = doc.isEmpty() ? "" : "  " + doc;
      return String.format("%-28s", "  ".repeat(depth()) + key())
          + ' '
          + kind
          + ", "
          + given
          + meaning;
    }
  }
}
