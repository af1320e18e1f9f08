package org.latticelift.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.KeyDescription;
import org.latticelift.io.config.Component;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.design.DesignConfig;
import org.latticelift.learn.diagram.MapConfig;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.sim.lift.LiftConfig;
import org.latticelift.sim.system.SystemProvider;

/** All configuration keys with their meaning, for {@code validate --keys} and reference pages. */
public final class ConfigurationKeys {
  /** How long a patch evolves, and the size of the large system: each system reads its own. */
  static final String DURATION = "evolve.duration";

  static final String LARGE = "lattice.large";

  /** What the stages read of sections that they share with the system. */
  private static final Map<String, Class<? extends Record>> SHARED =
      Map.of("upsample", LiftConfig.Keep.class, "evolve", LiftConfig.Pairs.class);

  private static final Map<String, List<Class<? extends Record>>> STAGES = new HashMap<>();

  static {
    STAGES.put("", List.of(PipelineConfig.class));
    SHARED.forEach((section, reader) -> STAGES.put(section, List.of(reader)));
  }

  private ConfigurationKeys() {}

  /** The key that a stage reads into a component ({@code component}: its accessor). */
  public static <R extends Record, T> ConfigKey<T> key(Component<R, T> component) {
    return Binder.key(component, STAGES);
  }

  /** All keys of a system; lines of text. */
  public static String describe(SystemProvider provider) {
    return of(provider).stream().map(KeyDescription::line).collect(Collectors.joining("\n"));
  }

  /** All keys of a system; every key, those of a section after it. */
  public static List<KeyDescription> of(SystemProvider provider) {
    ConfigNode own = ConfigNode.parse(provider.defaults(), "system " + provider.name());
    Set<String> foreign = provider.simulates() ? Set.of() : ResolvedConfiguration.foreign(provider);
    return Binder.keys(PipelineConfig.class, sections(provider)).stream()
        .filter(key -> !foreign.contains(key.path().split("\\.")[0]))
        .map(key -> value(own, key.path()).map(key::withDefault).orElse(key))
        .toList();
  }

  /** What a system says of a key in place of the default that it has elsewhere. */
  private static Optional<String> value(ConfigNode own, String path) {
    return own.findPath(path).filter(ConfigNode::isScalar).map(node -> node.toYaml().strip());
  }

  /** The keys that systems do not read; every key, those of a section after it. */
  public static List<KeyDescription> ofStages() {
    return Binder.keys(PipelineConfig.class, Map.of());
  }

  /** The commands that ask a model, with the keys that {@code --set} of them has, by command. */
  public static Map<String, Class<? extends Record>> ofCommands() {
    Map<String, Class<? extends Record>> commands = new TreeMap<>();
    commands.put("predict", PredictConfig.class);
    commands.put("map", MapConfig.class);
    commands.put("design", DesignConfig.class);
    return commands;
  }

  /** Sections of which a system reads all or some keys; records by the path of the section. */
  public static Map<String, List<Class<? extends Record>>> sections(SystemProvider provider) {
    Map<String, List<Class<? extends Record>>> sections = new HashMap<>();
    provider.sections().forEach((key, records) -> sections.put(key, new ArrayList<>(records)));
    if (!provider.simulates()) {
      return sections;
    }
    SHARED.forEach(
        (key, record) -> sections.computeIfAbsent(key, k -> new ArrayList<>()).add(record));
    return sections;
  }
}
