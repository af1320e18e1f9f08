package org.latticelift.bench.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.latticelift.app.cli.CommonOptions.OverrideOptions;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.ResolvedConfiguration;
import org.latticelift.bench.command.MeasuringCommand;
import org.latticelift.bench.speed.CommunicatorSpeed;
import org.latticelift.bench.speed.DistributedSpeed;
import org.latticelift.bench.study.scaling.Answers;
import org.latticelift.bench.study.scaling.ChildJobs;
import org.latticelift.bench.study.scaling.MethodCost;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;
import org.latticelift.bench.study.scaling.RankCosts;
import org.latticelift.bench.study.scaling.ScalingStudy;
import org.latticelift.bench.study.scaling.StudyFiles;
import org.latticelift.bench.study.scaling.StudyFiles.Measurement;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.sim.system.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Strong and weak scaling over ranks, a model fitted to it, and the method's break-even. */
@Command(
    name = "scale",
    description =
        "Measures how kinetic Monte Carlo of the lattice of CONFIG (with direct.parallel) gains from"
            + " ranks: strong (all ranks share it) and weak (each rank brings one), by jobs that it"
            + " starts one after the other. With --stages, also the stages of the method and their"
            + " cost beside direct simulation. Writes CSV, HDF5 and plots.")
public final class ScaleCommand extends MeasuringCommand {
  private static final double MICROS = 1e-6;
  private static final double GIGA = 1e9;
  private static final int DIRECTIONS = 26;
  private static final int SMALL_MESSAGE = 64;
  private static final int COLOURS = 8;
  private static final List<Integer> MULTIPLES = List.of(1, 2, 4, 8, 16, 32, 64);

  @Parameters(paramLabel = "CONFIG", description = "With direct.parallel: configs/scaling/*.yaml")
  private Path file;

  @Option(names = "--out", paramLabel = "DIR", description = "Default runs/scale-NAME")
  private Path out;

  @Option(
      names = "--ranks",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "1,2",
      description = "Numbers of ranks, the first of them 1; default ${DEFAULT-VALUE}")
  private List<Integer> ranks;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "Of jobs with several ranks: ffm, openmpi, mpj or local; default that of --np alone")
  private String transport;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "8",
      description = "Wall time measured per job; default ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Jobs per point, taken in turn; their median counts. Default ${DEFAULT-VALUE}")
  private int repeats;

  @Option(
      names = "--stages",
      paramLabel = "CONFIG",
      description = "A configuration of the whole method, run on all numbers of ranks, too")
  private Path stages;

  @Mixin private OverrideOptions overrides;

  @Option(
      names = "--set-stages",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides a value of the configuration of --stages")
  private List<String> stageOverrides = new ArrayList<>();

  @Override
  public Integer call() {
    check();
    try (RunDirectory folder = RunDirectory.open(folder(), OpenMode.RESUME, "scale")) {
      study(folder);
      print("Results: %s", folder.root());
    }
    return ExitCode.DONE.code();
  }

  private void study(RunDirectory directory) {
    Path folder = directory.root();
    ChildJobs jobs = new ChildJobs(transport, folder);
    List<Measurement> measurements = measure(jobs);
    CommunicatorSpeed talk =
        jobs.bench(Math.max(2, last(ranks)), CommunicatorSpeed.class, List.of("communicator"));
    List<StageTime> times = stageTimes(jobs, folder);
    ScalingStudy study =
        new ScalingStudy(
            measurements, costs(measurements, talk), times, method(times), answers(times));
    new StudyFiles(study).write(directory, Provenance.here("", 0, 1));
    tell(study);
  }

  private void check() {
    require(
        !ranks.isEmpty() && ranks.get(0) == 1, "ranks " + ranks, "--ranks 1,2,... with 1 first");
    require(ranks.stream().allMatch(r -> r >= 1), "ranks " + ranks, "--ranks of 1 or more");
    require(repeats >= 1, repeats + " repeats", "--repeats 1 or more");
    requireSeconds(seconds);
    Pipeline pipeline = Pipeline.load(file, overrides.values(), OptionalLong.empty());
    if (pipeline.system().options().distributed().isEmpty()) {
      throw LatticeLiftException.badData(
          "the lattice is not distributed over ranks",
          file.toString(),
          "a section direct.parallel",
          "Add it, or use a file of configs/scaling");
    }
  }

  private Path folder() {
    String name = ResolvedConfiguration.name(file);
    return Optional.ofNullable(out).orElse(Path.of("runs", "scale-" + name)).toAbsolutePath();
  }

  /** Points take turns, so that what else the machine does meets all of them alike. */
  private List<Measurement> measure(ChildJobs jobs) {
    List<Measurement> all = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int size : ranks) {
        all.add(job(jobs, Measurement.STRONG, size));
        if (size > 1) {
          all.add(job(jobs, Measurement.WEAK, size));
        }
      }
    }
    List<Measurement> medians = new ArrayList<>();
    for (String series : List.of(Measurement.STRONG, Measurement.WEAK)) {
      for (int size : ranks) {
        // One rank is the same in both series.
        medians.add(
            new Measurement(series, size, median(all, size == 1 ? "strong" : series, size)));
      }
    }
    return medians;
  }

  private Measurement job(ChildJobs jobs, String series, int size) {
    List<String> command = new ArrayList<>(List.of("ranks", file.toString()));
    command.addAll(List.of("--seconds", Double.toString(seconds)));
    overrides.values().forEach(o -> command.addAll(List.of("--set", o)));
    if (series.equals(Measurement.WEAK)) {
      command.addAll(List.of("--set", "lattice.large=" + longer(size)));
    }
    DistributedSpeed speed = jobs.bench(size, DistributedSpeed.class, command);
    print(
        "%-6s %3d ranks (%s), %d sites: %.4g jumps/s",
        series, size, speed.transport(), speed.sites(), speed.eventsPerSecond());
    return new Measurement(series, size, speed);
  }

  /** The lattice of the configuration, as often as there are ranks, one behind the other. */
  private String longer(int times) {
    List<Integer> shape =
        Pipeline.load(file, overrides.values(), OptionalLong.empty()).system().large().shape();
    return "[" + shape.get(0) * times + ", " + shape.get(1) + ", " + shape.get(2) + "]";
  }

  private static DistributedSpeed median(List<Measurement> all, String series, int size) {
    List<DistributedSpeed> speeds =
        all.stream()
            .filter(m -> m.series().equals(series) && m.ranks() == size)
            .map(Measurement::speed)
            .sorted(Comparator.comparingDouble(DistributedSpeed::eventsPerSecond))
            .toList();
    return speeds.get(speeds.size() / 2);
  }

  private static int last(List<Integer> numbers) {
    return numbers.get(numbers.size() - 1);
  }

  private static RankCosts costs(List<Measurement> measurements, CommunicatorSpeed talk) {
    DistributedSpeed one = measurements.get(0).speed();
    double perByte = 1 / (talk.gigabytesPerSecond() * GIGA);
    return new RankCosts(
        one.seconds() / one.events(),
        talk.exchangeMicros() * MICROS - DIRECTIONS * SMALL_MESSAGE * perByte,
        perByte,
        talk.allReduceMicros() * MICROS);
  }

  private List<StageTime> stageTimes(ChildJobs jobs, Path folder) {
    List<StageTime> times = new ArrayList<>();
    if (stages == null) {
      return times;
    }
    for (int size : ranks) {
      List<String> command = new ArrayList<>(List.of("run", stages.toString(), "--threads", "1"));
      Path run = folder.resolve("stages-" + size);
      command.addAll(List.of("--overwrite", "--out", run.toString()));
      stageOverrides.forEach(o -> command.addAll(List.of("--set", o)));
      jobs.run(size, command);
      for (WallTimes.StageTime time : WallTimes.read(run)) {
        times.add(new StageTime(time.stage(), size, time.seconds()));
      }
    }
    return times;
  }

  /** Estimates for one condition and size after the other, corrected by what stages have taken. */
  private List<MethodCost> method(List<StageTime> taken) {
    List<MethodCost> costs = new ArrayList<>();
    if (stages == null) {
      return costs;
    }
    Pipeline given = Pipeline.load(stages, stageOverrides, OptionalLong.empty());
    MethodCost estimated = cost("", given);
    List<StageTime> alone = taken.stream().filter(time -> time.ranks() == 1).toList();
    MethodCost measured = MethodCost.measured("", estimated.sites(), alone);
    print(
        "Work of the method on one rank: %.3g s, estimated %.3g s; of direct runs: %.3g s, estimated %.3g s",
        measured.methodSeconds(),
        estimated.methodSeconds(),
        measured.directSeconds(),
        estimated.directSeconds());
    for (Condition condition : given.system().conditions()) {
      for (int times : MULTIPLES) {
        Pipeline pipeline = enlarged(given, condition, times);
        costs.add(cost(condition.name(), pipeline).corrected(measured, estimated));
      }
    }
    return costs;
  }

  /** The fair rival of a prediction is a direct run that is just large enough (EX-54). */
  private Optional<Answers> answers(List<StageTime> taken) {
    if (stages == null) {
      return Optional.empty();
    }
    Pipeline given = Pipeline.load(stages, stageOverrides, OptionalLong.empty());
    MethodCost estimated = cost("", given);
    List<StageTime> alone = taken.stream().filter(time -> time.ranks() == 1).toList();
    MethodCost measured = MethodCost.measured("", estimated.sites(), alone);
    if (!(estimated.directSeconds() > 0)) {
      return Optional.empty();
    }
    List<Answers.Rival> rivals = new ArrayList<>();
    for (Condition condition : given.system().conditions()) {
      int times = 1;
      Pipeline pipeline = enlarged(given, condition, times, "direct.runs=1");
      while (pipeline.system().large().sites() < Answers.SITES) {
        times++;
        pipeline = enlarged(given, condition, times, "direct.runs=1");
      }
      MethodCost one = cost(condition.name(), pipeline).corrected(measured, estimated);
      rivals.add(new Answers.Rival(condition.name(), one.sites(), one.directSeconds()));
    }
    int predicted = given.config().answers().schedule().isPresent() ? 1 : rivals.size();
    return Optional.of(Answers.of(alone, predicted, rivals));
  }

  /** The configuration at one condition, with a large system of so many small ones per side. */
  private Pipeline enlarged(Pipeline given, Condition condition, int times, String... more) {
    List<String> sets = new ArrayList<>(stageOverrides);
    sets.add("conditions." + condition.parameter() + "=[" + condition.value() + "]");
    sets.add(
        "lattice.large="
            + given.system().small().shape().stream()
                .map(n -> n * times)
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]")));
    sets.addAll(List.of(more));
    return Pipeline.load(stages, sets, OptionalLong.empty());
  }

  private static MethodCost cost(String condition, Pipeline pipeline) {
    return MethodCost.of(
        condition,
        pipeline.system().large().sites(),
        pipeline.stages().stream().map(Stage::plan).toList());
  }

  private void tell(ScalingStudy study) {
    print("");
    print(
        "series  ranks       sites   jumps/s  efficiency   in blocks  exchanges  of them waiting   MiB/rank");
    for (String series : List.of(Measurement.STRONG, Measurement.WEAK)) {
      List<Measurement> all = study.series(series);
      for (Measurement m : all) {
        DistributedSpeed speed = m.speed();
        print(
            "%-6s %6d %11d %9.4g %11.3f %10.1f%% %9.1f%% %15.1f%% %10.0f",
            series,
            m.ranks(),
            speed.sites(),
            speed.eventsPerSecond(),
            m.efficiency(all.get(0)),
            100 * speed.mean().evolveSeconds() / speed.seconds(),
            100 * speed.mean().exchangeSeconds() / speed.seconds(),
            100 * speed.mean().waitSeconds() / speed.seconds(),
            speed.peakMebibytes());
      }
    }
    RankCosts costs = study.costs();
    print(
        "One jump %.3g us; one of %d exchanges per cycle %.3g us; predicted efficiency (strong, weak):"
            + " 64 ranks %.2f %.2f, 1024 ranks %.2f %.2f, 10000 ranks %.2f %.2f",
        costs.eventSeconds() / MICROS,
        COLOURS,
        costs.exchangeSeconds() / MICROS,
        study.predicted(Measurement.STRONG, 64),
        study.predicted(Measurement.WEAK, 64),
        study.predicted(Measurement.STRONG, 1024),
        study.predicted(Measurement.WEAK, 1024),
        study.predicted(Measurement.STRONG, 10_000),
        study.predicted(Measurement.WEAK, 10_000));
    study
        .stages()
        .forEach(s -> print("%-10s %3d ranks %8.2f s", s.stage(), s.ranks(), s.seconds()));
    tellBreakEven(study.method());
    study.answers().ifPresent(this::tellAnswers);
  }

  private void tellAnswers(Answers answers) {
    print("");
    answers
        .rivals()
        .forEach(
            rival ->
                print(
                    "%s: a direct run of %d sites, which suffices for means, takes %.3g core s;"
                        + " a prediction %.3g core s, after %.3g core s of learning",
                    rival.condition(),
                    rival.sites(),
                    rival.seconds(),
                    answers.predictionSeconds(),
                    answers.learningSeconds()));
    print("questions   answers per core hour: method, learning included   direct runs");
    for (long questions : Answers.QUESTIONS) {
      print("%9d %48.4g %13.4g", questions, answers.method(questions), answers.direct());
    }
    print(
        answers.breakEven().isPresent()
            ? "The method is cheaper from " + answers.breakEven().getAsLong() + " questions on."
            : "A prediction takes as long as a direct run: the method never pays for such questions.");
  }

  private void tellBreakEven(List<MethodCost> all) {
    if (!all.isEmpty()) {
      print("");
      print(
          "condition       sites     method     direct  [core s, estimates corrected by the run]");
    }
    for (String condition : all.stream().map(MethodCost::condition).distinct().toList()) {
      List<MethodCost> costs = all.stream().filter(c -> c.condition().equals(condition)).toList();
      costs.forEach(
          c ->
              print(
                  "%-10s %10d %10.3g %10.3g",
                  condition, c.sites(), c.methodSeconds(), c.directSeconds()));
      print(
          "%s: %s",
          condition,
          MethodCost.breakEven(costs)
              .map(
                  even ->
                      String.format(
                          Locale.ROOT,
                          "the method is cheaper than the configured direct runs from %.3g sites on"
                              + " (%.3g core s each)",
                          (double) even.sites(),
                          even.methodSeconds()))
              .orElse("the configured direct runs are cheaper up to the largest size"));
    }
  }
}
