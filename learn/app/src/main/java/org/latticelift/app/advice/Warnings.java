package org.latticelift.app.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.latticelift.app.pipeline.ConfigurationKeys;
import org.latticelift.app.pipeline.ExperimentRun;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.PipelineConfig;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.evaluate.MeasuredRelaxation;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.experiment.Experiment;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.learn.train.Resample;
import org.latticelift.learn.train.TrainConfig.Estimator;
import org.latticelift.learn.train.TrainConfig.Kappa;
import org.latticelift.learn.train.TrainConfig.Sampling;
import org.latticelift.sim.simulate.MeanEventTime;
import org.latticelift.sim.simulate.RunDuration;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Imported;
import org.latticelift.sim.system.LatticeSystem;

/** What is doubtful in a configuration that is valid. */
public final class Warnings {
  private static final int MOST_NAMES = 3;

  /** Relaxation times of a run or a prediction. */
  private static final double ADVISED = 8;

  private static final Optional<String> NOTHING = Optional.empty();

  private Warnings() {}

  /**
   * All warnings ({@code overrides}: of the command line, which its variants need where it is an
   * experiment; {@code directory}: of its runs, where earlier results may tell how long relaxation
   * takes); one line each, with what to do; often none.
   */
  public static List<String> of(Pipeline pipeline, List<String> overrides, Path directory) {
    return pipeline.config().variants().experiment().isPresent()
        ? of(ExperimentRun.variants(pipeline, overrides), directory)
        : of(pipeline, directory);
  }

  /** Of an experiment: where not all variants are meant, a line begins with those that are. */
  private static List<String> of(Map<String, Pipeline> variants, Path directory) {
    Map<String, List<String>> meant = new LinkedHashMap<>();
    variants.forEach(
        (name, pipeline) ->
            of(pipeline, Experiment.folder(directory, name, 0))
                .forEach(line -> meant.computeIfAbsent(line, l -> new ArrayList<>()).add(name)));
    return meant.entrySet().stream()
        .map(
            one ->
                one.getValue().size() == variants.size()
                    ? one.getKey()
                    : some(one.getValue()) + ": " + one.getKey())
        .toList();
  }

  private static String some(List<String> names) {
    int shown = Math.min(MOST_NAMES, names.size());
    String first = String.join(", ", names.subList(0, shown));
    return names.size() == shown ? first : first + " and " + (names.size() - shown) + " more";
  }

  /** What is looked at, in the order of the sections. */
  private static List<String> of(Pipeline pipeline, Path directory) {
    PipelineConfig config = pipeline.config();
    ConfigNode user = pipeline.configuration().user();
    ConfigNode resolved = pipeline.configuration().resolved();
    boolean ofExperiment = user.find("experiment").isPresent();
    boolean ownDynamics = config.answers().direct().map(d -> d.dynamics().isEmpty()).orElse(true);
    ShortRuns shortRuns =
        new ShortRuns(
            pipeline.system().conditions(),
            new RelaxationKnowledge(pipeline.system(), directory, ownDynamics));
    return Stream.of(
            unequalComposition(resolved.section("lattice")),
            singleRun(config),
            ofExperiment ? NOTHING : shortRuns.of("simulate", Optional.of(config.simulate())),
            ofExperiment ? NOTHING : shortRuns.of("direct", config.answers().direct()),
            oneEquationForAll(pipeline),
            mixedAges(resolved, config.simulate()),
            presetKappa(user, config.learning().train().estimator().kappa()),
            ofExperiment ? NOTHING : noInterval(config.learning().train().sampling()),
            shortPrediction(config.answers().ensemble().times().horizon().toConfig()),
            ofExperiment ? NOTHING : nothingToCompare(pipeline, user))
        .flatMap(Optional::stream)
        .toList();
  }

  /** A preset that brings a kappa tuned by hand (DI-27), where the theorem has K. */
  private static Optional<String> presetKappa(ConfigNode user, Kappa kappa) {
    boolean own = user.find(ConfigurationKeys.key(Estimator::kappa)).isPresent();
    return user.find("preset").isPresent() && !own && kappa.rule() != Kappa.Rule.K
        ? Optional.of(
            "train.kappa is "
                + kappa.toConfig().text()
                + ", from the preset, which was tuned by hand for its lattice and temperature: the"
                + " learned diffusion scales with 1/kappa. Set train.kappa=K for other ones")
        : NOTHING;
  }

  /** Without an embedding the equation does not know its condition. */
  private static Optional<String> oneEquationForAll(Pipeline pipeline) {
    boolean several = pipeline.system().conditions().size() > 1;
    return several && pipeline.config().learning().sde().embedding() == 0
        ? Optional.of(
            "several conditions and sde.embedding 0: one equation is fitted to all of them, as if"
                + " they were the same. Set sde.embedding to 6, or make a run for each condition")
        : NOTHING;
  }

  /** Without direct runs no verdict is possible. */
  private static Optional<String> nothingToCompare(Pipeline pipeline, ConfigNode user) {
    if (pipeline.imported().isPresent()) {
      return pipeline.imported().flatMap(Imported::direct).isPresent()
          ? NOTHING
          : Optional.of(
              "no samples.direct: predictions are compared with nothing. Add runs of the large"
                  + " system, or of a smaller one, before you trust predictions");
    }
    return user.find("direct").isEmpty()
        ? Optional.of(
            "no section direct: predictions are compared with nothing. Add one, of a smaller lattice"
                + " where lattice.large is too expensive, before you trust predictions")
        : NOTHING;
  }

  /** Late means need a prediction that has forgotten its start. */
  private static Optional<String> shortPrediction(ConfigNode horizon) {
    return horizon
        .find("relaxations")
        .filter(given -> given.number() < ADVISED)
        .map(
            given ->
                "ensemble.horizon is "
                    + given.text()
                    + " relaxation times: equilibrium means still know the start, and 8 are advised."
                    + " Set ensemble.horizon={relaxations: 8} or more");
  }

  /** Intervals of predictions are the spread of models that have data of their own. */
  private static Optional<String> noInterval(Sampling sampling) {
    if (sampling.models() == 1) {
      return Optional.of(
          "train.models is 1: predictions have no interval, and without evaluate.tolerance there is"
              + " no verdict. Set train.models to 8");
    }
    return sampling.resample() == Resample.NONE
        ? Optional.of(
            "train.resample is none: models share their pairs, so that their spread is no"
                + " interval. Set train.resample to groups")
        : NOTHING;
  }

  /** One run alone cannot show that runs forget where they began. */
  private static Optional<String> singleRun(PipelineConfig config) {
    boolean simulate = config.simulate().runs() < 2;
    if (!simulate && config.answers().direct().map(SimulateConfig::runs).orElse(2) >= 2) {
      return NOTHING;
    }
    String section = simulate ? "simulate" : "direct";
    return Optional.of(
        section
            + ".runs is 1: nothing shows whether runs forget where they began, and errors"
            + " rest on one record. Set "
            + section
            + ".runs to 4 or more");
  }

  /**
   * States of largest entropy of spins have the magnetisation of one small state and the walls of
   * all of its age: of runs from random spins and of runs after a step, which have others.
   */
  private static Optional<String> mixedAges(ConfigNode resolved, SimulateConfig simulate) {
    boolean maxent =
        resolved.findPath("upsample.states").filter(states -> states.isWord("maxent")).isPresent();
    return maxent && simulate.stepRuns() > 0
        ? Optional.of(
            "simulate.step_runs with upsample.states: maxent: walls of large states are the mean over"
                + " all small ones of their age, whether these began at random or after a step. Set"
                + " simulate.step_runs to 0, or upsample.states to enlarged with a section relax")
        : NOTHING;
  }

  /**
   * Species without atoms, and order against an equimolar random alloy (AL-51) in an alloy that is
   * not equimolar.
   */
  private static Optional<String> unequalComposition(ConfigNode lattice) {
    List<String> absent = absent(lattice);
    if (!absent.isEmpty()) {
      return Optional.of(
          "lattice.composition has no "
              + String.join(", ", absent)
              + ": leave them out of lattice.species, as nothing can be learned of their order");
    }
    boolean unequal =
        lattice
            .find("composition")
            .filter(
                parts ->
                    parts.keys().stream().mapToDouble(k -> parts.get(k).number()).distinct().count()
                        > 1)
            .isPresent();
    boolean equimolar =
        lattice.find("observables").filter(o -> o.toYaml().contains("equimolar")).isPresent();
    return unequal && equimolar
        ? Optional.of(
            "lattice.observables counts against an equimolar alloy, lattice.composition is not: order"
                + " parameters would not be 0 in a random alloy. Leave out 'reference: equimolar', or"
                + " set lattice.observables=[pair]")
        : NOTHING;
  }

  private static List<String> absent(ConfigNode lattice) {
    Optional<ConfigNode> parts = lattice.find("composition").filter(p -> !p.keys().isEmpty());
    if (parts.isEmpty() || lattice.find("species").isEmpty()) {
      return List.of();
    }
    return lattice.get("species").items().stream()
        .map(ConfigNode::text)
        .filter(name -> parts.get().find(name).map(ConfigNode::number).orElse(0.0) == 0)
        .toList();
  }

  /**
   * Late means need runs that have forgotten their start, where it is known how long that takes.
   */
  private record ShortRuns(List<Condition> conditions, RelaxationKnowledge known) {
    /** A run of one condition; {@code has} and {@code needs} are durations as configured. */
    private record Length(Condition condition, double has, double needs, Optional<String> basis) {
      boolean enough() {
        return has >= needs;
      }

      double relaxations() {
        return ADVISED * has / needs;
      }
    }

    /** Events of other dynamics are other events ({@code section}: {@code simulate}, for one). */
    Optional<String> of(String section, Optional<SimulateConfig> runs) {
      return runs.filter(config -> config.dynamics().isEmpty())
          .map(SimulateConfig::duration)
          .flatMap(duration -> of(section, duration));
    }

    private Optional<String> of(String section, RunDuration duration) {
      List<Length> lengths = conditions.stream().map(c -> length(duration, c)).toList();
      List<Length> few = lengths.stream().filter(length -> !length.enough()).toList();
      return few.isEmpty() ? NOTHING : Optional.of(text(section, duration, lengths, few));
    }

    private Length length(RunDuration duration, Condition condition) {
      double has = duration.value(condition);
      if (duration.isRelaxations()) {
        return new Length(condition, has, ADVISED, Optional.of("the key itself"));
      }
      return known
          .at(condition)
          .map(
              r ->
                  new Length(condition, has, needs(duration, condition, r), Optional.of(r.basis())))
          .orElseGet(() -> new Length(condition, has, 0, Optional.empty()));
    }

    /** In the unit of the duration; 0 where that cannot be told. */
    private double needs(RunDuration duration, Condition condition, ExpectedRelaxation relaxation) {
      double needed = ADVISED * relaxation.value();
      boolean sameUnit = duration.isTime() == (relaxation.unit() == ExpectedRelaxation.Unit.TIME);
      if (sameUnit) {
        return needed;
      }
      double eventTime = known.eventTime(condition);
      return eventTime > 0 ? relaxation.unit().convert(needed, eventTime) : 0;
    }

    private static String text(
        String section, RunDuration duration, List<Length> lengths, List<Length> few) {
      Set<String> bases = new LinkedHashSet<>();
      few.forEach(length -> bases.add(length.basis().orElseThrow()));
      return String.format(
          Locale.ROOT,
          "%s.duration is short, %s relaxation times (known from %s): equilibrium means"
              + " still know the start, and %.0f are advised. Set %s.duration=%s",
          section,
          few.stream()
              .map(l -> l.condition().name() + ": " + digits(l.relaxations()))
              .collect(Collectors.joining(", ")),
          String.join(", ", bases),
          ADVISED,
          section,
          longer(duration, lengths));
    }

    private static String digits(double relaxations) {
      return String.format(Locale.ROOT, relaxations < 0.1 ? "%.1g" : "%.1f", relaxations);
    }

    /** The duration with which no condition is short. */
    private static String longer(RunDuration duration, List<Length> lengths) {
      String key = duration.toConfig().keys().get(0);
      if (lengths.size() == 1) {
        return "{" + key + ": " + number(lengths.get(0)) + "}";
      }
      return lengths.stream()
          .map(l -> plain(l.condition().value()) + ": " + number(l))
          .collect(Collectors.joining(", ", "{" + key + ": {", "}}"));
    }

    /** Two digits, rounded up where the duration has to grow. */
    private static String number(Length length) {
      if (length.enough()) {
        return plain(length.has());
      }
      MathContext digits = new MathContext(2, RoundingMode.CEILING);
      return plain(new BigDecimal(length.needs()).round(digits).doubleValue());
    }

    private static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /**
   * What is known of relaxation times without running anything: results of earlier runs in the run
   * directory, else what the system knows of itself. Files that cannot be read tell nothing.
   */
  static final class RelaxationKnowledge {
    private final LatticeSystem<?> system;
    private final Path root;
    private final boolean directTells;

    /**
     * @param root run directory, which need not exist
     * @param directTells false where direct runs have other dynamics than the system
     */
    RelaxationKnowledge(LatticeSystem<?> system, Path root, boolean directTells) {
      this.system = system;
      this.root = root;
      this.directTells = directTells;
    }

    /** The best that is known at a condition; empty where nothing is. */
    Optional<ExpectedRelaxation> at(Condition condition) {
      return Stream.<Optional<ExpectedRelaxation>>of(
              measured(EvaluationFile.NAME, file -> evaluated(file, condition)),
              measured(TrajectoryFile.NAME, file -> direct(file, condition)),
              measured(SnapshotsFile.NAME, file -> small(file, condition)),
              ofSystem(condition))
          .flatMap(Optional::stream)
          .findFirst();
    }

    /** Mean time per event and patch; 0 where it is not known. */
    double eventTime(Condition condition) {
      OptionalDouble found =
          read(
              SnapshotsFile.NAME,
              file -> {
                try (SnapshotsFile snapshots = SnapshotsFile.open(file)) {
                  return OptionalDouble.of(
                      MeanEventTime.ofSmallSystem(snapshots, system, condition));
                }
              });
      return found.isPresent() ? found.getAsDouble() : system.costs().eventTime(condition);
    }

    private Optional<ExpectedRelaxation> ofSystem(Condition condition) {
      return system
          .options()
          .relaxation()
          .filter(known -> known.events().apply(condition).isPresent())
          .map(
              known ->
                  new ExpectedRelaxation(
                      known.events().apply(condition).getAsDouble(),
                      ExpectedRelaxation.Unit.EVENTS,
                      known.basis()));
    }

    private interface Source {
      OptionalDouble read(Path file);
    }

    private Optional<ExpectedRelaxation> measured(String name, Source source) {
      OptionalDouble time = read(name, source);
      return time.isPresent()
          ? Optional.of(
              new ExpectedRelaxation(
                  time.getAsDouble(), ExpectedRelaxation.Unit.TIME, root.resolve(name).toString()))
          : Optional.empty();
    }

    private OptionalDouble read(String name, Source source) {
      Path file = root.resolve(name);
      if (!Files.isRegularFile(file)) {
        return OptionalDouble.empty();
      }
      try {
        return source.read(file);
      } catch (LatticeLiftException e) { // of another version, or of other conditions
        return OptionalDouble.empty();
      }
    }

    private OptionalDouble evaluated(Path file, Condition condition) {
      return EvaluationFile.read(file).conditions().stream()
          .filter(result -> result.value() == condition.value())
          .flatMap(result -> result.components().stream())
          .flatMapToDouble(
              c ->
                  DoubleStream.of(
                      c.relaxation().predicted(),
                      directTells ? c.relaxation().direct() : Double.NaN))
          .filter(Double::isFinite)
          .max();
    }

    private OptionalDouble direct(Path file, Condition condition) {
      if (!directTells) {
        return OptionalDouble.empty();
      }
      try (TrajectoryFile runs = TrajectoryFile.open(file)) {
        List<TimeSeries> found =
            StageFiles.direct(runs, system.macroscopics().names()).get(condition.name());
        return found == null ? OptionalDouble.empty() : MeasuredRelaxation.longest(found);
      }
    }

    private OptionalDouble small(Path file, Condition condition) {
      try (SnapshotsFile snapshots = SnapshotsFile.open(file)) {
        return MeasuredRelaxation.longest(runs(snapshots, condition));
      }
    }

    private List<TimeSeries> runs(SnapshotsFile snapshots, Condition condition) {
      int m = system.macroscopics().size();
      int[] run = snapshots.run(condition);
      double[] time = snapshots.time(condition);
      double[] values = snapshots.observables(condition, run.length, m);
      Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
      for (int i = 0; i < run.length; i++) {
        rows.computeIfAbsent(run[i], number -> new ArrayList<>()).add(i);
      }
      return rows.values().stream()
          .map(
              own ->
                  new TimeSeries(
                      own.stream().mapToDouble(i -> time[i]).toArray(),
                      own.stream()
                          .flatMapToDouble(i -> DoubleStream.of(values).skip((long) i * m).limit(m))
                          .toArray(),
                      m))
          .toList();
    }
  }

  /**
   * A relaxation time that is known before a run.
   *
   * @param value in events per patch, or in the unit of time
   * @param unit which of the two
   * @param basis what it rests on, part of a sentence
   */
  record ExpectedRelaxation(double value, Unit unit, String basis) {
    /** What relaxation is measured in. */
    enum Unit {
      EVENTS,
      TIME;

      /**
       * A number of this unit in the other one ({@code eventTime}: mean time per event and patch).
       */
      double convert(double number, double eventTime) {
        return this == EVENTS ? number * eventTime : number / eventTime;
      }
    }
  }
}
