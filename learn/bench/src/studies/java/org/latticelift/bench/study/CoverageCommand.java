package org.latticelift.bench.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latticelift.bench.command.MeasuringCommand;
import org.latticelift.bench.study.scaling.ChildJobs;
import org.latticelift.bench.study.scaling.ProtocolStudy;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.judgement.Coverage;
import org.latticelift.learn.predict.PredictionFile;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.TrajectoryFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predictions of a model along protocols beside direct simulations of the same. */
@Command(
    name = "coverage",
    description =
        "Do the intervals of MODEL hold along protocols? Simulates the large system of its"
            + " configuration along each of them, by jobs that it starts one after the other, and"
            + " compares five times of each path. Continues where it was stopped. Writes"
            + " protocols.csv, intervals.csv and the direct runs.")
public final class CoverageCommand extends MeasuringCommand {
  /** What a direct simulation needs of the configuration of a model. */
  private static final Set<String> SYSTEM =
      Set.of("system", "conditions", "lattice", "barrier", "kinetics", "hamiltonian", "initial");

  @Parameters(
      paramLabel = "MODEL",
      description = ModelFile.NAME + ", or the run directory in which it is.")
  private Path model;

  @Option(
      names = "--protocols",
      paramLabel = "FILE",
      description = "Schedules by name, such as configs/coverage/protocols.yaml")
  private Path file;

  @Option(
      names = "--random",
      paramLabel = "N",
      defaultValue = "10",
      description = "Further protocols, drawn by chance; default ${DEFAULT-VALUE}")
  private int random;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "8",
      description = "Direct simulations of each protocol; default ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of protocols and direct simulations; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--compared",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of the model's independent observables; default ${DEFAULT-VALUE}")
  private int compared;

  @Option(names = "--out", paramLabel = "DIR", description = "Default runs/coverage")
  private Path out;

  /** Of direct runs, equally spaced, however short the parts of a schedule are. */
  private static final int RECORDS = 2000;

  private static final int TRAJECTORIES = 48;

  @Override
  public Integer call() {
    require(random >= 0, random + " protocols", "--random 0 or more");
    require(runs >= 2, runs + " runs", "--runs 2 or more");
    require(compared >= 1, compared + " observables", "--compared 1 or more");
    require(random > 0 || file != null, "no protocols", "--protocols FILE, or --random above 0");
    Path source = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
    SdeModel read = ModelFile.read(source);
    Path folder = Optional.ofNullable(out).orElse(Path.of("runs", "coverage")).toAbsolutePath();
    try (RunDirectory directory = RunDirectory.open(folder, OpenMode.RESUME, "coverage")) {
      study(directory, source, read);
    }
    return ExitCode.DONE.code();
  }

  private void study(RunDirectory directory, Path source, SdeModel read) {
    ConfigNode protocols = protocols(read);
    directory.commitText("protocols.yaml", protocols.toYaml());
    directory.commitText("direct.yaml", system(source).toYaml());
    ChildJobs jobs = new ChildJobs(null, directory.root());
    Path predicted = directory.root().resolve("predict");
    predict(jobs, directory.file("protocols.yaml"), source.toAbsolutePath(), predicted);
    ProtocolStudy study = new ProtocolStudy(read, compared);
    print(
        "%-16s %-8s %20s %20s %9s %9s %9s",
        "protocol",
        read.map().observables().get(read.map().independent()[0]),
        "predicted",
        "direct",
        "distance",
        "noise",
        "inside");
    try (Hdf5Reader predictions = Hdf5Reader.open(predicted.resolve(PredictionFile.NAME))) {
      int number = 0;
      for (String name : protocols.keys()) {
        Path own = directory.root().resolve("direct").resolve(folderName(name));
        direct(jobs, directory.file("direct.yaml"), protocols.get(name).toYaml(), number, own);
        try (TrajectoryFile direct = TrajectoryFile.open(own.resolve(TrajectoryFile.NAME))) {
          study.add(name, study.path(predictions, number, TRAJECTORIES), direct);
        }
        line(name, study.rows().get(name));
        number++;
      }
    }
    finish(directory, study);
  }

  /** Schedules may have any name, and a folder is not to lie elsewhere. */
  private static String folderName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]+", "_");
  }

  private void finish(RunDirectory directory, ProtocolStudy study) {
    Coverage coverage = study.coverage();
    directory.commitText("protocols.csv", study.csv());
    directory.commitText("intervals.csv", Coverage.csv(Map.of("model", List.of(coverage))));
    print("%s", coverage.sentence("model"));
    print(
        "distance without noise: %.4f in the mean, at most %.4f",
        study.rows().values().stream()
            .mapToDouble(ProtocolStudy.Row::excess)
            .average()
            .orElseThrow(),
        study.rows().values().stream().mapToDouble(ProtocolStudy.Row::excess).max().orElseThrow());
    print("Results: %s", directory.root());
  }

  private void line(String name, ProtocolStudy.Row row) {
    print(
        "%-16s %-8s %20s %20s %9.4f %9.4f %9s",
        name,
        row.observable(),
        String.format(
            Locale.ROOT, "%.4f ± %.4f", row.predicted().value(), row.predicted().halfWidth()),
        String.format(Locale.ROOT, "%.4f ± %.4f", row.direct().value(), row.direct().error()),
        row.distance(),
        row.noise(),
        row.inside() + " of " + row.all());
  }

  /** Schedules by name: those that are given, and those drawn by chance. */
  private ConfigNode protocols(SdeModel read) {
    ConfigNode all =
        file == null ? ConfigNode.parse("{}", "--protocols") : ConfigNode.load(file, List.of());
    RandomStream stream = new Streams(seed).stream(Purpose.CHECK, 0);
    for (int k = 1; k <= random; k++) {
      all = all.with("random-" + k, ProtocolStudy.drawn(read, stream));
    }
    return all;
  }

  private static ConfigNode system(Path source) {
    try (Hdf5Reader reader = Hdf5Reader.open(source)) {
      return ConfigNode.parse(reader.text(Provenance.CONFIGURATION), source.toString())
          .only(SYSTEM);
    }
  }

  private static void predict(ChildJobs jobs, Path protocols, Path source, Path folder) {
    jobs.run(
        1,
        List.of(
            "predict",
            source.toString(),
            "--schedule",
            protocols.toString(),
            "--out",
            folder.toString(),
            "--overwrite",
            "--set",
            "trajectories=" + TRAJECTORIES));
  }

  private void direct(ChildJobs jobs, Path system, String protocol, int number, Path folder) {
    List<String> words = new ArrayList<>(List.of("kmc", system.toString()));
    words.addAll(List.of("--set", "schedule=" + protocol));
    words.addAll(List.of("--set", "direct={runs: " + runs + ", records: " + RECORDS + "}"));
    words.addAll(List.of("--seed", Long.toString(seed + 1 + number), "--out", folder.toString()));
    if (Files.isDirectory(folder)) {
      words.add("--resume");
    }
    jobs.run(1, words);
  }
}
