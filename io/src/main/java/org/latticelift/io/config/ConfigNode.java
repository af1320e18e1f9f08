package org.latticelift.io.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.latticelift.io.error.LatticeLiftException;

/** An immutable node of a configuration that knows its source position and its key path. */
public final class ConfigNode {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final double EXACT_INTEGERS = 9007199254740992.0;

  private final Map<String, ConfigNode> entries;
  private final List<ConfigNode> items;
  private final String text;
  private final boolean plain;
  private final Position position;
  private final String path;

  /** The file that a scalar names, if it is known to name one that is read; else null. */
  private final Path input;

  private ConfigNode(
      Map<String, ConfigNode> entries,
      List<ConfigNode> items,
      String text,
      boolean plain,
      Position position,
      String path,
      Path input) {
    this.entries = entries;
    this.items = items;
    this.text = text;
    this.plain = plain;
    this.position = position;
    this.path = path;
    this.input = input;
  }

  static ConfigNode mapping(Map<String, ConfigNode> entries, Position position, String path) {
    return new ConfigNode(new LinkedHashMap<>(entries), null, null, false, position, path, null);
  }

  static ConfigNode sequence(List<ConfigNode> items, Position position, String path) {
    return new ConfigNode(null, List.copyOf(items), null, false, position, path, null);
  }

  static ConfigNode scalar(String text, boolean plain, Position position, String path) {
    return new ConfigNode(null, null, text, plain, position, path, null);
  }

  /**
   * Reads a configuration file and applies overrides ({@code file}: YAML, UTF-8; {@code overrides}:
   * texts {@code a.b.c=value}; the value is YAML, {@code null} to leave out a key or section of the
   * file); the root mapping.
   */
  public static ConfigNode load(Path file, List<String> overrides) {
    Path absolute = file.toAbsolutePath();
    Path name = file.getFileName();
    Position source =
        new Position(name == null ? file.toString() : name.toString(), absolute.getParent());
    ConfigNode node = new YamlComposer(source).compose(ConfigSource.read(file), "");
    for (String override : overrides) {
      ConfigNode changed = node.set(override);
      ConfigSource.Override change = ConfigSource.override(override);
      if (changed.equals(node) && change.drops()) {
        throw LatticeLiftException.badData(
            "there is no key '" + change.keyPath() + "' to leave out",
            "--set " + override,
            "a key of " + name,
            "Correct or remove it");
      }
      node = changed;
    }
    return node;
  }

  /**
   * A copy with one value of the command line; its relative paths are relative to the working
   * directory ({@code override}: text {@code a.b.c=value}; the value is YAML).
   */
  public ConfigNode set(String override) {
    ConfigSource.Override change = ConfigSource.override(override);
    return with(change.keyPath(), change.yamlValue(), Position.here("--set"));
  }

  /**
   * Parses YAML text ({@code yaml}: one document; {@code sourceName}: name for messages, such as
   * {@code quickstart.yaml}); the root node; an empty document is an empty mapping.
   */
  public static ConfigNode parse(String yaml, String sourceName) {
    return new YamlComposer(Position.here(sourceName)).compose(yaml, "");
  }

  /**
   * The part of a mapping that has some of its keys; used where two readers share a section ({@code
   * keys}: keys to keep); a mapping at the same place.
   */
  public ConfigNode only(Set<String> keys) {
    Map<String, ConfigNode> kept = new LinkedHashMap<>(mappingEntries());
    kept.keySet().retainAll(keys);
    return mapping(kept, position, path);
  }

  /**
   * A mapping without some of its keys; used where two readers share a section ({@code keys}: keys
   * to leave out); a mapping at the same place.
   */
  public ConfigNode without(Set<String> keys) {
    Map<String, ConfigNode> kept = new LinkedHashMap<>(mappingEntries());
    kept.keySet().removeAll(keys);
    return mapping(kept, position, path);
  }

  /**
   * This mapping laid over another, mapping by mapping: what is missing here comes from there
   * ({@code base}: values that this node does not give); the union; where both give a value that is
   * not a mapping, this node's.
   */
  public ConfigNode over(ConfigNode base) {
    if (entries == null || base.entries == null) {
      return this;
    }
    Map<String, ConfigNode> union = new LinkedHashMap<>(base.entries);
    entries.forEach((key, value) -> union.merge(key, value, (theirs, ours) -> ours.over(theirs)));
    return mapping(union, position, path);
  }

  /**
   * A section that may be left out ({@code key}: key of a mapping); the value of the key; an empty
   * mapping where it is absent.
   */
  public ConfigNode section(String key) {
    return find(key).orElseGet(() -> mapping(Map.of(), position, join(path, key)));
  }

  private Map<String, ConfigNode> mappingEntries() {
    if (entries == null) {
      throw wrongType("a mapping of keys to values");
    }
    return entries;
  }

  /**
   * A copy with one value replaced or added, or with {@code null} left out; missing parents are
   * made ({@code keyPath}: keys joined by dots; {@code yamlValue}: YAML text).
   */
  public ConfigNode with(String keyPath, String yamlValue) {
    return with(keyPath, yamlValue, new Position("value of " + keyPath, position.folder()));
  }

  /**
   * A copy with one value replaced or added, or with a null left out; missing parents are made
   * ({@code keyPath}: keys joined by dots; {@code value}: keeps its source position and takes the
   * key path).
   */
  public ConfigNode with(String keyPath, ConfigNode value) {
    return KeyPath.of(keyPath).set(this, value.at(join(path, keyPath)));
  }

  /**
   * A copy with a value in place of what a key has ({@code value}: as a record holds it).
   *
   * @param <T> type of the value
   */
  public <T> ConfigNode with(ConfigKey<T> key, T value) {
    return value instanceof ConfigNode node
        ? with(key.path(), node)
        : with(key.path(), key.yaml().apply(value));
  }

  /**
   * A copy with several values replaced, added or left out, one after the other. Of a section that
   * is there the keys that are given: {@code train: {epochs: 3}} is {@code train.epochs: 3} ({@code
   * values}: a mapping whose keys are key paths or sections).
   */
  public ConfigNode with(ConfigNode values) {
    ConfigNode changed = this;
    for (Map.Entry<String, ConfigNode> each : values.mappingEntries().entrySet()) {
      String key = each.getKey();
      Map<String, ConfigNode> section = each.getValue().entries;
      if (section == null || entries == null || !entries.containsKey(key)) {
        changed = changed.with(key, each.getValue());
      } else {
        for (Map.Entry<String, ConfigNode> one : section.entrySet()) {
          changed = changed.with(key + "." + one.getKey(), one.getValue());
        }
      }
    }
    return changed;
  }

  /** A copy of this list with something else in place of each item. */
  public ConfigNode mapItems(UnaryOperator<ConfigNode> change) {
    return sequence(items().stream().map(change).toList(), position, path);
  }

  /** The same content with another key path. */
  ConfigNode at(String newPath) {
    if (isMapping()) {
      Map<String, ConfigNode> moved = new LinkedHashMap<>();
      entries.forEach((key, value) -> moved.put(key, value.at(join(newPath, key))));
      return mapping(moved, position, newPath);
    }
    if (isSequence()) {
      List<ConfigNode> moved = new ArrayList<>();
      items.forEach(item -> moved.add(item.at(newPath + "[" + moved.size() + "]")));
      return sequence(moved, position, newPath);
    }
    return new ConfigNode(null, null, text, plain, position, newPath, input);
  }

  /**
   * This scalar as the name of a file that is read: two configurations are the same if the files
   * have the same content, wherever they are ({@code file}: what it names).
   */
  public ConfigNode naming(Path file) {
    return new ConfigNode(null, null, text(), plain, position, path, file);
  }

  /**
   * The files that this configuration names for reading, by keys joined by dots, with places in
   * lists such as {@code beside[0]}.
   */
  public Map<String, Path> inputs() {
    Map<String, Path> found = new LinkedHashMap<>();
    collectInputs("", found);
    return found;
  }

  private void collectInputs(String key, Map<String, Path> found) {
    if (isMapping()) {
      entries.forEach((name, value) -> value.collectInputs(join(key, name), found));
    } else if (isSequence()) {
      for (int i = 0; i < items.size(); i++) {
        items.get(i).collectInputs(key + "[" + i + "]", found);
      }
    } else if (input != null) {
      found.put(key, input);
    }
  }

  /**
   * A copy with other texts in place of names of files ({@code texts}: by key as in {@link
   * #inputs}; other names stay).
   */
  public ConfigNode withInputs(Map<String, String> texts) {
    return withInputs("", texts);
  }

  private ConfigNode withInputs(String key, Map<String, String> texts) {
    if (isMapping()) {
      Map<String, ConfigNode> changed = new LinkedHashMap<>();
      entries.forEach((name, each) -> changed.put(name, each.withInputs(join(key, name), texts)));
      return holding(changed);
    }
    if (isSequence()) {
      List<ConfigNode> changed = new ArrayList<>();
      items.forEach(each -> changed.add(each.withInputs(key + "[" + changed.size() + "]", texts)));
      return sequence(changed, position, path);
    }
    return input != null && texts.containsKey(key)
        ? scalar(texts.get(key), false, position, path)
        : this;
  }

  private ConfigNode with(String keyPath, String yamlValue, Position source) {
    String full = join(path, keyPath);
    return KeyPath.of(keyPath).set(this, new YamlComposer(source).value(yamlValue, full));
  }

  ConfigNode holding(Map<String, ConfigNode> others) {
    return mapping(others, position, path);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Whether this is a mapping of keys to nodes; true for a mapping. */
  public boolean isMapping() {
    return entries != null;
  }

  /** Whether this is a list; true for a sequence. */
  public boolean isSequence() {
    return items != null;
  }

  /** Whether this is a single value; true for a scalar. */
  public boolean isScalar() {
    return text != null;
  }

  /**
   * Whether this is a single value that reads so, such as {@code auto} in place of a mapping
   * ({@code word}: the text); true for that scalar.
   */
  public boolean isWord(String word) {
    return isScalar() && text().equals(word);
  }

  /**
   * Whether this is a scalar without a value ({@code ~}, {@code null} or nothing); true for the
   * YAML null.
   */
  public boolean isNull() {
    return isScalar() && plain && NULLS.contains(text);
  }

  boolean isPlain() {
    return plain;
  }

  /** The node of a key, if present ({@code key}: one key of this mapping). */
  public Optional<ConfigNode> find(String key) {
    return Optional.ofNullable(mappingEntries().get(key));
  }

  /** The node of a key, if its sections are there, too. */
  public Optional<ConfigNode> find(ConfigKey<?> key) {
    return findPath(key.path());
  }

  /** The node of a key path; an error if it is missing ({@code keyPath}: keys joined by dots). */
  public ConfigNode getPath(String keyPath) {
    ConfigNode at = this;
    for (String part : keyPath.split("\\.")) {
      at = at.get(part);
    }
    return at;
  }

  /**
   * The node of a key path, if every part of it is there ({@code keyPath}: keys joined by dots).
   */
  public Optional<ConfigNode> findPath(String keyPath) {
    Optional<ConfigNode> at = Optional.of(this);
    for (String key : keyPath.split("\\.")) {
      at = at.filter(ConfigNode::isMapping).flatMap(node -> node.find(key));
    }
    return at;
  }

  /** The node of a key; an error if it is missing ({@code key}: one key of this mapping). */
  public ConfigNode get(String key) {
    return find(key)
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "missing key '" + key + "'",
                    where(),
                    "a value for " + join(path, key),
                    "Add the key"));
  }

  /** The keys in the order of the file; the keys of this mapping. */
  public List<String> keys() {
    return List.copyOf(mappingEntries().keySet());
  }

  /** The elements of this list; the items. */
  public List<ConfigNode> items() {
    if (!isSequence()) {
      throw wrongType("a list such as [1, 2]");
    }
    return items;
  }

  /** This scalar as text; the text, also of numbers. */
  public String text() {
    if (!isScalar() || isNull()) {
      throw wrongType("text");
    }
    return text;
  }

  /** This scalar as a whole number; {@code 1e6} is accepted. */
  public long integer() {
    if (isScalar() && plain && text.matches("[-+]?[0-9]{1,19}")) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw wrongType("a whole number below 2^63");
      }
    }
    if (!isNumber() || number() != Math.rint(number()) || Math.abs(number()) > EXACT_INTEGERS) {
      throw wrongType("a whole number" + unquoted());
    }
    return (long) number();
  }

  /** This scalar as a finite number. */
  public double number() {
    double value = isNumber() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrongType("a finite number" + unquoted());
    }
    return value;
  }

  private String unquoted() {
    return isScalar() && !plain && NUMBER.matcher(text).matches() ? ", without quotes" : "";
  }

  boolean isNumber() {
    return isScalar() && plain && NUMBER.matcher(text).matches();
  }

  /** This scalar as a truth value; true or false. */
  public boolean bool() {
    if (isScalar() && plain && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    throw wrongType("true or false");
  }

  /** The keys from the root to this node; keys joined by dots, empty for the root. */
  public String path() {
    return path;
  }

  /** The place for error messages, for example {@code quickstart.yaml:12 lattice.small}. */
  public String where() {
    return path.isEmpty() ? position.text() : position.text() + " " + path;
  }

  /** The folder to which relative paths of this node are relative. */
  public Path folder() {
    return position.folder();
  }

  /**
   * Canonical YAML: block mappings in the order of the keys, lists of scalars in one line, quotes
   * only where needed. Equal trees give equal text, and parsing it gives an equal tree. Returns the
   * text, ending with a line feed.
   */
  public String toYaml() {
    return new YamlEmitter(false).emit(this);
  }

  Map<String, ConfigNode> entries() {
    return entries;
  }

  String rawText() {
    return text;
  }

  /**
   * The error that this node has another type ({@code allowed}: what would have been accepted); the
   * error, exit code 65.
   */
  public LatticeLiftException wrongType(String allowed) {
    return LatticeLiftException.badData(
        "'" + summary() + "' is not allowed here", where(), allowed, "Correct the value");
  }

  private String summary() {
    if (isMapping()) {
      return "a mapping of " + String.join(", ", entries.keySet());
    }
    if (isSequence()) {
      return "a list of " + items.size();
    }
    return isNull() ? "nothing" : text;
  }

  /** The content as text that is equal for equal content: keys are in alphabetical order; YAML. */
  public String canonical() {
    return new YamlEmitter(true).emit(this);
  }

  /** Equality of content; positions and the order of keys do not count. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigNode node && canonical().equals(node.canonical());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return where() + ": " + toYaml().strip();
  }
}
