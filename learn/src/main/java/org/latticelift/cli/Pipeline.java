package org.latticelift.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.latticelift.closure.ClosedDirectStage;
import org.latticelift.closure.ClosureStage;
import org.latticelift.communicator.Communicator;
import org.latticelift.communicator.LocalRanks;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.ensemble.EnsembleStage;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.evaluation.EvaluateStage;
import org.latticelift.lifting.LiftConfig;
import org.latticelift.lifting.LiftStage;
import org.latticelift.report.ReportStage;
import org.latticelift.rundir.Stage;
import org.latticelift.simulation.DirectStage;
import org.latticelift.simulation.SimulateConfig;
import org.latticelift.simulation.SimulateStage;
import org.latticelift.system.Condition;
import org.latticelift.system.MicroscopicSystem;
import org.latticelift.system.SystemProvider;
import org.latticelift.training.SdeConfig;
import org.latticelift.training.TrainConfig;
import org.latticelift.training.TrainStage;

/** A configuration turned into its system and its stages (ME-03). */
final class Pipeline {
  /** Sections that may change between a run and its continuation. */
  private static final Set<String> FREE = Set.of("output", "checkpoint", "evaluate", "report");

  /** Sections that change nothing of the pairs. */
  private static final Set<String> AFTER_PAIRS =
      Set.of("closure", "sde", "train", "ensemble", "direct", "experiment");

  /** Sections that belong to systems; a system need not read all of them. */
  private static final Set<String> OF_SYSTEMS =
      Set.of("conditions", "lattice", "barrier", "kinetics", "relax");

  private final ConfigNode user;
  private final SystemProvider provider;
  private final PipelineConfig config;
  private final ConfigNode resolved;
  private final MicroscopicSystem<?> system;
  private final LiftConfig lift;
  private final String name;
  private final Communicator ranks;

  private Pipeline(
      ConfigNode user,
      SystemProvider provider,
      PipelineConfig config,
      ConfigNode resolved,
      MicroscopicSystem<?> system,
      LiftConfig lift,
      String name,
      Communicator ranks) {
    this.user = user;
    this.provider = provider;
    this.config = config;
    this.resolved = resolved;
    this.system = system;
    this.lift = lift;
    this.name = name;
    this.ranks = ranks;
  }

  /**
   * Reads a configuration file.
   *
   * @param file YAML
   * @param overrides {@code key.path=value}
   * @param seed replaces the seed of the file
   */
  static Pipeline load(Path file, List<String> overrides, OptionalLong seed) {
    ConfigNode user = ConfigNode.load(file, overrides);
    if (seed.isPresent()) {
      user = user.with("seed", Long.toString(seed.getAsLong()));
    }
    return of(user, String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""));
  }

  /**
   * Takes a configuration.
   *
   * @param user what the user wrote
   * @param name of the run directory under {@code runs}
   */
  static Pipeline of(ConfigNode user, String name) {
    Binder.bind(user, PipelineConfig.class);
    SystemProvider provider =
        SystemProvider.find(user.find("system").orElse(ConfigNode.parse("alloy", "default")));
    ConfigNode root = withPreset(user, provider);
    PipelineConfig config = Binder.bind(root, PipelineConfig.class);
    refuseForeignSections(root, provider);
    LiftConfig plain = LiftConfig.of(root);
    LiftConfig lift = config.closure().wanted() ? plain.forClosure() : plain;
    return new Pipeline(
        user,
        provider,
        config,
        resolve(root, config, provider, lift),
        provider.create(root),
        lift,
        name,
        LocalRanks.single());
  }

  /** The same for the ranks of a job, which may hold a large state together. */
  Pipeline on(Communicator job) {
    return new Pipeline(user, provider, config, resolved, system, lift, name, job);
  }

  private static void refuseForeignSections(ConfigNode root, SystemProvider provider) {
    for (String key : root.keys()) {
      if (OF_SYSTEMS.contains(key) && !provider.keys().contains(key)) {
        throw LatticeLiftException.badData(
            "section '" + key + "' with system " + provider.name(),
            root.get(key).where(),
            "sections of this system: " + new TreeSet<>(provider.keys()),
            "Remove it");
      }
    }
  }

  private static ConfigNode withPreset(ConfigNode user, SystemProvider provider) {
    ConfigNode defaults = ConfigNode.parse(provider.defaults(), "system " + provider.name());
    Optional<ConfigNode> preset = user.find("preset");
    if (preset.isEmpty()) {
      return user.over(defaults);
    }
    String source = "preset " + preset.get().text();
    return user.over(ConfigNode.parse(provider.preset(preset.get().text(), user), source))
        .over(ConfigNode.parse("sde: " + SdeConfig.AUTHORS, source))
        .over(ConfigNode.parse("train: " + TrainConfig.AUTHORS, source))
        .over(defaults);
  }

  private static ConfigNode resolve(
      ConfigNode root, PipelineConfig config, SystemProvider provider, LiftConfig lift) {
    ConfigNode all = provider.resolve(root).over(Binder.resolve(config));
    ConfigNode keep = Binder.resolve(lift.keep());
    ConfigNode pairs = Binder.resolve(lift.pairs());
    return all.with("upsample", all.get("upsample").over(keep).toYaml())
        .with("evolve", all.get("evolve").over(pairs).toYaml());
  }

  SystemProvider provider() {
    return provider;
  }

  PipelineConfig config() {
    return config;
  }

  /** What the user wrote. */
  ConfigNode user() {
    return user;
  }

  String name() {
    return name;
  }

  /** Everything with defaults filled in. */
  String resolvedYaml() {
    return resolved.toYaml();
  }

  /** What a continued run has to share with the one that began. */
  String fingerprint() {
    try {
      byte[] text = resolved.without(FREE).toYaml().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Equal for configurations that make equal pairs, and equal closures where there are some. */
  String dataKey() {
    String pairs = resolved.without(FREE).without(AFTER_PAIRS).toYaml();
    return config.closure().wanted() ? pairs + resolved.get("closure").toYaml() : pairs;
  }

  /** What a training needs of an earlier run with an equal {@link #dataKey}. */
  List<String> trainingInputs() {
    return config.closure().wanted()
        ? List.of(ClosureStage.LATENT, ClosureStage.MODEL)
        : List.of(LiftStage.PAIRS);
  }

  MicroscopicSystem<?> system() {
    return system;
  }

  /** The run directory: command line, configuration, or a name under {@code runs}. */
  Path directory(Optional<Path> fromCommandLine) {
    return fromCommandLine
        .or(() -> config.output().directory())
        .orElse(Path.of("runs").resolve(name));
  }

  /** All stages in order. */
  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    stages.add(new SimulateStage<>(system, config.simulate(), config.checkpoint()));
    stages.add(new LiftStage<>(system, lift));
    int conditions = system.conditions().size();
    long pairs = (long) lift.pairs().samples() * conditions;
    String latents = LiftStage.PAIRS;
    if (config.closure().wanted()) {
      stages.add(new ClosureStage<>(system, config.closure(), pairs));
      latents = ClosureStage.LATENT;
    }
    stages.add(new TrainStage(config.sde(), config.train(), pairs, latents));
    stages.add(
        new EnsembleStage(
            config.ensemble(),
            conditions,
            config.train().models(),
            observables(),
            EnsembleStage.ENSEMBLE,
            config.checkpoint().everySeconds()));
    config.direct().ifPresent(direct -> stages.add(direct(direct)));
    stages.add(new EvaluateStage(config.evaluate(), latents));
    stages.add(new ReportStage(config.report(), system.caveats()));
    return stages;
  }

  /** Observables and closure variables. */
  int observables() {
    return system.macroscopics().size() + config.closure().dim();
  }

  /** The stage that learns closure variables; an error where none are wanted. */
  Stage closureStage() {
    return stages().stream()
        .filter(stage -> stage instanceof ClosureStage)
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "closure.dim: 0", name, "a number of closure variables", "Set closure.dim"));
  }

  /** Finds what is wrong between sections, before anything runs. */
  void check(List<Stage> stages) {
    stages.forEach(Stage::check);
    system.checkStart(true, config.direct().isPresent());
    if (stages.stream().anyMatch(stage -> stage instanceof LiftStage)) {
      SimulateStage.requireStates(config.simulate());
    }
    List<Condition> conditions = system.conditions();
    String parameter = conditions.get(0).parameter();
    double[] trained = conditions.stream().mapToDouble(Condition::value).toArray();
    config.ensemble().requireRange(parameter, trained);
    config.ensemble().horizon().requireUnit(system.timeUnit());
    Set<String> names = new LinkedHashSet<>();
    conditions.forEach(condition -> names.add(condition.name()));
    config
        .ensemble()
        .conditions()
        .ifPresent(p -> p.values().forEach(v -> names.add(Condition.name(parameter, v))));
    config.evaluate().requireConditions(names);
  }

  private Stage direct(SimulateConfig direct) {
    return config.closure().wanted()
        ? new ClosedDirectStage<>(system, direct, config.checkpoint())
        : new DirectStage<>(system, direct, config.checkpoint(), ranks);
  }

  /** The stage that simulates the large system; an error where it is not configured. */
  Stage directStage() {
    return direct(configuredDirect());
  }

  /** The same without closure variables, which need a trained encoder. */
  Stage directStageAlone() {
    system.checkStart(false, true);
    return new DirectStage<>(system, configuredDirect(), config.checkpoint(), ranks);
  }

  private SimulateConfig configuredDirect() {
    return config
        .direct()
        .orElseThrow(
            () ->
                new LatticeLiftException(
                    ExitCode.BAD_DATA,
                    "no section 'direct'",
                    name,
                    "direct: {runs, records, duration}",
                    "Add it to the configuration"));
  }
}
