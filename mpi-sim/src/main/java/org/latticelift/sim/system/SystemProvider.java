package org.latticelift.sim.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Component;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.NearestKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Lifting.Windows;

/** Makes a system from a configuration; the entry point of an implementation. */
public interface SystemProvider {
  /** Value of the key {@code system}; such as {@code alloy}. */
  String name();

  /**
   * Top-level keys that this system reads; the stages read the others; the {@link #sections} that
   * it does not share with stages.
   */
  default Set<String> keys() {
    Set<String> keys = new TreeSet<>(sections().keySet());
    keys.removeIf(key -> key.contains(".") || StageKeys.SHARED.containsKey(key));
    return keys;
  }

  /**
   * The values that a preset gives to keys the user leaves out (DI: "presets follow the code").
   * {@code preset}: value of the key {@code preset}.
   */
  default String preset(String preset) {
    String yaml = presets().get(preset);
    if (yaml == null) {
      String known = String.join(", ", new TreeSet<>(presets().keySet()));
      throw LatticeLiftException.badData(
          "unknown preset '" + preset + "'",
          "preset",
          known.isEmpty() ? "none for system " + name() : known,
          "Correct or remove the key");
    }
    return yaml;
  }

  /**
   * A preset that may depend on the rest of a configuration, such as a table of tuned values
   * ({@code preset}: value of the key {@code preset}).
   */
  default String preset(String preset, ConfigNode user) {
    return preset(preset);
  }

  /**
   * Values of other sections that suit this system better than their general defaults; single keys
   * and presets override them.
   */
  default String defaults() {
    return "{}";
  }

  /** The same where they depend on what else is configured. */
  default String defaults(ConfigNode user) {
    return defaults();
  }

  /** The presets of this system; YAML text by name; none unless the system says otherwise. */
  default Map<String, String> presets() {
    return Map.of();
  }

  /**
   * The sections of this system with every default filled in. Conditions, and a section that makes
   * several records, are as the user wrote them. Returns a mapping of the sections in {@link
   * #keys()}, {@code upsample} and {@code evolve}.
   */
  default ConfigNode resolve(ConfigNode root) {
    ConfigNode resolved = root.only(keys());
    for (String shared : new TreeSet<>(StageKeys.SHARED.keySet())) {
      resolved = resolved.with(shared, "{}");
    }
    for (Map.Entry<String, List<Class<? extends Record>>> section :
        new TreeMap<>(sections()).entrySet()) {
      String key = section.getKey();
      List<Class<? extends Record>> records = section.getValue();
      if (!key.equals("conditions") && !key.contains(".") && records.size() == 1) {
        Set<String> ofStages = StageKeys.SHARED.getOrDefault(key, Set.of());
        Record values = Binder.bind(root.section(key), records.get(0), ofStages);
        resolved = resolved.with(key, Binder.resolve(values));
      }
    }
    return resolved;
  }

  /**
   * Files that the system reads, among them those that come with the program, where the keys of
   * {@link #resolve} do not know them as such, by the key that names a file, or chooses it.
   */
  default Map<String, Path> inputs(ConfigNode root) {
    return Map.of();
  }

  /** Whether the system has dynamics; false where it has only what another program has made. */
  default boolean simulates() {
    return true;
  }

  /** Makes the system. */
  LatticeSystem<?> create(ConfigNode root);

  /**
   * The same configuration with large states that are relaxed longer, and in the surroundings that
   * they have in the whole: where pairs of these tell another story, large states are not relaxed
   * (EX-33).
   *
   * @param resolved the whole configuration with every default filled in
   * @param doublings how often the length of the relaxation is doubled, 1 or more
   * @return empty where nothing of a large state is relaxed, such as copies without seams
   */
  default Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    return Optional.empty();
  }

  /**
   * What this system reads of each section; records by section, also of {@code conditions}; by path
   * where a stage reads the rest, such as {@code direct.parallel}.
   */
  Map<String, List<Class<? extends Record>>> sections();

  /** The key that a component of one of the {@link #sections} has ({@code component}: accessor). */
  default <R extends Record, T> ConfigKey<T> key(Component<R, T> component) {
    return Binder.key(component, sections());
  }

  /**
   * A short commented configuration to start from, for {@code latticelift new}; YAML text; by
   * default {@code NAME.yaml}, with the name of the system, or {@code template.yaml} beside the
   * class; empty without these files.
   */
  default Optional<String> template() {
    return text(name()).or(() -> text("template"));
  }

  /**
   * Names of further configurations to start from, each in a file of that name beside the class.
   */
  default List<String> furtherTemplates() {
    return List.of();
  }

  /** A further configuration to start from ({@code name}: one of {@link #furtherTemplates}). */
  default Optional<String> furtherTemplate(String name) {
    return furtherTemplates().contains(name) ? text(name) : Optional.empty();
  }

  private Optional<String> text(String name) {
    try (InputStream in = getClass().getResourceAsStream(name + ".yaml")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All systems on the class path; a new list, sorted by name. */
  static List<SystemProvider> all() {
    return ServiceLoader.load(SystemProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(SystemProvider::name))
        .toList();
  }

  /** Finds a system by name ({@code node}: the key {@code system} of a configuration). */
  static SystemProvider find(ConfigNode node) {
    List<SystemProvider> all = all();
    return all.stream()
        .filter(provider -> provider.name().equals(node.text()))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "unknown system '" + node.text() + "'",
                    node.where(),
                    "one of " + all.stream().map(SystemProvider::name).toList(),
                    nearest(node.text(), all)
                        + "Correct the key, or put the jar that provides the system on the class"
                        + " path"));
  }

  private static String nearest(String name, List<SystemProvider> all) {
    return NearestKey.of(name, all.stream().map(SystemProvider::name).toList())
        .map(nearest -> "Did you mean '" + nearest + "'? ")
        .orElse("");
  }

  /** Keys that stages read in sections they share with the system. */
  public final class StageKeys {
    /** In section {@code upsample}: how snapshots are drawn, what is kept of the large states. */
    public static final Set<String> UPSAMPLE = Set.of("keep", "keep_samples", "draw", "groups");

    /**
     * In section {@code evolve}: how many samples are made, what evolves of each, how they are
     * committed.
     */
    public static final Set<String> EVOLVE =
        Set.of(
            "samples", "shard_samples", "patches", "evolutions", "compensator", "twins", "joint");

    static final Map<String, Set<String>> SHARED = Map.of("upsample", UPSAMPLE, "evolve", EVOLVE);

    private StageKeys() {}

    /**
     * Whether small runs are dealt into groups (EX-07) ({@code root}: the whole configuration);
     * false with {@code upsample.groups: none}.
     */
    public static boolean grouped(ConfigNode root) {
      return root.section("upsample").find("groups").filter(node -> node.isWord("none")).isEmpty();
    }
  }

  /**
   * Configurations whose large states are relaxed longer than those of another, so that both show
   * whether these are relaxed (EX-33).
   */
  public final class LongerRelaxation {
    private LongerRelaxation() {}

    /**
     * More passes of windows.
     *
     * @param root a configuration with defaults
     * @param windows key of its windows
     * @param passes key of how often they cover a state
     * @param doublings how often the passes are doubled, at least once; where there are no windows
     *     the first doubling makes one pass of overlapping ones
     * @return the changed configuration
     */
    public static ConfigNode ofWindows(
        ConfigNode root, ConfigKey<Windows> windows, ConfigKey<Integer> passes, int doublings) {
      if (root.getPath(windows.path()).isWord(Binder.text(Windows.NONE))) {
        return root.with(windows, Windows.OVERLAPPING).with(passes, 1 << doublings - 1);
      }
      return root.with(passes, Math.toIntExact(root.getPath(passes.path()).integer() << doublings));
    }
  }
}
