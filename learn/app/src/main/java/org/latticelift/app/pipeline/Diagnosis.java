package org.latticelift.app.pipeline;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.certificate.Certificate;
import org.latticelift.learn.certificate.CertificateFile;
import org.latticelift.learn.certificate.CertificateStage;
import org.latticelift.learn.certificate.Check;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.simulate.SnapshotsFile;

/**
 * The certificate of a run that is complete (EX-33): makes some pairs in other ways, in folders
 * below {@code diagnose} of the run, and compares predictions. The large system is not simulated:
 * evolutions are as short as those of the pairs.
 */
public final class Diagnosis {
  private static final String FOLDER = "diagnose";
  private static final double HALF = 0.5;
  private static final double TWICE = 2;

  private final Path run;
  private final int samples;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;

  /**
   * Of one run.
   *
   * @param run its folder
   * @param samples large states of each condition that are evolved in each other way; 0: none, only
   *     what the run has is looked at
   * @param options threads, and whether progress is shown
   * @param ranks the job
   * @param out where progress is printed
   */
  public Diagnosis(Path run, int samples, RunOptions options, Ranks ranks, PrintWriter out) {
    this.run = run;
    this.samples = samples;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
  }

  /**
   * Makes {@code certificate.csv}.
   *
   * @return what it says
   * @throws LatticeLiftException (66) if files of the run are missing
   */
  public Certificate make() {
    ConfigNode resolved = configuration();
    Pipeline pipeline =
        Pipeline.ofResolved(resolved, run.toAbsolutePath().normalize().getFileName() + "");
    Map<Check, Path> made = new EnumMap<>(Check.class);
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      if (check != Check.KAPPA) {
        evolve(check, resolved, made, skipped);
      }
    }
    CertificateStage stage =
        new CertificateStage(ensemble(), pipeline.config().ensemble().step(), made, skipped);
    List<org.latticelift.io.run.stage.Stage> stages = List.of(stage);
    try (RunDirectory directory =
        RunDirectory.open(run, OpenMode.RESUME, pipeline.fingerprint(stages))) {
      directory.delete(CertificateFile.NAME);
    }
    new StageRunner(pipeline, options, ranks, out)
        .run(stages, run, OpenMode.RESUME, directory -> {});
    return CertificateFile.read(run.resolve(CertificateFile.NAME));
  }

  private ConfigNode configuration() {
    Path pairs = run.resolve(PairsFile.NAME);
    if (!Files.exists(pairs)) {
      throw missing(pairs);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(pairs)) {
      return ConfigNode.parse(reader.text("/provenance/configuration"), pairs.toString());
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
      throw new UncheckedIOException(e);
    }
  }

  private static LatticeLiftException missing(Path file) {
    return new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        "the run is not complete",
        file.toString(),
        "a folder that 'latticelift run' has finished",
        "Name another folder, or finish the run with --resume");
  }

  /** What a check needs is made, or the reason noted why it cannot be. */
  private void evolve(
      Check check, ConfigNode resolved, Map<Check, Path> made, Map<Check, String> skipped) {
    if (samples == 0) {
      skipped.put(check, "no further evolutions were asked for (--samples)");
      return;
    }
    Optional<ConfigNode> other = changed(check, resolved);
    if (other.isEmpty()) {
      skipped.put(check, "the configuration gives no duration that could be changed");
      return;
    }
    Path folder = run.resolve(FOLDER).resolve(check.key());
    try {
      Pipeline pipeline = Pipeline.ofResolved(other.get(), FOLDER);
      OpenMode mode = Files.exists(folder) ? OpenMode.OVERWRITE : OpenMode.NEW;
      new StageRunner(pipeline, options, ranks, out)
          .run(
              List.of(
                  new CopiedResults("snapshots", run, List.of(SnapshotsFile.NAME)),
                  pipeline.liftStage()),
              folder,
              mode,
              directory -> {});
      made.put(check, folder.resolve(PairsFile.NAME));
    } catch (LatticeLiftException e) {
      if (e.exitCode() != ExitCode.BAD_DATA) {
        throw e;
      }
      skipped.put(check, e.getMessage());
    }
  }

  private Optional<ConfigNode> changed(Check check, ConfigNode resolved) {
    ConfigNode few =
        resolved
            .with("evolve.samples", samples)
            .with("upsample.keep", "none")
            .with("evolve.joint", check == Check.ADDITIVITY ? samples : 0);
    return switch (check) {
      case ADDITIVITY -> Optional.of(few);
      case DURATION -> scaled(few, "evolve", HALF);
      case RELAXATION -> scaled(few, "relax", TWICE);
      case KAPPA -> Optional.empty();
    };
  }

  /** The same with the numbers of a duration multiplied; empty where it has none. */
  private static Optional<ConfigNode> scaled(ConfigNode root, String section, double factor) {
    Optional<ConfigNode> duration =
        root.find(section).flatMap(s -> s.find("duration")).filter(ConfigNode::isMapping);
    if (duration.isEmpty()) {
      return Optional.empty();
    }
    List<String> kinds =
        duration.get().keys().stream()
            .map(kind -> kind + ": " + value(duration.get().get(kind), kind, factor))
            .toList();
    return Optional.of(root.with(section + ".duration", "{" + String.join(", ", kinds) + "}"));
  }

  private static String value(ConfigNode value, String kind, double factor) {
    if (value.isScalar()) {
      return number(value, kind, factor);
    }
    List<String> conditions =
        value.keys().stream()
            .map(condition -> condition + ": " + number(value.get(condition), kind, factor))
            .toList();
    return "{" + String.join(", ", conditions) + "}";
  }

  private static String number(ConfigNode value, String kind, double factor) {
    double scaled = value.number() * factor;
    return kind.equals("events") ? "" + Math.max(1, Math.round(scaled)) : "" + scaled;
  }
}
