package org.latticelift.app.pipeline;

import static org.latticelift.app.pipeline.ConfigurationKeys.key;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latticelift.app.pipeline.PipelineConfig.Lifting;
import org.latticelift.app.pipeline.PipelineConfig.Model;
import org.latticelift.app.pipeline.PipelineConfig.Run;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.train.SdeConfig;
import org.latticelift.learn.train.TrainConfig;
import org.latticelift.sim.lift.LiftConfig;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.system.SystemProvider;

/**
 * A configuration as it was read: of which system it is, what it says with presets and defaults,
 * and what of it two runs must share to have the same results.
 *
 * @param user what the user wrote, without defaults
 * @param provider what makes the system
 * @param sections those of the stages, with defaults filled in
 * @param resolved everything with defaults filled in
 * @param system small and large
 * @param lift sections {@code upsample} and {@code evolve}
 * @param name that of the run directory under {@code runs}
 */
public record ResolvedConfiguration(
    ConfigNode user,
    SystemProvider provider,
    PipelineConfig sections,
    ConfigNode resolved,
    LatticeSystem<?> system,
    LiftConfig lift,
    String name) {
  /** Sections of the stages that compare, which are made again where these have changed. */
  private static final Set<String> OF_COMPARISON = Set.of("evaluate", "report");

  /** Sections that may change between a run and its continuation. */
  private static final Set<String> FREE = Set.of("output", "checkpoint", "evaluate", "report");

  /** Keys of section {@code external} that change no result. */
  private static final Set<String> FREE_OF_WORKERS = Set.of("folder", "workers", "timeout_s");

  /** Sections that change nothing of the pairs. */
  private static final Set<String> AFTER_PAIRS =
      Set.of(
          "closure", "sde", "train", "ensemble", "direct", "schedule", "vacancies", "experiment");

  /** Sections that change nothing of the runs of the small system. */
  private static final Set<String> AFTER_SMALL_RUNS = Set.of("upsample", "relax", "evolve");

  /** Sections that change nothing of direct runs. */
  private static final Set<String> BESIDE_DIRECT =
      Set.of("evolve", "closure", "sde", "train", "ensemble", "experiment");

  /** Sections that change nothing of the model. */
  private static final Set<String> AFTER_MODEL = Set.of("ensemble", "direct", "experiment");

  /** Sections that belong to systems; a system need not read all of them. */
  private static final Set<String> OF_SYSTEMS =
      Set.of(
          "conditions",
          "lattice",
          "barrier",
          "kinetics",
          "transport",
          "relax",
          "samples",
          "external");

  /** Sections of stages that run dynamics, which not every system has. */
  private static final Set<String> OF_DYNAMICS =
      Set.of("simulate", "upsample", "evolve", "direct", "schedule");

  /**
   * Reads a configuration file ({@code overrides}: {@code key.path=value}), as it was read; an
   * error of the configuration says where and what is allowed.
   */
  static ResolvedConfiguration load(Path file, List<String> overrides, OptionalLong seed) {
    ConfigNode written = ConfigNode.load(file, overrides);
    if (written.isMapping() && written.keys().isEmpty()) {
      throw LatticeLiftException.badData(
          "the configuration is empty",
          file.toString(),
          "at least 'conditions', such as conditions: {temperature_K: [1000, 2000]}",
          "Write it, or begin with 'latticelift new alloy my.yaml'");
    }
    ConfigNode user = WorkSizes.chosen(written, overrides);
    if (seed.isPresent()) {
      user = user.with(key(Run::seed), seed.getAsLong());
    }
    return of(user, name(file));
  }

  /**
   * What results of a configuration are called unless somebody says otherwise ({@code file}: YAML);
   * its name without the ending.
   */
  public static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }

  /** Takes a configuration ({@code name}: of the run directory under {@code runs}). */
  static ResolvedConfiguration of(ConfigNode user, String name) {
    Binder.bind(withConditions(user), PipelineConfig.class);
    SystemProvider provider =
        SystemProvider.find(user.find("system").orElse(ConfigNode.parse("alloy", "default")));
    ConfigNode root = withPreset(user, provider);
    PipelineConfig sections = Binder.bind(withConditions(root), PipelineConfig.class);
    refuseForeignSections(root, provider);
    LiftConfig plain = LiftConfig.of(root);
    LiftConfig lift = sections.learning().closure().wanted() ? plain.forClosure() : plain;
    return new ResolvedConfiguration(
        user,
        provider,
        sections,
        resolve(root, sections, provider, lift),
        provider.create(root),
        lift,
        name);
  }

  /** Samples of another program say themselves at which conditions they are. */
  private static ConfigNode withConditions(ConfigNode user) {
    return user.isMapping() && user.find("samples").isPresent()
        ? user.over(ConfigNode.parse("conditions: {}", "samples"))
        : user;
  }

  /**
   * A configuration as results have it: with defaults filled in, also of sections that other
   * systems have ({@code resolved}: from the provenance of a file, perhaps changed).
   */
  static ResolvedConfiguration ofResolved(ConfigNode resolved, String name) {
    SystemProvider provider = SystemProvider.find(resolved.get("system"));
    return of(resolved.without(foreign(provider)), name);
  }

  /** Sections that only other systems have. */
  static Set<String> foreign(SystemProvider provider) {
    Set<String> foreign = new TreeSet<>(OF_SYSTEMS);
    if (!provider.simulates()) {
      foreign.addAll(OF_DYNAMICS);
    }
    foreign.removeAll(provider.keys());
    return foreign;
  }

  /**
   * Everything with defaults filled in that this system has: a configuration that can be read
   * again; a mapping.
   */
  public ConfigNode readable() {
    return resolved.without(foreign(provider));
  }

  private static void refuseForeignSections(ConfigNode root, SystemProvider provider) {
    Set<String> foreign = foreign(provider);
    for (String key : root.keys()) {
      if (foreign.contains(key)) {
        throw LatticeLiftException.badData(
            "section '" + key + "' with system " + provider.name(),
            root.get(key).where(),
            "sections of this system: " + new TreeSet<>(provider.keys()),
            "Remove it");
      }
    }
  }

  private static ConfigNode withPreset(ConfigNode user, SystemProvider provider) {
    ConfigNode defaults = ConfigNode.parse(provider.defaults(user), "system " + provider.name());
    Optional<ConfigNode> preset = user.find("preset");
    if (preset.isEmpty()) {
      return user.over(defaults);
    }
    String source = "preset " + preset.get().text();
    return user.over(ConfigNode.parse(provider.preset(preset.get().text(), user), source))
        .over(ConfigNode.parse("sde: " + SdeConfig.AUTHORS, source))
        .over(ConfigNode.parse("train: " + TrainConfig.AUTHORS, source))
        .over(ConfigNode.parse("upsample: " + LiftConfig.AUTHORS_UPSAMPLE, source))
        .over(ConfigNode.parse("evolve: " + LiftConfig.AUTHORS_EVOLVE, source))
        .over(defaults);
  }

  private static ConfigNode resolve(
      ConfigNode root, PipelineConfig config, SystemProvider provider, LiftConfig lift) {
    ConfigNode all = provider.resolve(root).over(Binder.resolve(config)).without(WorkSizes.KEYS);
    ConfigNode keep = Binder.resolve(lift.keep());
    ConfigNode pairs = Binder.resolve(lift.pairs());
    return all.with(key(Lifting::upsample), all.getPath(key(Lifting::upsample).path()).over(keep))
        .with(key(Lifting::evolve), all.getPath(key(Lifting::evolve).path()).over(pairs));
  }

  /** What a continued run has to share with the one that began; a hash. */
  public String fingerprint() {
    return identity().line();
  }

  private ConfigNode lasting() {
    ConfigNode all = resolved.without(FREE);
    return all.find(key(Model::external))
        .filter(ConfigNode::isMapping)
        .map(each -> all.with(key(Model::external).path(), each.without(FREE_OF_WORKERS)))
        .orElse(all);
  }

  private RunIdentity identity() {
    return RunIdentity.of(lasting(), provider.inputs(resolved), ResolvedConfiguration::hash);
  }

  static String hash(ConfigNode config) {
    return hash(config.canonical());
  }

  /** SHA-256 in hexadecimal. */
  static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns whether the run that a folder holds is this one although its files have moved; an error
   * (65) if one has another content.
   */
  boolean continues(String begun, Path root) {
    RunIdentity now = identity();
    boolean same = now.asksAs(begun);
    if (same) {
      now.requireSameFiles(begun, root);
    }
    return same;
  }

  /**
   * This configuration with the content of files in place of their names, to compare it with a run
   * of another folder.
   */
  ResolvedConfiguration withContents(Map<String, String> hashes) {
    return new ResolvedConfiguration(
        user,
        provider,
        sections,
        RunIdentity.replaced(resolved, provider.inputs(resolved).keySet(), hashes),
        system,
        lift,
        name);
  }

  /** An earlier configuration that names the files of this one where both name some. */
  ConfigNode withFilesOf(ConfigNode then) {
    ConfigNode changed = then;
    for (Map.Entry<String, Path> file : identity().files().entrySet()) {
      if (then.findPath(file.getKey()).filter(ConfigNode::isScalar).isPresent()) {
        changed = changed.with(file.getKey(), ScheduleList.quoted(file.getValue().toString()));
      }
    }
    return changed;
  }

  /** SHA-256 of the files that are read, by key; not of those of comparisons. */
  Map<String, String> contents() {
    return identity().hashes();
  }

  /**
   * Equal for configurations that make equal pairs, and equal closures where there are some; text
   * of the sections.
   */
  public String dataKey() {
    String pairs = lasting().without(AFTER_PAIRS).canonical();
    return sections.learning().closure().wanted()
        ? pairs + resolved.get("closure").canonical()
        : pairs;
  }

  /**
   * Equal for configurations that make equal runs of the small system: all that pairs depend on but
   * the size of the large one, and what is made of the snapshots.
   */
  String simulationKey() {
    return smallRuns().canonical() + system.small();
  }

  /**
   * Equal for configurations that fit the same to the small runs, from which they draw large states
   * of any size; text of the sections; empty where nothing is fitted.
   */
  Optional<String> fitKey() {
    return fitted().map(it -> simulationKey() + fittedWith(it.fitKeys()).canonical());
  }

  /** File with what is fitted to the small runs, if anything is. */
  Optional<String> fittedFile() {
    return fitted().map(FittedUpsampling::file);
  }

  private Optional<? extends FittedUpsampling<?>> fitted() {
    return system.options().upsampling();
  }

  private ConfigNode fittedWith(Set<String> keys) {
    ConfigNode upsample = resolved.section("upsample");
    Set<String> others = new TreeSet<>(upsample.keys());
    others.removeAll(keys);
    others.remove("groups");
    return upsample.without(others);
  }

  private ConfigNode smallRuns() {
    ConfigNode runs = lasting().without(AFTER_PAIRS).without(AFTER_SMALL_RUNS);
    return runs.with(ConfigurationKeys.LARGE, "null");
  }

  /** Values that keep the runs of the small system from being those of another configuration. */
  List<String> smallRunsOtherThan(ResolvedConfiguration earlier) {
    return EarlierConfiguration.changes(earlier.smallRuns(), smallRuns());
  }

  /** Equal for configurations that make equal direct runs, whose records hold no closures. */
  String directKey() {
    return lasting().without(BESIDE_DIRECT).canonical();
  }

  /** Equal for configurations that train equal models: all but what predicts and compares. */
  String modelKey() {
    return lasting().without(AFTER_MODEL).canonical();
  }

  /** Size of the large system, as names of folders and rows have it. */
  String largeSize() {
    List<Integer> shape = system.large().shape();
    boolean equal = shape.stream().allMatch(shape.get(0)::equals);
    return (equal ? shape.subList(0, 1) : shape)
        .stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /**
   * Names what differs from the run that a folder holds; an error (65) if something does that has
   * to be the same ({@code root}: run directory, which need not exist).
   */
  void requireSame(Path root) {
    EarlierConfiguration.requireSame(root, resolved, FREE);
  }

  /** What is no longer as it was when a comparison was made; nothing where there is none. */
  List<String> changedComparison(RunDirectory directory) {
    return directory.complete(EvaluationFile.NAME)
        ? EarlierConfiguration.changes(directory.file(EvaluationFile.NAME), resolved, OF_COMPARISON)
        : List.of();
  }

  /**
   * The run directory: that of the command line, or a name under {@code runs} ({@code
   * fromCommandLine}: what the user asked for); the folder.
   */
  public Path directory(Optional<Path> fromCommandLine) {
    return fromCommandLine.orElse(Path.of("runs").resolve(name));
  }

  /**
   * The keys {@code size} and {@code sizes} of a configuration: amounts of work by name. Values of
   * the chosen one stand in place of those of the file; the command line overrides both.
   */
  static final class WorkSizes {
    /** Keys that are gone when a size was chosen. */
    static final Set<String> KEYS = Set.of("size", "sizes");

    private static final String DEFAULT = "quick";

    private WorkSizes() {}

    /** Chooses ({@code user}: what was written, overrides among it), without the two keys. */
    static ConfigNode chosen(ConfigNode user, List<String> overrides) {
      Optional<ConfigNode> sizes = user.find("sizes");
      Optional<ConfigNode> size = user.find("size");
      if (sizes.isEmpty()) {
        size.ifPresent(WorkSizes::refuse);
        return user;
      }
      String name = size.map(ConfigNode::text).orElse(DEFAULT);
      if (!sizes.get().keys().contains(name)) {
        throw LatticeLiftException.badData(
            "no size '" + name + "'", "size", "one of " + sizes.get().keys(), "Correct the key");
      }
      ConfigNode node = user.without(KEYS).with(sizes.get().get(name));
      for (String override : overrides) {
        if (KEYS.stream()
            .noneMatch(key -> override.startsWith(key + "=") || override.startsWith(key + "."))) {
          node = node.set(override);
        }
      }
      return node;
    }

    private static void refuse(ConfigNode size) {
      throw LatticeLiftException.badData(
          "size '" + size.text() + "' of a configuration without sizes",
          size.where(),
          "a configuration with the key 'sizes'; experiments have experiment.size",
          "Remove it");
    }
  }
}
