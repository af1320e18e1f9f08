package org.latticelift.app.cli;

import static org.latticelift.app.cli.TinyRun.CONFIG;
import static org.latticelift.app.cli.TinyRun.write;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Run directories that are not what they should be, and damaged results in them. */
class BadRunDirectoryTest extends MistakeContract {
  private Path done;

  @Override
  void prepare() {
    done = completeRun();
  }

  @Override
  List<Mistake> mistakes() {
    return Stream.of(folders(), results()).flatMap(List::stream).toList();
  }

  private List<Mistake> folders() {
    return List.of(
        new Mistake(
            "folder that is not empty",
            73,
            "holds no run",
            here -> {
              String[] args = args(here, CONFIG, "run");
              write(mkdir(here.resolve("run")).resolve("thesis.txt"), "mine");
              return args;
            }),
        new Mistake(
            "resume of a folder that is no run",
            73,
            "holds no run",
            here -> {
              String[] args = args(here, CONFIG, "run");
              write(mkdir(here.resolve("run")).resolve("thesis.txt.partial"), "mine");
              return with(args, "--resume");
            }),
        new Mistake(
            "overwriting a folder that is no run",
            73,
            "holds no run",
            here -> {
              String[] args = args(here, CONFIG, "run");
              write(mkdir(here.resolve("run")).resolve("snapshots.h5"), "mine");
              return with(args, "--overwrite");
            }),
        new Mistake(
            "resume with a list of random bytes",
            65,
            "the list of results is damaged",
            here -> {
              String[] args = args(here, CONFIG, "run");
              write(
                  mkdir(here.resolve("run")).resolve("checksums.sha256"),
                  "\u0003\u0090\u0000 \u07ff\n");
              return with(args, "--resume");
            }),
        new Mistake(
            "resume after an edit",
            65,
            "configuration or seed: evolve.samples was ",
            here -> {
              TinyRun.copy(done, here.resolve("run"));
              return with(args(here, CONFIG, "run"), "--resume", "--set", "evolve.samples=39");
            }),
        new Mistake(
            "resume with another seed",
            65,
            ": seed was ",
            here -> {
              TinyRun.copy(done, here.resolve("run"));
              return with(args(here, CONFIG, "run"), "--resume", "--seed", "2");
            }),
        new Mistake(
            "folder that is a file",
            73,
            "afile",
            here -> {
              args(here, CONFIG, "run");
              return new String[] {
                "run", at("tiny.yaml"), "--out", write(here.resolve("afile"), "").toString()
              };
            }),
        new Mistake(
            "folder below a file",
            73,
            "afile",
            here ->
                new String[] {
                  "run",
                  at("tiny.yaml"),
                  "--out",
                  write(here.resolve("afile"), "").resolve("x").toString()
                }),
        new Mistake(
            "folder that nobody can make",
            73,
            "/proc",
            here -> new String[] {"run", at("tiny.yaml"), "--out", "/proc/latticelift"}),
        new Mistake(
            "folder as output of an export",
            73,
            "cannot write: it is a folder",
            here ->
                new String[] {
                  "export", at("done/trajectory.h5"), "--to", "csv", "--out", here.toString()
                }),
        new Mistake(
            "evolve without snapshots", 66, "simulate", here -> args(here, CONFIG, "evolve")),
        new Mistake("train without pairs", 66, "pairs.h5", here -> args(here, CONFIG, "train")),
        new Mistake(
            "ensemble without model", 66, "model.h5", here -> args(here, CONFIG, "ensemble")),
        new Mistake(
            "evaluate without prediction", 66, "model.h5", here -> args(here, CONFIG, "evaluate")),
        new Mistake(
            "report without evaluation", 66, "evaluation.h5", here -> args(here, CONFIG, "report")),
        new Mistake(
            "direct without its section",
            65,
            "no section 'direct'",
            here -> args(here, CONFIG.replaceAll("direct: .*\n", ""), "direct")));
  }

  /** Results that were damaged. */
  private List<Mistake> results() {
    return List.of(
        damaged(
            "snapshots cut short",
            "snapshots.h5",
            "evolve",
            run -> cut(run, run.resolve("snapshots.h5"), "snapshots.h5"),
            "pairs.h5",
            "large.h5"),
        damaged(
            "checksums of another file",
            "checksums.sha256",
            "evolve",
            run -> write(run.resolve("checksums.sha256"), "garbage\n"),
            "pairs.h5"),
        damaged(
            "pairs that are not numbers",
            "not a number",
            "train",
            BadRunDirectoryTest::pairsWithNan,
            "model.h5"),
        damaged(
            "model of a wrong shape",
            "model.h5",
            "ensemble",
            run -> forgeText(run, "model.h5", "\"dimension\": 3", "\"dimension\": 2"),
            "ensemble.h5"),
        damaged(
            "snapshots of another lattice",
            "snapshots.h5",
            "evolve",
            BadRunDirectoryTest::forgeDims,
            "pairs.h5",
            "large.h5"),
        damaged(
            "prediction that is not complete",
            "ensemble.h5",
            "evaluate",
            run -> cut(run, run.resolve("ensemble.h5"), "ensemble.h5"),
            "evaluation.h5"));
  }

  private Mistake damaged(
      String what, String message, String command, Consumer<Path> spoil, String... without) {
    return new Mistake(
        what,
        65,
        message,
        here -> {
          Path run = TinyRun.copy(done, here.resolve("run"), without);
          spoil.accept(run);
          return new String[] {command, at("tiny.yaml"), "--out", run.toString()};
        });
  }

  private static void pairsWithNan(Path run) {
    double first;
    try (var reader = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      first = reader.doubles("/z1")[6];
    }
    TinyRun.forge(run, "pairs.h5", TinyRun.littleEndian(first), TinyRun.littleEndian(Double.NaN));
  }

  private static void forgeText(Path run, String name, String from, String to) {
    TinyRun.forge(
        run, name, from.getBytes(StandardCharsets.UTF_8), to.getBytes(StandardCharsets.UTF_8));
  }

  private static void forgeDims(Path run) {
    byte[] from = new byte[32];
    byte[] to = new byte[32];
    for (int axis = 0; axis < 3; axis++) {
      from[8 * axis] = 5;
      to[8 * axis] = (byte) (axis == 0 ? 4 : 5);
    }
    from[24] = 2;
    to[24] = 2;
    TinyRun.forge(run, "snapshots.h5", from, to);
  }

  private static Path mkdir(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
