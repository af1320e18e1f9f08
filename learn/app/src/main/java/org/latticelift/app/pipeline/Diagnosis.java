package org.latticelift.app.pipeline;

import static org.latticelift.app.pipeline.ConfigurationKeys.DURATION;
import static org.latticelift.app.pipeline.ConfigurationKeys.key;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.app.pipeline.EarlierRun.CopiedResults;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.certificate.BaselineFile.Baseline;
import org.latticelift.learn.certificate.BaselineStage;
import org.latticelift.learn.certificate.Certificate;
import org.latticelift.learn.certificate.CertificateFile;
import org.latticelift.learn.certificate.Check;
import org.latticelift.learn.certificate.FurtherPairs;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.train.Epsilon.DriftVariates;
import org.latticelift.learn.train.TrainConfig.Estimator;
import org.latticelift.learn.train.TrainConfig.Estimator.PairForm;
import org.latticelift.sim.lift.Compensators;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.LiftConfig.Keep;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.lift.SnapshotGroups.KeptStates;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration.TimeKey;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;

/**
 * The certificate of a run that is complete (EX-33): makes some pairs in other ways, in folders
 * below {@code diagnose} of the run, compares predictions, and writes the report again, which shows
 * what came of it. The large system is not simulated: evolutions are as short as those of the
 * pairs.
 */
public final class Diagnosis {
  private static final String FOLDER = "diagnose";

  /** How often the relaxation is doubled: what relaxes slowly shows little after one doubling. */
  private static final int DOUBLINGS = 3;

  private static final String FINISHED = "a folder that 'latticelift run' has finished";

  private final Path run;
  private final int samples;
  private final boolean baselines;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;

  /**
   * Of one run.
   *
   * @param run its folder
   * @param samples large states of each condition that are evolved in each other way; 0: none, only
   *     what the run has is looked at
   * @param baselines whether other estimators are trained on the same pairs (EX-34)
   * @param options threads, and whether progress is shown
   * @param ranks the job
   * @param out where progress is printed
   */
  public Diagnosis(
      Path run, int samples, boolean baselines, RunOptions options, Ranks ranks, PrintWriter out) {
    this.run = run;
    this.samples = samples;
    this.baselines = baselines;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
  }

  /**
   * Makes {@code certificate.csv}.
   *
   * @return what it says
   * @throws LatticeLiftException (66) if files of the run are missing, (65) if the run is of
   *     another version of the program
   */
  public Certificate make() {
    try {
      return complete();
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.STOPPED) {
        throw e;
      }
      throw new LatticeLiftException(
          ExitCode.STOPPED,
          "stopped before the end",
          run.toString(),
          "what was committed is kept",
          "Give the same command again",
          e);
    }
  }

  private Certificate complete() {
    ConfigNode resolved = ranks.firstThenOthers(this::configuration);
    String ensemble = ranks.firstThenOthers(this::ensemble);
    Pipeline pipeline =
        Pipeline.of(
            ResolvedConfiguration.ofResolved(
                resolved, run.toAbsolutePath().normalize().getFileName() + ""));
    if (pipeline.config().answers().schedule().isPresent()) {
      throw LatticeLiftException.badData(
          "a run under a schedule, which has no equilibrium values",
          run.toString(),
          "runs at fixed conditions",
          "Run the configuration without the section schedule, and diagnose that");
    }
    if (baselines && pipeline.config().learning().closure().wanted()) {
      throw LatticeLiftException.badData(
          "other estimators of an equation with closure variables",
          "--baselines",
          "runs without a section closure",
          "Leave it out");
    }
    boolean reported = ranks.tasks(1).decide(() -> requireOwn(pipeline));
    FurtherPairs further = further(resolved, pipeline);
    List<Stage> stages = new ArrayList<>(List.of(pipeline.certificateStage(ensemble, further)));
    if (baselines) {
      stages.add(
          new BaselineStage(pipeline.config().answers().ensemble().steps(), trained(resolved)));
    }
    if (reported) {
      stages.add(pipeline.reportStage());
    }
    new StageRunner(pipeline, options, ranks, out)
        .anew()
        .run(stages, run, OpenMode.RESUME, directory -> {});
    return CertificateFile.read(run.resolve(CertificateFile.NAME));
  }

  private ConfigNode configuration() {
    requireComplete(ModelFile.NAME);
    requireComplete(PairsFile.NAME);
    Path model = run.resolve(ModelFile.NAME);
    ConfigNode made;
    try (Hdf5Reader reader = Hdf5Reader.open(model)) {
      made = ConfigNode.parse(reader.text(Provenance.CONFIGURATION), model.toString());
    }
    if (SystemProvider.find(made.get("system")).simulates()) {
      requireComplete(SnapshotsFile.NAME);
    }
    return made;
  }

  private void requireComplete(String input) {
    if (!Files.exists(run.resolve(input))) {
      throw missing(run.resolve(input));
    }
  }

  /** That of a run, or the first one of a variant of an experiment. */
  private String ensemble() {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("ensemble(-.*)?\\.h5"))
          .min(String::compareTo)
          .orElseThrow(() -> missing(run.resolve(EnsembleFile.NAME)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private LatticeLiftException unreadable(IOException cause) {
    return LatticeLiftException.unreadable(run, FINISHED, cause);
  }

  private LatticeLiftException missing(Path file) {
    List<Path> within = runsWithin();
    return new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        within.isEmpty() ? "the run is not complete" : "the folder holds runs and is none itself",
        file.toString(),
        FINISHED,
        within.isEmpty()
            ? "Name another folder, or finish the run with --resume"
            : "Name one of "
                + within.stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  private List<Path> runsWithin() {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(run)) {
      return folders.filter(f -> Files.exists(f.resolve(ModelFile.NAME))).sorted().toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Finds out before any work whether results can be written. */
  private boolean requireOwn(Pipeline pipeline) {
    if (!Files.isWritable(run)) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "cannot write: permission denied",
          run.toString(),
          "a run of your own, as its certificate and its report are written there",
          "Copy the folder, and diagnose the copy");
    }
    try (RunDirectory directory =
        RunDirectory.open(
            run, OpenMode.RESUME, pipeline.fingerprint(List.of(), run, OpenMode.RESUME))) {
      return directory.complete(ReportStage.PAGE);
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.BAD_DATA) {
        throw e;
      }
      throw LatticeLiftException.badData(
          "the run was made by another version of the program, or its files are not of one run",
          run.toString(),
          "a run of this version, as it was written",
          "Run its configuration again with another --out, and diagnose that");
    }
  }

  /** What the checks need is made, or the reason noted why it cannot be. */
  private FurtherPairs further(ConfigNode resolved, Pipeline pipeline) {
    if (pipeline.imported().isPresent()) {
      return FurtherPairs.ELSEWHERE;
    }
    Map<Check, Path> made = new EnumMap<>(Check.class);
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    Path pairs = run.resolve(PairsFile.NAME);
    ConfigNode asMade = FurtherEvolutions.withTimes(resolved, pairs);
    FurtherEvolutions ways = new FurtherEvolutions(asMade, pipeline, samples, DOUBLINGS);
    for (Check check : List.of(Check.ADDITIVITY, Check.DURATION, Check.RELAXATION)) {
      ways.reasonAgainst(check, pairs).ifPresent(reason -> skipped.put(check, reason));
      if (ranks.tasks(1).decide(() -> !skipped.containsKey(check))) {
        evolve(check, ways.configuration(check), made, skipped);
      }
    }
    if (skipped.containsKey(Check.ADDITIVITY)) {
      skipped.put(Check.KAPPA, skipped.get(Check.ADDITIVITY));
    }
    return new FurtherPairs(made, skipped);
  }

  private void evolve(
      Check check, ConfigNode other, Map<Check, Path> made, Map<Check, String> skipped) {
    Path folder = run.resolve(FOLDER).resolve(check.key());
    Stage given = new CopiedResults("snapshots", run, List.of(SnapshotsFile.NAME));
    try {
      if (ranks.tasks(1).decide(() -> isPossible(check, other, skipped))) {
        make(other, folder, given, Pipeline::liftStage);
        made.put(check, folder.resolve(PairsFile.NAME));
      }
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.BAD_DATA || ranks.communicator().size() > 1) {
        throw e; // other ranks are in the midst of the stage
      }
      skipped.put(check, e.getMessage());
    }
  }

  /** Whether a way has no mistake that shows before anything runs; else the reason is noted. */
  private static boolean isPossible(Check check, ConfigNode other, Map<Check, String> skipped) {
    try {
      Pipeline pipeline = Pipeline.of(ResolvedConfiguration.ofResolved(other, FOLDER));
      pipeline.check(List.of(pipeline.liftStage()));
      return true;
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.BAD_DATA) {
        throw e;
      }
      skipped.put(check, e.getMessage());
      return false;
    }
  }

  /** Models of other estimators, trained on the pairs of the run. */
  private Map<Baseline, Path> trained(ConfigNode resolved) {
    Map<Baseline, Path> models = new EnumMap<>(Baseline.class);
    models.put(Baseline.SMALL_EQUATION, trained(resolved, PairForm.PATCH));
    models.put(Baseline.ONE_PATCH, trained(resolved, PairForm.ONE_PATCH));
    return models;
  }

  private Path trained(ConfigNode resolved, PairForm pairs) {
    ConfigNode other =
        resolved
            .with(key(Estimator::pairs), pairs)
            .with(key(Estimator::kappa).path(), "K")
            .with(key(Estimator::driftVariates), DriftVariates.OFF);
    Path folder = run.resolve(FOLDER).resolve(Binder.text(pairs));
    Stage given = new CopiedResults("pairs", run, List.of(PairsFile.NAME));
    make(other, folder, given, Pipeline::trainStage);
    return folder.resolve(ModelFile.NAME);
  }

  /** Makes one stage's result in a folder of its own from what the run has. */
  private void make(ConfigNode other, Path folder, Stage given, Function<Pipeline, Stage> stage) {
    Pipeline pipeline = Pipeline.of(ResolvedConfiguration.ofResolved(other, FOLDER));
    List<Stage> stages = List.of(given, stage.apply(pipeline));
    new StageRunner(pipeline, options, ranks, out)
        .run(stages, folder, mode(folder, pipeline.fingerprint(stages)), directory -> {});
  }

  /** As the first rank finds the folder, before any rank changes it. */
  private OpenMode mode(Path folder, String fingerprint) {
    if (ranks.tasks(1).decide(() -> found(folder, fingerprint) == OpenMode.RESUME)) {
      return OpenMode.RESUME;
    }
    return ranks.tasks(1).decide(() -> !Files.exists(folder)) ? OpenMode.NEW : OpenMode.OVERWRITE;
  }

  /** Goes on with what an interrupted diagnosis has made; replaces what another one has. */
  private static OpenMode found(Path folder, String fingerprint) {
    if (!Files.exists(folder)) {
      return OpenMode.NEW;
    }
    try {
      RunDirectory.open(folder, OpenMode.RESUME, fingerprint).close();
      return OpenMode.RESUME;
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.BAD_DATA) {
        throw e;
      }
      return OpenMode.OVERWRITE;
    }
  }

  /**
   * The ways in which large states of a run are evolved once more, so that checks have something to
   * compare with (EX-33): as a whole, for half as long, and after a longer relaxation.
   *
   * @param resolved configuration of the run with every default
   * @param pipeline of it
   * @param samples large states of each condition; 0 for none
   * @param doublings of the relaxation
   */
  record FurtherEvolutions(ConfigNode resolved, Pipeline pipeline, int samples, int doublings) {
    private static final double HALF = 0.5;
    private static final TimeScales UNIT = new TimeScales(1, 1, 1, 1e-9);

    /** So many joint evolutions of a condition and a variable make others needless. */
    private static final int ENOUGH = 100;

    /**
     * With the times that the pairs took in place of relaxation times, whose measurement knows how
     * many pairs there are; the same where durations are given otherwise.
     */
    static ConfigNode withTimes(ConfigNode resolved, Path pairs) {
      ConfigNode duration = resolved.getPath(DURATION);
      if (!duration.isMapping() || !duration.keys().equals(List.of("relaxations"))) {
        return resolved;
      }
      try (PairsFile file = PairsFile.open(pairs)) {
        PairsCommon common = file.common();
        String times =
            IntStream.range(0, common.conditions().size())
                .mapToObj(c -> common.conditions().get(c).value() + ": " + common.durations()[c])
                .collect(Collectors.joining(", "));
        return resolved.with(DURATION, "{" + TimeKey.of(common.timeUnit()) + ": {" + times + "}}");
      }
    }

    /** Why nothing is evolved for a check; empty if it is. */
    Optional<String> reasonAgainst(Check check, Path pairs) {
      if (samples == 0) {
        return Optional.of("no further evolutions were asked for (--samples 0)");
      }
      if (pipeline.config().learning().closure().wanted()) {
        return Optional.of("the equation has closure variables, which other evolutions have not");
      }
      return switch (check) {
        case ADDITIVITY -> againstJoint(pairs);
        case DURATION ->
            shorter()
                ? Optional.empty()
                : Optional.of("an evolution is one event or step, which has no half");
        case RELAXATION ->
            relaxed().isPresent()
                ? Optional.empty()
                : Optional.of(
                    "nothing of these large states is relaxed, such as copies without seams or states"
                        + " of the large system itself");
        case FIT, KAPPA, TOGETHER, DIRECT -> Optional.of("it needs none of its own");
      };
    }

    private Optional<String> againstJoint(Path pairs) {
      if (system().lifting().patchesContinueRuns()) {
        return Optional.of("patches go on as their small runs did, each by itself");
      }
      if (pipeline.together()) {
        return Optional.of("the pairs are increments of the whole");
      }
      if (copies()) {
        return Optional.of(
            system().lifting().largeStatesAreWhole()
                ? "large states are copies of one block, whose patches all expect the same change"
                : "of large states only blocks are made, and so no whole that could evolve");
      }
      try (PairsFile file = PairsFile.open(pairs)) {
        JointPairs joint = file.joint();
        int enough = ENOUGH * file.conditions().size() * file.observables().size();
        boolean quiet = joint.compensator().length > 0 || !quieterOneByOne();
        return joint.count() >= enough && quiet
            ? Optional.of("the pairs have enough joint evolutions")
            : Optional.empty();
      }
    }

    private boolean copies() {
      return system().lifting().patchesContinueRuns()
          || system().lifting().distinctPatches(system().large()) < system().large().patches();
    }

    private LatticeSystem<?> system() {
      return LatticeSystem.liftable(pipeline.system());
    }

    /** The configuration of the evolutions of a check that there is no reason against. */
    ConfigNode configuration(Check check) {
      return switch (check) {
        case ADDITIVITY -> joint(few(resolved), samples);
        case DURATION -> joint(halved(), pipeline.together() || copies() ? 0 : samples);
        case RELAXATION -> asWhole(relaxed().orElseThrow());
        case FIT, KAPPA, TOGETHER, DIRECT -> throw new IllegalArgumentException(check.key());
      };
    }

    /** With joint evolutions, which show at once what patches and their states miss. */
    private ConfigNode asWhole(ConfigNode root) {
      LatticeSystem<?> system =
          LatticeSystem.liftable(ResolvedConfiguration.ofResolved(root, "relaxed").system());
      boolean possible =
          !pipeline.together()
              && system.lifting().distinctPatches(system.large()) == system.large().patches();
      return joint(root, possible ? samples : 0);
    }

    private static ConfigNode joint(ConfigNode root, int evolutions) {
      return root.with(key(Pairs::joint), AutoNumber.of(evolutions));
    }

    private ConfigNode few(ConfigNode root) {
      ConfigNode few =
          joint(root.with(key(Pairs::samples), samples).with(key(Pairs::twins), false), 0)
              .with(key(Keep::keep), KeptStates.NONE);
      return quieterOneByOne() ? few.with(key(Pairs::compensator), Compensators.ON) : few;
    }

    /**
     * Whether pairs have no compensators as their patches evolve many at a time; joint evolutions,
     * which do not, then have noise that compensators would know.
     */
    private boolean quieterOneByOne() {
      CostEstimate costs = system().costs();
      return pipeline.configuration().lift().pairs().compensator() == Compensators.AUTO
          && costs.simultaneousShare() < 1
          && costs.compensatorsPay();
    }

    private Optional<ConfigNode> relaxed() {
      return pipeline.configuration().provider().relaxedLonger(few(resolved), doublings);
    }

    /** Whether half of the duration is less than it, in whole events or steps. */
    private boolean shorter() {
      LatticeSystem<?> half =
          LatticeSystem.liftable(ResolvedConfiguration.ofResolved(halved(), "half").system());
      LatticeSystem<?> whole = LatticeSystem.liftable(pipeline.system());
      return half.conditions().stream()
          .noneMatch(
              c ->
                  half.lifting()
                      .evolutionDuration(c, UNIT)
                      .equals(whole.lifting().evolutionDuration(c, UNIT)));
    }

    private ConfigNode halved() {
      ConfigNode duration = resolved.getPath(DURATION);
      if (duration.isScalar()) {
        return half("{auto: " + HALF + "}");
      }
      String kind = duration.keys().get(0);
      ConfigNode value = duration.get(kind);
      if (value.isScalar()) {
        return half("{" + kind + ": " + halfOf(value, kind) + "}");
      }
      List<String> conditions =
          value.keys().stream().map(c -> c + ": " + halfOf(value.get(c), kind)).toList();
      return half("{" + kind + ": {" + String.join(", ", conditions) + "}}");
    }

    private ConfigNode half(String duration) {
      return few(resolved).with(DURATION, duration);
    }

    private static double halfOf(ConfigNode value, String kind) {
      double half = value.number() * HALF;
      return kind.equals("events") ? Math.max(1, Math.round(half)) : half;
    }
  }
}
