package org.latticelift.app.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.certificate.CertificateStage;
import org.latticelift.learn.certificate.FurtherPairs;
import org.latticelift.learn.closure.ClosedDirectStage;
import org.latticelift.learn.closure.ClosureFile;
import org.latticelift.learn.closure.ClosureStage;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.evaluate.EvaluateStage;
import org.latticelift.learn.evaluate.Remedies;
import org.latticelift.learn.report.Question;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.learn.train.SdeConfig;
import org.latticelift.learn.train.TrainConfig;
import org.latticelift.learn.train.TrainStage;
import org.latticelift.sim.lift.LiftConfig;
import org.latticelift.sim.lift.LiftStage;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.Sampling;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.RelatedObservables;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.VacancyMediated;

/** A configuration turned into its system and its stages (ME-03). */
public final class Pipeline implements RunConfiguration {
  /** Sections that may change between a run and its continuation. */
  private static final Set<String> FREE = Set.of("output", "checkpoint", "evaluate", "report");

  /** Sections that change nothing of the pairs. */
  private static final Set<String> AFTER_PAIRS =
      Set.of(
          "closure", "sde", "train", "ensemble", "direct", "schedule", "vacancies", "experiment");

  /** Sections that change nothing of the model. */
  private static final Set<String> AFTER_MODEL = Set.of("ensemble", "direct", "experiment");

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
   * @return the pipeline; an error of the configuration says where and what is allowed
   */
  public static Pipeline load(Path file, List<String> overrides, OptionalLong seed) {
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
      user = user.with("seed", seed.getAsLong());
    }
    return of(user, String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""));
  }

  /**
   * Takes a configuration.
   *
   * @param user what the user wrote
   * @param name of the run directory under {@code runs}
   * @return the pipeline
   */
  public static Pipeline of(ConfigNode user, String name) {
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

  /**
   * The same for the ranks of a job, which may hold a large state together.
   *
   * @param job ranks
   * @return the same configuration
   */
  public Pipeline on(Communicator job) {
    return new Pipeline(user, provider, config, resolved, system, lift, name, job);
  }

  /**
   * A configuration as results have it: with defaults filled in, also of sections that other
   * systems have.
   *
   * @param resolved from the provenance of a file, perhaps changed
   * @param name of the run
   * @return the pipeline that the file is of
   */
  static Pipeline ofResolved(ConfigNode resolved, String name) {
    SystemProvider provider = SystemProvider.find(resolved.get("system"));
    Set<String> foreign = new TreeSet<>(OF_SYSTEMS);
    foreign.removeAll(provider.keys());
    return of(resolved.without(foreign), name);
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
        .over(ConfigNode.parse("upsample: " + LiftConfig.AUTHORS_UPSAMPLE, source))
        .over(ConfigNode.parse("evolve: " + LiftConfig.AUTHORS_EVOLVE, source))
        .over(defaults);
  }

  private static ConfigNode resolve(
      ConfigNode root, PipelineConfig config, SystemProvider provider, LiftConfig lift) {
    ConfigNode all = provider.resolve(root).over(Binder.resolve(config)).without(WorkSizes.KEYS);
    ConfigNode keep = Binder.resolve(lift.keep());
    ConfigNode pairs = Binder.resolve(lift.pairs());
    return all.with("upsample", all.get("upsample").over(keep))
        .with("evolve", all.get("evolve").over(pairs));
  }

  /**
   * What makes the system.
   *
   * @return the provider
   */
  public SystemProvider provider() {
    return provider;
  }

  /**
   * The sections.
   *
   * @return with defaults filled in
   */
  public PipelineConfig config() {
    return config;
  }

  /**
   * What the user wrote.
   *
   * @return without defaults
   */
  public ConfigNode user() {
    return user;
  }

  /**
   * Name of the configuration.
   *
   * @return that of the run directory under {@code runs}
   */
  public String name() {
    return name;
  }

  @Override
  public String resolvedYaml() {
    return resolved.toYaml();
  }

  /**
   * What a continued run has to share with the one that began.
   *
   * @return a hash
   */
  public String fingerprint() {
    try {
      byte[] text = resolved.without(FREE).toYaml().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Equal for configurations that make equal pairs, and equal closures where there are some.
   *
   * @return text of the sections
   */
  public String dataKey() {
    String pairs = resolved.without(FREE).without(AFTER_PAIRS).toYaml();
    return config.closure().wanted() ? pairs + resolved.get("closure").toYaml() : pairs;
  }

  /**
   * Equal for configurations that make equal runs of the small system: all that pairs depend on but
   * the size of the large one.
   *
   * @return text of the sections
   */
  String simulationKey() {
    ConfigNode pairs = resolved.without(FREE).without(AFTER_PAIRS);
    ConfigNode lattice = pairs.section("lattice").without(Set.of("large"));
    return pairs.with("lattice", lattice).toYaml() + system.small();
  }

  /** Equal for configurations that train equal models: all but what predicts and compares. */
  String modelKey() {
    return resolved.without(FREE).without(AFTER_MODEL).toYaml();
  }

  /** Size of the large system, as names of folders and rows have it. */
  String largeSize() {
    List<Integer> shape = system.large().shape();
    boolean equal = shape.stream().allMatch(shape.get(0)::equals);
    return (equal ? shape.subList(0, 1) : shape)
        .stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /**
   * What a training needs of an earlier run with an equal {@link #dataKey}.
   *
   * @return names of files
   */
  public List<String> trainingInputs() {
    return config.closure().wanted()
        ? List.of(PairsFile.LATENT, ClosureFile.NAME)
        : List.of(PairsFile.NAME);
  }

  /**
   * The system.
   *
   * @return small and large
   */
  public MicroscopicSystem<?> system() {
    return system;
  }

  /**
   * The run directory: command line, configuration, or a name under {@code runs}.
   *
   * @param fromCommandLine what the user asked for
   * @return the folder
   */
  public Path directory(Optional<Path> fromCommandLine) {
    return fromCommandLine
        .or(() -> config.output().directory())
        .orElse(Path.of("runs").resolve(name));
  }

  /**
   * All stages in order.
   *
   * @return a new list
   */
  public List<Stage> stages() {
    return MethodStage.stages(this, EnumSet.allOf(MethodStage.Part.class));
  }

  /** Stages that end with a model. */
  List<Stage> learning() {
    return MethodStage.stages(this, EnumSet.of(MethodStage.Part.LEARNING));
  }

  Stage simulateStage() {
    return new SimulateStage<>(system, config.simulate(), config.checkpoint());
  }

  Stage liftStage() {
    boolean stationary =
        config.simulate().sampling() == Sampling.TIME || user.find("preset").isPresent();
    return new LiftStage<>(LiftableSystem.of(system), lift, stationary);
  }

  private long pairCount() {
    return (long) lift.pairs().samples() * system.conditions().size();
  }

  /** What a model is trained on. */
  private String pairFile() {
    return config.closure().wanted() ? PairsFile.LATENT : PairsFile.NAME;
  }

  /** Learns closure variables; an error where none are wanted. */
  Stage closureStage() {
    if (!config.closure().wanted()) {
      throw LatticeLiftException.badData(
          "closure.dim: 0", name, "a number of closure variables", "Set closure.dim");
    }
    return new ClosureStage<>(system, config.closure(), pairCount());
  }

  Stage trainStage() {
    return new TrainStage(
        config.sde(),
        config.train(),
        pairCount(),
        pairFile(),
        VacancyMediated.concentration(system));
  }

  Stage ensembleStage() {
    EnsembleStage isothermal =
        new EnsembleStage(
            config.ensemble(),
            system.conditions().size(),
            config.train().models(),
            observables(),
            EnsembleFile.NAME,
            config.checkpoint().everySeconds());
    return scheduled().<Stage>map(s -> s.ensemble(isothermal)).orElse(isothermal);
  }

  Stage evaluateStage() {
    return scheduled()
        .<Stage>map(ScheduledRuns::comparison)
        .orElseGet(
            () ->
                new EvaluateStage(
                    config.evaluate(),
                    pairFile(),
                    RelatedObservables.of(system),
                    Remedies.of(
                        system, config.simulate(), config.direct(), config.ensemble().horizon()),
                    (directory, condition, events) ->
                        MeanEventTime.of(directory, system, condition, events)));
  }

  Stage reportStage() {
    config
        .schedule()
        .ifPresent(
            spec -> {
              throw LatticeLiftException.badData(
                  "a report beside a schedule",
                  spec.toConfig().where(),
                  "fixed conditions; 'latticelift evaluate' writes the path as table and figure",
                  "Leave the command out");
            });
    return new ReportStage(
        config.report(),
        Question.of(name, system),
        certificateStage(EnsembleFile.NAME, FurtherPairs.NONE));
  }

  /**
   * Says what may bias predictions.
   *
   * @param ensemble file of the predictions
   * @param further pairs that were made for it
   * @return the stage
   */
  CertificateStage certificateStage(String ensemble, FurtherPairs further) {
    return new CertificateStage(ensemble, config.ensemble().step(), together(), further);
  }

  /** Whether a pair is the increment of a whole state. */
  boolean together() {
    return system.large().patches() == 1
        || LiftableSystem.of(system).patchesMoveTogether() && !lift.onePatch();
  }

  /**
   * Observables and closure variables.
   *
   * @return their number
   */
  public int observables() {
    return system.macroscopics().size() + config.closure().dim();
  }

  @Override
  public String fingerprint(List<Stage> stages) {
    return fingerprint();
  }

  @Override
  public void requireSame(Path root) {
    EarlierConfiguration.requireSame(root, resolved, FREE);
  }

  @Override
  public long seed() {
    return config.seed();
  }

  @Override
  public double walltimeSeconds() {
    return config.checkpoint().walltimeS();
  }

  @Override
  public List<String> remarks(List<Stage> stages) {
    List<String> names = stages.stream().map(Stage::name).toList();
    return system.remarks(
        names.contains(MethodStage.SIMULATE.command()),
        names.contains(MethodStage.DIRECT.command()));
  }

  @Override
  public Optional<String> makerOf(String input) {
    return stages().stream()
        .filter(stage -> stage.outputs().contains(input))
        .map(Stage::name)
        .findFirst();
  }

  /** Finds what is wrong within and between sections. */
  @Override
  public void check(List<Stage> stages) {
    boolean alone = stages.size() == 1 && stages.get(0).name().equals(MethodStage.DIRECT.command());
    scheduled().filter(s -> !alone).ifPresent(s -> s.check(config, user));
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

  /** Simulates the large system; an error where that is not configured. */
  Stage directStage() {
    SimulateConfig direct = configuredDirect();
    if (config.schedule().isPresent()) {
      return directStageAlone();
    }
    return config.closure().wanted()
        ? new ClosedDirectStage<>(system, direct, config.checkpoint())
        : new DirectStage<>(system, direct, config.checkpoint(), ranks);
  }

  /**
   * The direct simulation without closure variables, which need a trained encoder.
   *
   * @return the stage
   */
  public Stage directStageAlone() {
    system.checkStart(false, true);
    return scheduled()
        .<Stage>map(s -> s.direct(configuredDirect(), user.section("direct"), config.checkpoint()))
        .orElseGet(() -> new DirectStage<>(system, configuredDirect(), config.checkpoint(), ranks));
  }

  /**
   * What a terminal shows after direct runs.
   *
   * @param directory of the run
   * @return late means, or the path along a schedule
   */
  public List<String> directSummary(RunDirectory directory) {
    return scheduled()
        .map(s -> s.directLines(directory))
        .orElseGet(() -> MethodStage.directSummary(directory));
  }

  private Optional<ScheduledRuns> scheduled() {
    return ScheduledRuns.of(system, config);
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
