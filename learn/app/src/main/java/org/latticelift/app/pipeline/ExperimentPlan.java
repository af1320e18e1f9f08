package org.latticelift.app.pipeline;

import static org.latticelift.app.pipeline.ConfigurationKeys.LARGE;
import static org.latticelift.app.pipeline.ConfigurationKeys.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.latticelift.app.pipeline.EarlierRun.CopiedResults;
import org.latticelift.app.pipeline.PipelineConfig.Model;
import org.latticelift.app.pipeline.PipelineConfig.Run;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.closure.ClosureConfig;
import org.latticelift.learn.closure.ClosureFile;
import org.latticelift.learn.closure.InitialClosures;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleConfig.Where;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.Planned;
import org.latticelift.learn.experiment.ComparedRun;
import org.latticelift.learn.experiment.Experiment;
import org.latticelift.learn.experiment.ExperimentConfig;
import org.latticelift.learn.train.TrainConfig.Estimator.PairForm;
import org.latticelift.sim.simulate.Sampling;
import org.latticelift.sim.system.Condition;

/**
 * The runs of an experiment of one size, in order: direct simulations from every initial state,
 * then every variant up to its predictions. What an earlier run makes from the same configuration
 * is taken from there.
 */
final class ExperimentPlan {
  static final String SECTION = "experiment";

  private final Pipeline pipeline;
  private final ExperimentConfig config;
  private final List<String> overrides;
  private final Path root;
  private final String size;
  private final Pipeline own;
  private final boolean manyConditions;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Path, ComparedRun> runs = new HashMap<>();

  /** One run: what it does, and where. */
  record Part(String name, Path folder, Pipeline pipeline, List<Stage> stages) {}

  /** Direct runs that variants are compared with: by initial state, what makes them. */
  private record Truth(Optional<String> name, ConfigNode direct, Map<String, Pipeline> starts) {}

  /** Folders of runs whose results later ones take: what made them, and where. */
  private record Made(
      Map<String, Path> data,
      Map<String, Path> simulations,
      Map<String, Path> fits,
      Map<String, Path> models) {
    Made() {
      this(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    }
  }

  /**
   * Plans everything ({@code size}: one of the sizes of the configuration, or any other name for
   * none).
   */
  ExperimentPlan(
      Pipeline pipeline, ExperimentConfig config, List<String> overrides, Path root, String size) {
    this.pipeline = pipeline;
    this.config = config;
    this.overrides = List.copyOf(overrides);
    this.root = root;
    this.size = size;
    this.own = with(config.runs().sizes().section("none"), 0);
    this.manyConditions =
        config.runs().variants().keys().stream()
            .anyMatch(variant -> !predicted(compared(variant)).equals(predicted(own)));
    plan();
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** What is known of each run, by its folder. */
  Map<Path, ComparedRun> runs() {
    return Map.copyOf(runs);
  }

  /** The configuration of every variant, by name, as its first repeat has it. */
  Map<String, Pipeline> variants() {
    Map<String, Pipeline> all = new LinkedHashMap<>();
    for (String variant : config.runs().variants().keys()) {
      all.put(variant, with(config.values(variant, size), 0));
    }
    return all;
  }

  /** Whether direct runs are recorded by events. */
  boolean directByEvents() {
    return own.config()
        .answers()
        .direct()
        .filter(it -> it.sampling() == Sampling.EVENTS)
        .isPresent();
  }

  private Pipeline compared(String variant) {
    return with(config.values(config.comparedWith(variant), size), 0);
  }

  /** What is measured: the first of the predicted conditions, by default of those trained. */
  private static Condition predicted(Pipeline one) {
    List<Condition> trained = one.system().conditions();
    double[] values = trained.stream().mapToDouble(Condition::value).toArray();
    return Condition.of(
        trained.get(0).parameter(), one.config().answers().ensemble().predicted(values)[0]);
  }

  private void plan() {
    Map<String, Truth> truths = new LinkedHashMap<>();
    Map<Truth, Boolean> open = new LinkedHashMap<>();
    for (String variant : config.runs().variants().keys()) {
      truths.put(variant, truth(variant, truths));
      Truth truth = truths.get(variant);
      boolean observables = !comparesClosures(with(config.values(variant, size), 0));
      open.merge(truth, observables, Boolean::logicalOr);
    }
    open.forEach(
        (truth, wanted) -> {
          if (wanted) {
            directs(truth);
          }
        });
    Made made = new Made();
    for (String variant : config.runs().variants().keys()) {
      for (int repeat = 0; repeat < config.runs().repeats(); repeat++) {
        variant(variant, repeat, truths.get(variant), made);
      }
    }
  }

  /**
   * The direct runs of a variant, which are those of an earlier one of equal size and conditions.
   */
  private Truth truth(String variant, Map<String, Truth> known) {
    Pipeline compared = compared(variant);
    ConfigNode direct = config.direct(config.comparedWith(variant), size);
    for (Map.Entry<String, Truth> one : known.entrySet()) {
      if (one.getValue().name().equals(name(compared))) {
        requireEqual(direct, variant, one.getValue().direct(), one.getKey());
        return one.getValue();
      }
    }
    return new Truth(name(compared), direct, starts(compared, direct));
  }

  private static void requireEqual(
      ConfigNode direct, String variant, ConfigNode other, String earlier) {
    if (!direct.equals(other)) {
      throw LatticeLiftException.badData(
          "'" + variant + "' and '" + earlier + "' ask for different direct runs of one size",
          SECTION + ".variants." + variant,
          "equal keys direct in variants of equal lattice.large and conditions",
          "Write them alike, or compare with another variant (compare_with)");
    }
  }

  private void variant(String variant, int repeat, Truth truth, Made made) {
    ConfigNode values = config.values(variant, size);
    Pipeline one = with(values, repeat);
    if (one.config().learning().closure().wanted()) {
      requireOwnSize(variant, one, compared(variant).configuration().largeSize());
    }
    Path folder = Experiment.folder(root, variant, repeat);
    Pipeline source = with(values, config.dataOf(repeat));
    Optional<Path> earlier =
        Optional.ofNullable(made.data().putIfAbsent(source.configuration().dataKey(), folder));
    Optional<Path> simulated =
        earlier.isPresent()
            ? earlier
            : Optional.ofNullable(
                made.simulations().putIfAbsent(source.configuration().simulationKey(), folder));
    Optional<Path> fitted =
        earlier.isPresent()
            ? Optional.empty()
            : source.configuration().fitKey().map(key -> made.fits().putIfAbsent(key, folder));
    Optional<Path> trained =
        Optional.ofNullable(made.models().putIfAbsent(one.configuration().modelKey(), folder));
    requireTrajectories(variant, one);
    List<Stage> stages = training(one, earlier, simulated, fitted, trained);
    truth
        .starts()
        .forEach(
            (start, direct) ->
                stages.add(new PredictionStage(one, direct, Experiment.predictions(start))));
    String name = variant + (config.runs().repeats() > 1 ? ", repeat " + (repeat + 1) : "");
    parts.add(new Part(name, folder, one, stages));
    boolean closed = comparesClosures(one);
    Path with =
        closed
            ? Experiment.closedTruth(root, truth.name(), earlier.orElse(folder))
            : Experiment.truth(root, truth.name());
    Pipeline compared = compared(variant);
    PairForm form = one.config().learning().train().estimator().pairs();
    runs.put(
        folder,
        new ComparedRun(
            with,
            compared.system().large().sites(),
            predicted(one),
            form == PairForm.INCREMENT,
            one.config().results().evaluate().stationaryThreshold(),
            compared.remedies()));
    if (closed && earlier.isEmpty()) {
      closedTruth(with, folder, variant, repeat);
    }
  }

  /**
   * Of the direct runs; absent for those of the configuration without variants, unless fits over
   * sizes need the size.
   */
  private Optional<String> name(Pipeline compared) {
    if (manyConditions) {
      return Optional.of(
          compared.configuration().largeSize() + "-" + number(predicted(compared).value()));
    }
    return Optional.of(compared.configuration().largeSize())
        .filter(
            large -> !config.fits().isEmpty() || !large.equals(own.configuration().largeSize()));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * Direct simulations of the size and at the conditions of a variant, by initial state;
   * observables need no encoder.
   */
  private Map<String, Pipeline> starts(Pipeline compared, ConfigNode direct) {
    Map<String, Pipeline> starts = new LinkedHashMap<>();
    for (String start : config.runs().starts().keys()) {
      List<ConfigNode> values = List.of(direct, config.runs().starts().get(start));
      ConfigNode node = node(values, 0).with(key(ClosureConfig::dim), 0);
      Optional<ConfigNode> large = compared.configuration().user().findPath(LARGE);
      node = large.isPresent() ? node.with(LARGE, large.get()) : node;
      Optional<ConfigNode> conditions = conditions(compared);
      node = conditions.isPresent() ? node.with(key(Model::conditions), conditions.get()) : node;
      starts.put(start, Pipeline.of(node, pipeline.configuration().name()));
    }
    return starts;
  }

  /** What is predicted, as the configuration writes it. */
  private static Optional<ConfigNode> conditions(Pipeline one) {
    ConfigNode user = one.configuration().user();
    return user.find(key(Where::conditions)).or(() -> user.find(key(Model::conditions)));
  }

  private void directs(Truth truth) {
    truth
        .starts()
        .forEach(
            (start, direct) ->
                parts.add(
                    new Part(
                        "direct from "
                            + start
                            + ", size "
                            + direct.configuration().largeSize()
                            + at(direct),
                        Experiment.truth(root, truth.name()).resolve(start),
                        direct,
                        List.of(direct.directStage()))));
  }

  private String at(Pipeline direct) {
    return manyConditions ? ", " + predicted(direct).name() : "";
  }

  private void requireTrajectories(String variant, Pipeline one) {
    if (config.needsTrajectories() && !one.config().answers().ensemble().keepTrajectories()) {
      throw LatticeLiftException.badData(
          "trajectories are not kept",
          "ensemble.keep_trajectories, experiment.variants." + variant,
          "true where an experiment measures them",
          "Set it");
    }
  }

  /** An encoder reads states of the size it was trained on. */
  private static void requireOwnSize(String variant, Pipeline one, String compared) {
    if (!one.configuration().largeSize().equals(compared)) {
      throw LatticeLiftException.badData(
          "closure variables of size "
              + one.configuration().largeSize()
              + " compared with size "
              + compared,
          "experiment.variants." + variant + ".compare_with",
          "a variant of equal lattice.large, or closure.dim: 0",
          "Change one of them");
    }
  }

  /** Then direct runs are made for every encoder; otherwise once, in observables alone. */
  private boolean comparesClosures(Pipeline one) {
    return one.config().learning().closure().wanted() && config.ofLatents();
  }

  /** Direct runs whose records hold the closures of a trained encoder. */
  private void closedTruth(Path truth, Path encoder, String variant, int repeat) {
    for (String start : config.runs().starts().keys()) {
      List<ConfigNode> values =
          List.of(config.values(variant, size), config.runs().starts().get(start));
      Pipeline direct = Pipeline.of(node(values, repeat), pipeline.configuration().name());
      List<Stage> stages =
          List.of(
              new CopiedResults("encoder", encoder, List.of(ClosureFile.NAME)),
              direct.directStage());
      String name = "direct from " + start + ", closures of " + encoder.getParent().getFileName();
      parts.add(new Part(name, truth.resolve(start), direct, stages));
    }
  }

  /** Stages up to the model; what an earlier run has made from the same is taken from there. */
  private static List<Stage> training(
      Pipeline one,
      Optional<Path> earlier,
      Optional<Path> simulated,
      Optional<Path> fitted,
      Optional<Path> trained) {
    if (earlier.isPresent()) {
      Stage pairs = new CopiedResults("pairs", earlier.get(), one.trainingInputs());
      Stage train = one.trainStage();
      return new ArrayList<>(
          List.of(
              pairs,
              trained
                  .<Stage>map(from -> new CopiedResults(train.name(), from, train.outputs()))
                  .orElse(train)));
    }
    List<Stage> stages = new ArrayList<>(one.learning());
    fitted.ifPresent(from -> stages.add(1, fit(one, from)));
    simulated.ifPresent(
        from -> {
          Stage simulate = stages.get(0);
          stages.set(0, new CopiedResults(simulate.name(), from, simulate.outputs()));
        });
    return stages;
  }

  private static Stage fit(Pipeline one, Path from) {
    return new CopiedResults("fit", from, one.configuration().fittedFile().stream().toList());
  }

  /** The configuration of a run: size, then preset, then variant, then the command line. */
  private Pipeline with(ConfigNode values, int repeat) {
    return Pipeline.of(node(List.of(values), repeat), pipeline.configuration().name());
  }

  private ConfigNode node(List<ConfigNode> values, int repeat) {
    ConfigNode node = pipeline.configuration().user().without(Set.of(SECTION));
    node = node.with(config.ofSize(size));
    if (node.find("preset").isPresent()) {
      node = node.with(config.runs().withPreset());
    }
    for (ConfigNode each : values) {
      node = node.with(each);
    }
    for (String override : overrides) {
      if (!override.startsWith(SECTION)) {
        node = node.set(override);
      }
    }
    if (repeat > 0) {
      node = node.with(key(Run::seed), pipeline.config().run().seed() + repeat);
    }
    return node;
  }

  /**
   * The ensemble of a variant from where the direct runs of an initial state begin, or from {@code
   * ensemble.initial} of the initial state or the variant where one has it.
   *
   * @param variant what was trained
   * @param direct with the initial state
   * @param output file of the predictions
   */
  record PredictionStage(Pipeline variant, Pipeline direct, String output) implements Stage {
    @Override
    public String name() {
      return "ensemble";
    }

    @Override
    public List<String> inputs() {
      return ensemble(List.of()).inputs();
    }

    @Override
    public List<String> outputs() {
      return List.of(output);
    }

    @Override
    public StagePlan plan() {
      return ensemble(List.of()).plan();
    }

    @Override
    public void check() {
      ensemble(List.of()).check();
    }

    @Override
    public boolean shared() {
      return true;
    }

    /** Closure variables follow the observables; they need the encoder of the variant. */
    @Override
    public void run(StageContext context) {
      List<Double> start = new ArrayList<>();
      for (double value : direct.system().start()) {
        start.add(value);
      }
      if (variant.config().learning().closure().wanted()) {
        var encoder = context.file(ClosureFile.NAME);
        for (double value : InitialClosures.mean(encoder, direct.system(), context.seed())) {
          start.add(value);
        }
      }
      ensemble(start).run(context);
    }

    private EnsembleStage ensemble(List<Double> start) {
      ConfigNode config = Binder.resolve(variant.config().answers().ensemble());
      ConfigKey<InitialState> key = Binder.key(Where::initial);
      ConfigNode begun =
          start.isEmpty() ? config : config.with(key.path(), "{observables: " + start + "}");
      ConfigNode started =
          Stream.of(direct, variant)
              .map(each -> each.config().answers().ensemble().where().initial())
              .filter(initial -> !initial.random())
              .findFirst()
              .map(initial -> config.with(key, initial))
              .orElse(begun);
      return new EnsembleStage(
          Binder.bind(started, EnsembleConfig.class),
          new Planned(
              variant.system().conditions().size(),
              variant.config().learning().train().sampling().models(),
              variant.observables()),
          output,
          variant.config().results().checkpoint().everySeconds());
    }
  }
}
