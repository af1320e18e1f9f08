package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.latticelift.learn.ensemble.Horizon;
import org.latticelift.learn.ensemble.Planned;
import org.latticelift.learn.evaluate.EvaluateStage;
import org.latticelift.learn.evaluate.LatticeEstimates;
import org.latticelift.learn.evaluate.Remedies;
import org.latticelift.learn.report.Question;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.learn.train.TrainStage;
import org.latticelift.sim.lift.ImportedPairs;
import org.latticelift.sim.lift.LiftStage;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.ImportedRuns;
import org.latticelift.sim.simulate.Sampling;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting;
import org.latticelift.sim.system.SystemOptions.Vacancies;

/** The stages that follow from a configuration (ME-03). */
public final class Pipeline implements RunConfiguration {
  private final ResolvedConfiguration configuration;
  private final PipelineConfig config;
  private final LatticeSystem<?> system;
  private final Communicator ranks;

  private Pipeline(ResolvedConfiguration configuration, Communicator ranks) {
    this.configuration = configuration;
    this.config = configuration.sections();
    this.system = configuration.system();
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
    return of(ResolvedConfiguration.load(file, overrides, seed));
  }

  /**
   * Takes a configuration ({@code user}: what the user wrote; {@code name}: of the run directory
   * under {@code runs}); the pipeline.
   */
  public static Pipeline of(ConfigNode user, String name) {
    return of(ResolvedConfiguration.of(user, name));
  }

  static Pipeline of(ResolvedConfiguration configuration) {
    return new Pipeline(configuration, LocalRanks.single());
  }

  /**
   * The same for the ranks of a job, which may hold a large state together; the same configuration.
   */
  public Pipeline on(Communicator job) {
    return new Pipeline(configuration, job);
  }

  /** What the stages follow from, as it was read. */
  public ResolvedConfiguration configuration() {
    return configuration;
  }

  /** The sections, with defaults filled in. */
  public PipelineConfig config() {
    return config;
  }

  /** The system; small and large. */
  public LatticeSystem<?> system() {
    return system;
  }

  @Override
  public String resolvedYaml() {
    return configuration.resolved().toYaml();
  }

  /** Files that a training needs of an earlier run with an equal data key. */
  List<String> trainingInputs() {
    return config.learning().closure().wanted()
        ? List.of(PairsFile.LATENT, ClosureFile.NAME)
        : List.of(PairsFile.NAME);
  }

  /** All stages in order; a new list. */
  public List<Stage> stages() {
    return MethodStage.stages(this, EnumSet.allOf(MethodStage.Part.class));
  }

  /**
   * Returns {@code stage} and the stages whose results are made from its results, in the order of a
   * whole run. What compares results comes after everything else.
   */
  List<Stage> dependents(Stage stage) {
    Set<String> comparing = MethodStage.commands(MethodStage.Part.COMPARISON);
    List<Stage> remade = new ArrayList<>(List.of(stage));
    Set<String> files = new LinkedHashSet<>(stage.outputs());
    stages().stream()
        .dropWhile(each -> !each.name().equals(stage.name()))
        .filter(each -> !each.name().equals(stage.name()))
        .forEach(
            each -> {
              if (comparing.contains(each.name())
                  || each.inputs().stream().anyMatch(files::contains)) {
                remade.add(each);
                files.addAll(each.outputs());
              }
            });
    return remade;
  }

  List<Stage> learning() {
    return MethodStage.stages(this, EnumSet.of(MethodStage.Part.LEARNING));
  }

  /** What another program has made, in place of simulations. */
  public Optional<Imported> imported() {
    return system.options().imported();
  }

  Stage simulateStage() {
    requireDynamics("runs");
    return new SimulateStage<>(system, config.simulate(), config.results().checkpoint());
  }

  private void requireDynamics(String what) {
    if (imported().isPresent()) {
      throw Imported.noDynamics(what, system.name());
    }
  }

  Stage liftStage() {
    if (imported().isPresent()) {
      return new ImportedPairs(system, imported().get().increments());
    }
    boolean stationary =
        config.simulate().sampling() == Sampling.TIME
            || configuration.user().find("preset").isPresent();
    int conditions = system.conditions().size();
    return new LiftStage<>(
        LatticeSystem.liftable(system),
        configuration.lift(),
        stationary,
        run -> config.simulate().preparation(run, conditions));
  }

  private long pairCount() {
    if (imported().isPresent()) {
      return imported().get().increments().count();
    }
    return (long) configuration.lift().pairs().samples() * system.conditions().size();
  }

  private String pairFile() {
    return config.learning().closure().wanted() ? PairsFile.LATENT : PairsFile.NAME;
  }

  /** Learns closure variables; an error where none are wanted. */
  Stage closureStage() {
    if (!config.learning().closure().wanted()) {
      throw LatticeLiftException.badData(
          "closure.dim: 0",
          configuration.name(),
          "a number of closure variables",
          "Set closure.dim");
    }
    return new ClosureStage<>(system, config.learning().closure(), pairCount());
  }

  Stage trainStage() {
    return new TrainStage(
        config.learning().sde(),
        config.learning().train(),
        pairCount(),
        pairFile(),
        system.options().vacancies().stream().mapToDouble(Vacancies::concentration).findAny(),
        system.options().vacancies().map(Vacancies::composition));
  }

  Stage ensembleStage() {
    EnsembleStage isothermal =
        new EnsembleStage(
            config.answers().ensemble(),
            new Planned(
                system.conditions().size(),
                config.learning().train().sampling().models(),
                observables()),
            EnsembleFile.NAME,
            config.results().checkpoint().everySeconds());
    return scheduled().<Stage>map(s -> s.ensemble(isothermal)).orElse(isothermal);
  }

  Stage evaluateStage() {
    return scheduled()
        .<Stage>map(ScheduledRuns::comparison)
        .orElseGet(
            () ->
                new EvaluateStage(
                    config.results().evaluate(),
                    config.answers().ensemble().steps(),
                    pairFile(),
                    system.facts().relations(),
                    evaluation -> evaluation.noted(remedies()),
                    new LatticeEstimates<>(system, config.simulate().runs())));
  }

  /** What can be done where a result is doubtful. */
  Remedies remedies() {
    return Remedies.of(
        system,
        config.simulate(),
        config.answers().direct(),
        config.answers().ensemble().times().horizon());
  }

  Stage reportStage() {
    config
        .answers()
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
        config.results().report(),
        () -> Question.of(configuration.name(), system),
        ScheduledRuns.realTime(system, config),
        certificateStage(
            EnsembleFile.NAME,
            imported().isPresent() ? FurtherPairs.ELSEWHERE : FurtherPairs.NONE));
  }

  CertificateStage certificateStage(String ensemble, FurtherPairs further) {
    return new CertificateStage(ensemble, config.answers().ensemble().steps(), together(), further);
  }

  /** Whether a pair is the increment of a whole state. */
  boolean together() {
    return system.large().patches() == 1
        || system.options().lifting().filter(Lifting::patchesMoveTogether).isPresent()
            && !configuration.lift().onePatch();
  }

  /** The number of observables and closure variables. */
  int observables() {
    return system.macroscopics().size() + config.learning().closure().dim();
  }

  @Override
  public String fingerprint(List<Stage> stages) {
    return configuration.fingerprint();
  }

  @Override
  public boolean continues(String begun, Path root) {
    return configuration.continues(begun, root);
  }

  @Override
  public void requireSame(Path root) {
    configuration.requireSame(root);
  }

  @Override
  public List<Path> files() {
    return List.copyOf(configuration.resolved().inputs().values());
  }

  @Override
  public List<String> changed(RunDirectory directory) {
    return configuration.changedComparison(directory);
  }

  /** The first results tell how they were made, so they are there as long as any of the others. */
  @Override
  public List<String> madeAgain(List<Stage> stages) {
    Set<String> running = stages.stream().map(Stage::name).collect(Collectors.toSet());
    List<String> results = new ArrayList<>();
    MethodStage.stages(this, Set.of(MethodStage.Part.COMPARISON)).stream()
        .dropWhile(stage -> !running.contains(stage.name()))
        .forEach(stage -> results.addAll(stage.outputs()));
    Collections.reverse(results);
    return results;
  }

  @Override
  public long seed() {
    return config.run().seed();
  }

  @Override
  public double walltimeSeconds() {
    return config.results().checkpoint().walltimeS();
  }

  @Override
  public List<String> remarks(List<Stage> stages) {
    List<String> names = stages.stream().map(Stage::name).toList();
    boolean small = names.contains(MethodStage.SIMULATE.command());
    boolean large = names.contains(MethodStage.DIRECT.command());
    List<String> remarks = new ArrayList<>(system.remarks(small, large));
    if (large && names.size() == 1 && configuration.user().find("simulate").isPresent()) {
      notLifted().ifPresent(why -> remarks.add("'run' refuses this configuration: " + why));
    }
    return remarks;
  }

  /** Why large states cannot be made of small ones, which direct runs do not need. */
  private Optional<String> notLifted() {
    try {
      system.lifting().checkLifting();
      return Optional.empty();
    } catch (LatticeLiftException e) {
      return Optional.of(e.getMessage());
    }
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
    scheduled().filter(s -> !alone).ifPresent(s -> s.check(config, configuration.user()));
    stages.forEach(Stage::check);
    system.checkStart(true, config.answers().direct().isPresent());
    if (stages.stream().anyMatch(stage -> stage instanceof LiftStage)) {
      SimulateStage.requireStates(config.simulate());
    }
    List<Condition> conditions = system.conditions();
    String parameter = conditions.get(0).parameter();
    double[] trained = conditions.stream().mapToDouble(Condition::value).toArray();
    config.answers().ensemble().requireRange(parameter, trained);
    Horizon horizon = config.answers().ensemble().times().horizon();
    horizon.requireUnit(system.timeUnit());
    double[] predicted = config.answers().ensemble().predicted(trained);
    horizon.requireAll(
        Arrays.stream(predicted).mapToObj(value -> Condition.of(parameter, value)).toList());
    Set<String> names = new LinkedHashSet<>();
    conditions.forEach(condition -> names.add(condition.name()));
    config
        .answers()
        .ensemble()
        .where()
        .conditions()
        .ifPresent(p -> p.values().forEach(v -> names.add(Condition.name(parameter, v))));
    config.results().evaluate().requireConditions(names);
  }

  /** Simulates the large system; an error where that is not configured. */
  Stage directStage() {
    if (imported().isPresent()) {
      return imported()
          .flatMap(Imported::direct)
          .<Stage>map(runs -> new ImportedRuns(system, runs))
          .orElseThrow(
              () -> Imported.noDynamics("direct runs without samples.direct", system.name()));
    }
    SimulateConfig direct = configuredDirect();
    if (config.answers().schedule().isPresent()) {
      return directStageAlone();
    }
    return config.learning().closure().wanted()
        ? new ClosedDirectStage<>(system, direct, config.results().checkpoint())
        : new DirectStage<>(system, direct, config.results().checkpoint(), ranks);
  }

  /** The direct simulation without closure variables, which need a trained encoder; the stage. */
  public Stage directStageAlone() {
    requireDynamics("new runs");
    system.checkStart(false, true);
    return scheduled()
        .<Stage>map(
            s ->
                s.direct(
                    configuredDirect(),
                    configuration.user().section("direct"),
                    config.results().checkpoint(),
                    ranks))
        .orElseGet(
            () ->
                new DirectStage<>(
                    system, configuredDirect(), config.results().checkpoint(), ranks));
  }

  /**
   * What a terminal shows after direct runs ({@code directory}: of the run; {@code details}:
   * whether all observables are shown); late means, or the path along a schedule.
   */
  public List<String> directSummary(RunDirectory directory, boolean details) {
    return scheduled()
        .map(s -> s.directLines(directory))
        .orElseGet(() -> MethodStage.directSummary(directory, details));
  }

  private Optional<ScheduledRuns> scheduled() {
    return ScheduledRuns.of(system, config);
  }

  private SimulateConfig configuredDirect() {
    return config
        .answers()
        .direct()
        .orElseThrow(
            () ->
                new LatticeLiftException(
                    ExitCode.BAD_DATA,
                    "no section 'direct'",
                    configuration.name(),
                    "direct: {runs, records, duration}",
                    "Add it to the configuration"));
  }
}
