package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.TinyRun.CONFIG;
import static org.latticelift.app.cli.TinyRun.bytes;
import static org.latticelift.app.cli.TinyRun.write;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * What a user can get wrong, through the command line: exactly one line on standard error with
 * what, where, what is allowed and what to do; the exit code of its kind; no file under a final
 * name that was not there before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Path MODELS = Path.of("..", "..", "configs", "models").toAbsolutePath();

  /** Lines of a dump before its atoms: time, step, number and box, with their titles. */
  private static final int FIRST_ATOM = 11;

  @TempDir private static Path folder;

  private int count;
  private Path done;

  @BeforeAll
  void wholePipelineOnce() {
    done = folder.resolve("done");
    Path config = write(folder.resolve("tiny.yaml"), CONFIG);
    Outcome outcome = TinyRun.run("run", config.toString(), "--out", done.toString(), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    Outcome export =
        TinyRun.run("export", at("done/final.h5"), "--to", "lammps", "--out", at("good.dump"));
    assertThat(export.err()).isEmpty();
    Outcome small =
        TinyRun.run("export", at("done/snapshots.h5"), "--to", "lammps", "--out", at("small.dump"));
    assertThat(small.err()).isEmpty();
  }

  /**
   * One mistake.
   *
   * @param what in words
   * @param code exit code
   * @param message part of the line
   * @param args makes what is needed in a fresh folder and returns the command line
   */
  private record Mistake(String what, int code, String message, Function<Path, String[]> args) {
    @Override
    public String toString() {
      return what;
    }
  }

  @ParameterizedTest
  @MethodSource({"configurations", "states", "weights", "commandLines", "folders", "results"})
  void isOneLineWithTheRightCodeAndLeavesNothing(Mistake mistake) throws Exception {
    Path here = Files.createDirectory(folder.resolve("case" + count++));
    String[] args = mistake.args().apply(here);
    List<String> before = TinyRun.files(here);
    Outcome outcome = TinyRun.run(args);
    assertThat(outcome.err())
        .hasLineCount(1)
        .matches("latticelift: .+ \\(.+\\): .+\\. .+\\n")
        .contains(mistake.message())
        .doesNotContain("Exception", "\tat ");
    assertThat(outcome.code()).isEqualTo(mistake.code());
    List<String> after = new ArrayList<>(TinyRun.files(here));
    after.removeAll(before);
    after.removeIf(name -> name.matches(".*(\\.lock|checksums\\.sha256)"));
    assertThat(after).isEmpty();
  }

  /** Mistakes in a configuration, all found before anything is simulated. */
  private static List<Mistake> configurations() {
    return List.of(
        config("unknown top-level key", "unknown key 'colour'", "colour: red"),
        config("unknown nested key", "unknown key 'colour'", "simulate.colour=red"),
        config("misspelt key", "Did you mean 'simulate'", "simualte: {runs: 2}"),
        config("misspelt nested key", "Did you mean 'samples'", "evolve.smaples=3"),
        config("temperature not a number", "temperature_K", "conditions.temperature_K=[.nan]"),
        config("negative temperature", "250 to 5000 K", "conditions.temperature_K=[-5]"),
        config("temperature zero", "250 to 5000 K", "conditions.temperature_K=[0]"),
        config("temperature too high", "250 to 5000 K", "conditions.temperature_K=[9000]"),
        config("temperature as text", "temperature_K", "conditions.temperature_K=[warm]"),
        config("temperature twice", "stands twice", "conditions.temperature_K=[1400, 1400.0]"),
        config("no temperature", "at least one", "conditions.temperature_K=[]"),
        config("no conditions", "temperature_K", "conditions={}"),
        config("unknown system", "unknown system 'potts'", "system=potts"),
        config("section of others", "section 'barrier' with system ising", "system=ising"),
        config("unknown preset", "unknown preset 'author'", "preset=author"),
        config("four cells", "at least 5", "lattice={small: 4, large: 8}"),
        config("negative cells", "lattice.small", "lattice.small=-8"),
        config("large is no multiple of small", "lattice.large", "lattice.large=12"),
        config("seed is text", "seed", "seed=lucky"),
        config(
            "too many species",
            "species",
            "lattice.species=[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]"),
        config("species twice", "listed twice", "lattice.species=[Nb, Nb, Ta]"),
        config(
            "four species for a network of three",
            "no barriers of species 'W'",
            "lattice.species=[Nb, Mo, Ta, W]",
            "barrier={model: small}"),
        config("species of no atom", "unknown species 'W'", "lattice.composition={W: 1}"),
        config("species with a comma", "letters and digits", "lattice.species=['N,b', Mo, Ta]"),
        config("species with a quote", "letters and digits", "lattice.species=['N\"b', Mo, Ta]"),
        config(
            "species with a line end", "letters and digits", "lattice.species=[\"N\\nb\", Mo, Ta]"),
        config("species with a space", "letters and digits", "lattice.species=['Nb ', Mo, Ta]"),
        config("species without a name", "letters and digits", "lattice.species=['', Mo, Ta]"),
        config("species that is a number", "letters and digits", "lattice.species=[1, 2, 3]"),
        config("sixteen species", "at most 15", "lattice.species=[" + sixteen() + "]"),
        config("pairs that read the same", "'AAAA'", "lattice.species=[A, AA, AAA]"),
        config("nothing that moves", "no vacancy", "lattice.vacancy_concentration=0"),
        config(
            "nothing that moves in the large system",
            "no vacancy among 2000 sites",
            "lattice.start.vacancy_at=[[0, 0, 0]]",
            "lattice.start.file=" + folder.resolve("small.dump"),
            "lattice.vacancy_concentration=0"),
        config("negative part", "not negative", "lattice.composition={Nb: -1, Mo: 1, Ta: 1}"),
        config("too many vacancies", "vacancy_concentration", "lattice.vacancy_concentration=0.2"),
        config("unknown observable", "pair, warren_cowley, b2", "lattice.observables=[spin]"),
        config(
            "observable class that is not there",
            "no order parameter is called",
            "lattice.observables=[{class: Mine}]"),
        config("shell that does not exist", "shell", "lattice.observables=[{pair: {shell: 99}}]"),
        config(
            "unknown barrier model", "compact, small, pairwise, network", "barrier={model: magic}"),
        config("no run", "simulate.runs", "simulate.runs=0"),
        config("no record", "simulate.records", "simulate.records=0"),
        config("stop without precision", "precision", "simulate.stop={check_every: 5}"),
        config(
            "decision after the end",
            "check_every",
            "simulate.stop={precision: 0.1, check_every: 11}"),
        config("precision zero", "precision", "direct.stop={precision: 0}"),
        config("states before the first", "states_every", "direct.states_every=-1"),
        config("no states for later stages", "states_every", "simulate.states_every=0"),
        config("duration soon", "or {relaxations: R}", "simulate.duration=soon"),
        config("evolution soon", "auto, {events: N}", "evolve.duration=soon"),
        config(
            "numbers of vacancies that do not fit",
            "vacancy_concentration to 0.002314814815,",
            "lattice={small: 6, large: 12, vacancy_concentration: 0.003}"),
        config("number in quotes", "a whole number, without quotes", "evolve.samples='40'"),
        config("key without a space", "'model: small'", "barrier={model:small}"),
        config("system that is misspelt", "Did you mean 'alloy'?", "system=aloy"),
        config("two colons on a line", "one 'key: value' on a line", "report: png: true"),
        config(
            "duration without a space", "space after the colon", "simulate.duration={events:100}"),
        config("two durations", "events", "evolve.duration.events=50"),
        config("negative duration", "a positive number", "simulate.duration={events: -3}"),
        config(
            "duration of no condition",
            "no duration for",
            "simulate.duration={events: {1400: 100}}"),
        config(
            "evolution of no condition",
            "no duration for",
            "evolve.duration={mean_events: {1400: 100}}"),
        config(
            "direct time of no condition",
            "no duration for",
            "direct.duration={time_s: {1400: 1e-9}}"),
        config(
            "flicker by events",
            "sampling: time",
            "kinetics.acceleration=flicker",
            "simulate.sampling=events"),
        config("pairs of event-sampled snapshots", "simulate.sampling", "simulate.sampling=events"),
        config("unknown acceleration", "none, flicker", "kinetics.acceleration=fast"),
        config("basin of too many states", "kinetics.basin", "kinetics.basin=65"),
        config("no sample", "evolve.samples", "evolve.samples=0"),
        config(
            "unknown environment", "whole, ghost, buffer, periodic", "evolve.environment=vacuum"),
        config("kappa below zero", "number of patches", "train.kappa=-1"),
        config("no epoch", "train.epochs", "train.epochs=0"),
        config("java on a GPU", "does not run on a GPU", "train.engine=java", "train.device=gpu"),
        config("half an epoch", "train.epochs", "train.epochs=1.5"),
        config("closure variables", "closure.dim", "closure.dim=2"),
        config("tolerance of no condition", "tolerance", "evaluate.tolerance={warm: 0.1}"),
        config("tolerance of another", "unknown key 'T9'", "evaluate.tolerance={T9: 1}"),
        config("tolerance of nearly one", "Did you mean 'T1400'", "evaluate.tolerance={T1401: 1}"),
        config(
            "run of another condition",
            "unknown key '900' (--set:1 simulate.duration): allowed: 1400, 2000",
            "simulate.duration={events: {900: 9, 1400: 100, 2000: 100}}"),
        config(
            "evolution of another condition",
            "unknown key '900'",
            "evolve.duration={mean_events: {900: 9, 1400: 10, 2000: 10}}"),
        config(
            "relaxation of another condition",
            "unknown key '900'",
            "relax.duration={mean_events: {900: 9, 1400: 10, 2000: 10}}"),
        config(
            "direct run of another condition",
            "unknown key '900'",
            "direct.duration={events: {900: 9, 1400: 50, 2000: 50}}"),
        config(
            "two durations of a condition",
            "two durations for 1400.0",
            "simulate.duration={events: {1400: 9, 1400.0: 50, 2000: 50}}"),
        config("duration of nothing", "of no condition", "simulate.duration={events: {}}"),
        config("time without a unit", "{time_s: T}", "simulate.duration={time: 1}"),
        config("evolution without a unit", "{time_s: T}", "evolve.duration={time: 1}"),
        config("relaxation without a unit", "{time_s: T}", "relax.duration={time: 1}"),
        config("direct time without a unit", "{time_s: T}", "direct.duration={time: 1}"),
        config("horizon without a unit", "{time_s: T}", "ensemble.horizon={time: 1}"),
        config("a key to leave out that is not there", "no key 'drect'", "drect=null"),
        config(
            "prediction outside the trained range",
            "allow_extrapolation",
            "ensemble.conditions.temperature_K=[2500]"),
        config("trajectories near 2^31", "below 2^31", "ensemble.trajectories=2147483647"),
        config("predicted records near 2^31", "below 2^31", "ensemble.records=2147483647"),
        config(
            "trajectories whose product overflows to a small number",
            "below 2^31",
            "ensemble.trajectories=65536",
            "ensemble.records=65536"),
        config("no quantile", "ensemble.quantiles", "ensemble.quantiles=[]"),
        config("quantiles without end", "1001 levels", "ensemble.quantiles=[" + levels() + "]"),
        config("no predicted condition", "at least one", "ensemble.conditions.temperature_K=[]"),
        config(
            "predicted condition twice",
            "twice",
            "ensemble.conditions.temperature_K=[1400, 1.4e3]"),
        config("prediction from nothing", "every", "ensemble.initial={observables: []}"),
        config(
            "prediction from too little",
            "one value for each of 6",
            "ensemble.initial={observables: [1, 2]}"),
        config("steps without end", "ensemble.step", "ensemble.step=1e-300"),
        config("horizon without end", "ensemble.horizon", "ensemble.horizon={relaxations: 1e300}"),
        config("layer of 2^31 neurons", "1 to 4096", "sde.drift.hidden=[2147483647]"),
        config("samples near 2^31", "evolve.samples", "evolve.samples=2147483647"),
        config("nested brackets", "nested", "colour: " + "[".repeat(1300)),
        config("malformed YAML", "broken.yaml", "simulate: {runs: [2"),
        config("key twice", "seed", "seed: 2"),
        config("tab as indent", "broken.yaml", "report:\n\tpng: true"),
        new Mistake("empty configuration", 65, "is empty", here -> args(here, "", "validate")),
        new Mistake(
            "no conditions at all",
            65,
            "such as temperature_K",
            here -> args(here, "seed: 2", "run")),
        new Mistake(
            "list as configuration", 65, "mapping", here -> args(here, "[1, 2]", "validate")));
  }

  private static String sixteen() {
    return java.util.stream.IntStream.range(0, 16)
        .mapToObj(i -> "S" + (char) ('a' + i))
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static String levels() {
    return String.join(", ", java.util.Collections.nCopies(1001, "0.5"));
  }

  private static Mistake config(String what, String message, String... changes) {
    return new Mistake(
        what,
        65,
        message,
        here -> {
          boolean text = !changes[0].matches("(?s)[\\w.]+=.*");
          String[] args = args(here, CONFIG + (text ? changes[0] + "\n" : ""), "run");
          List<String> all = new ArrayList<>(List.of(args));
          for (String change : text ? new String[0] : changes) {
            all.addAll(List.of("--set", change));
          }
          return all.toArray(String[]::new);
        });
  }

  private static String[] args(Path here, String yaml, String command) {
    Path file = write(here.resolve("broken.yaml"), yaml);
    return new String[] {command, file.toString(), "--out", here.resolve("run").toString()};
  }

  /** Mistakes in the file of an initial state. */
  private static List<Mistake> states() {
    return List.of(
        new Mistake("start file is missing", 66, "no.dump", here -> started(here, "no.dump")),
        state("dump without its last line", "small.dump", lines -> lines.remove(lines.size() - 1)),
        state("foreign element", "unknown species 'Fe'", lines -> edit(lines, FIRST_ATOM, 5, "Fe")),
        state("two atoms on a site", "two atoms on one site", BadInputTest::doubled),
        state("atom off its site", "atom 1", lines -> edit(lines, FIRST_ATOM, 2, "0.7")),
        state(
            "text for a number",
            "small.dump:" + (FIRST_ATOM + 1),
            lines -> edit(lines, FIRST_ATOM, 2, "here")),
        new Mistake(
            "state of another size",
            65,
            "cells",
            here -> started(here, at("small.dump"), "lattice={small: 6, large: 12}")),
        new Mistake(
            "HDF5 state of another size",
            65,
            "6 x 6 x 6 cells",
            here ->
                started(
                    here,
                    at("done/snapshots.h5"),
                    "lattice.start.group=T2000",
                    "lattice.small=6",
                    "lattice.large=12")),
        new Mistake(
            "no such group",
            65,
            "T9",
            here -> started(here, at("done/snapshots.h5"), "lattice.start.group=T9")),
        new Mistake(
            "no such snapshot",
            65,
            "no snapshot 99",
            here ->
                started(
                    here,
                    at("done/snapshots.h5"),
                    "lattice.start={group: T2000, index: 99, file: "
                        + at("done/snapshots.h5")
                        + "}")),
        new Mistake(
            "vacancy at no site",
            65,
            "is not a site",
            here -> started(here, at("small.dump"), "lattice.start.vacancy_at=[[0, 1, 0]]")));
  }

  private static Mistake state(
      String what, String message, java.util.function.Consumer<List<String>> spoil) {
    return new Mistake(
        what,
        65,
        message,
        here -> {
          List<String> lines = TinyRun.lines(folder.resolve("small.dump"));
          spoil.accept(lines);
          write(here.resolve("small.dump"), String.join("\n", lines) + "\n");
          return started(here, here.resolve("small.dump").toString());
        });
  }

  private static void edit(List<String> lines, int line, int column, String value) {
    String[] words = lines.get(line).split(" ");
    words[column] = value;
    lines.set(line, String.join(" ", words));
  }

  private static void doubled(List<String> lines) {
    String[] other = lines.get(FIRST_ATOM + 1).split(" ");
    for (int column = 2; column < 5; column++) {
      edit(lines, FIRST_ATOM, column, other[column]);
    }
  }

  private static String[] started(Path here, String file, String... sets) {
    List<String> all = new ArrayList<>(List.of(args(here, CONFIG, "run")));
    all.addAll(List.of("--set", "lattice.start.file=" + file));
    for (String set : sets) {
      all.addAll(List.of("--set", set));
    }
    int last = all.size() - 1;
    if (all.get(last).startsWith("lattice={")) { // keep the start
      all.set(last, all.get(last).replace("}", ", start: {file: " + file + "}}"));
    }
    return all.toArray(String[]::new);
  }

  /** Mistakes with barrier networks. */
  private static List<Mistake> weights() {
    return List.of(
        network("no weights", 65, "model 'network' without weights", "barrier={model: network}"),
        network(
            "weights for a shipped network",
            65,
            "'weights' has no meaning",
            "barrier={model: small, weights: a.h5}"),
        network("weights are missing", 66, "none.h5", "barrier={model: network, weights: none.h5}"),
        new Mistake(
            "weights of a wrong shape", 65, "layer0", here -> weighted(here, wrongShape(here))),
        new Mistake(
            "weights cut short",
            65,
            "small.h5",
            here -> weighted(here, cut(here, MODELS.resolve("small.h5"), "small.h5"))),
        new Mistake(
            "order that contradicts",
            65,
            "order",
            here -> weighted(here, MODELS.resolve("small.h5"), "barrier.order=nnk")),
        new Mistake(
            "pickle with a forbidden global",
            65,
            "os system",
            here ->
                new String[] {
                  "barrier",
                  "import",
                  hostile(here),
                  "--order",
                  "nnk",
                  "--out",
                  here.resolve("w.h5").toString()
                }),
        new Mistake(
            "import of text",
            65,
            "text.npy",
            here ->
                new String[] {
                  "barrier",
                  "import",
                  write(here.resolve("text.npy"), "hello").toString(),
                  "--order",
                  "nnk",
                  "--out",
                  here.resolve("w.h5").toString()
                }),
        new Mistake(
            "codes out of range",
            65,
            "grid",
            here ->
                new String[] {
                  "barrier",
                  "eval",
                  "--weights",
                  MODELS.resolve("small.h5").toString(),
                  "--grids",
                  grids(here),
                  "--out",
                  here.resolve("b.h5").toString()
                }),
        new Mistake(
            "barrier table that is not there",
            66,
            "no.h5",
            here ->
                new String[] {
                  "barrier",
                  "train",
                  write(here.resolve("t.yaml"), "train: {table: no.h5, fit: {hidden: [4]}}")
                      .toString(),
                  "--out",
                  here.resolve("t").toString()
                }),
        new Mistake(
            "barrier table with a bad line",
            65,
            "t.csv",
            here ->
                new String[] {
                  "barrier", "train", table(here), "--out", here.resolve("t").toString()
                }),
        new Mistake(
            "barrier train without its section",
            65,
            "section 'train' is missing",
            here ->
                new String[] {
                  "barrier", "train", write(here.resolve("t.yaml"), "seed: 1").toString()
                }));
  }

  private static Mistake network(String what, int code, String message, String set) {
    return new Mistake(
        what,
        code,
        message,
        here -> {
          List<String> all = new ArrayList<>(List.of(args(here, CONFIG, "run")));
          all.addAll(List.of("--set", set));
          return all.toArray(String[]::new);
        });
  }

  private static String[] weighted(Path here, Path weights, String... sets) {
    List<String> all = new ArrayList<>(List.of(args(here, CONFIG, "run")));
    all.addAll(List.of("--set", "barrier={model: network, weights: " + weights + "}"));
    Arrays.stream(sets).forEach(set -> all.addAll(List.of("--set", set)));
    return all.toArray(String[]::new);
  }

  private static Path wrongShape(Path here) {
    Path file = here.resolve("w.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "encoding", "one_hot");
      writer.dataset(
          "/layer0/W",
          new float[111 * 3 * 4],
          new long[] {111, 3, 4},
          info("1", "first layer", List.of("site", "species", "unit")));
      writer.dataset(
          "/output/W",
          new float[4],
          new long[] {4, 1},
          info("1", "output", List.of("unit", "output")));
      writer.dataset(
          "/output/b", new float[1], new long[] {1}, info("eV", "output", List.of("output")));
    }
    return file;
  }

  private static DatasetInfo info(String units, String name, List<String> axes) {
    return new DatasetInfo(units, name, axes);
  }

  private static Path cut(Path here, Path file, String name) {
    byte[] all = bytes(file);
    return write(here.resolve(name), Arrays.copyOf(all, all.length / 2));
  }

  private static String hostile(Path here) {
    String header = "{'descr': '|O', 'fortran_order': False, 'shape': (8,), }";
    String text =
        "\u0093NUMPY\1\0v\0"
            + header
            + " ".repeat(117 - header.length())
            + "\n"
            + "\u0080\u0003cos\nsystem\nq\0.";
    return write(here.resolve("evil.npy"), text.getBytes(StandardCharsets.ISO_8859_1)).toString();
  }

  private static String grids(Path here) {
    Path file = here.resolve("g.h5");
    byte[] grid = new byte[16 * 16 * 16];
    grid[5] = 9;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/grid",
          grid,
          new long[] {1, 16, 16, 16},
          info("1", "codes", List.of("grid", "x", "y", "z")));
      writer.dataset(
          "/vac_pos",
          new int[] {0, 0, 0},
          new long[] {1, 1, 3},
          info("1", "sites", List.of("grid", "vacancy", "axis")));
    }
    return file.toString();
  }

  private static String table(Path here) {
    Path csv = write(here.resolve("t.csv"), "environment,barrier\n1;2;3,0.5\n");
    return write(here.resolve("t.yaml"), "train: {table: " + csv + ", fit: {hidden: [4]}}")
        .toString();
  }

  /** Mistakes on the command line itself. */
  private static List<Mistake> commandLines() {
    return List.of(
        usage("no command", 64, "command"),
        usage("unknown command", 64, "rnu", "rnu"),
        usage("unknown option", 64, "--sed", "validate", "a.yaml", "--sed", "3"),
        usage("no configuration", 64, "CONFIG", "run"),
        usage("no such configuration", 66, "no.yaml", "run", "no.yaml"),
        usage("folder as configuration", 66, "configs", "validate", MODELS.getParent().toString()),
        usage(
            "setting without '='",
            64,
            "key.path=value",
            "validate",
            at("tiny.yaml"),
            "--set",
            "seed"),
        usage(
            "setting an unknown section",
            65,
            "nothere",
            "validate",
            at("tiny.yaml"),
            "--set",
            "nothere.x=1"),
        usage(
            "setting inside a number",
            65,
            "seed",
            "validate",
            at("tiny.yaml"),
            "--set",
            "seed.x=1"),
        usage(
            "resume and overwrite",
            64,
            "mutually exclusive",
            "run",
            at("tiny.yaml"),
            "--resume",
            "--overwrite"),
        usage("ranks", 64, "before the command", "--np", "2", "run", at("tiny.yaml")),
        usage("transport", 64, "before", "--transport", "openmpi", "run", at("tiny.yaml")),
        usage(
            "setting of two words",
            64,
            "as one word",
            "run",
            at("tiny.yaml"),
            "--set",
            "seed",
            "3"),
        usage("order of no atoms", 65, ".xyz", "sro", at("tiny.yaml")),
        usage("look at a configuration", 65, "extended XYZ", "inspect", at("tiny.yaml")),
        usage("no thread", 64, "--threads", "run", at("tiny.yaml"), "--threads", "0"),
        usage("fewer than no states", 64, "--samples", "diagnose", at("done"), "--samples=-1"),
        usage("no thread to diagnose", 64, "--threads", "diagnose", at("done"), "--threads=0"),
        usage(
            "export to an unknown format", 64, "pdf", "export", at("done/final.h5"), "--to", "pdf"),
        usage(
            "export of a file without states",
            65,
            "model.h5",
            "export",
            at("done/model.h5"),
            "--to",
            "xyz"),
        usage(
            "export of no such condition",
            65,
            "T9",
            "export",
            at("done/final.h5"),
            "--to",
            "xyz",
            "--condition",
            "T9"),
        usage(
            "export of no such state",
            65,
            "99",
            "export",
            at("done/snapshots.h5"),
            "--to",
            "xyz",
            "--index",
            "99"),
        usage(
            "export below a file",
            73,
            "final.h5",
            "export",
            at("done/trajectory.h5"),
            "--to",
            "csv",
            "--out",
            at("done/final.h5/a.csv")),
        usage(
            "export to a file that exists",
            73,
            "--overwrite",
            "export",
            at("done/trajectory.h5"),
            "--to",
            "csv",
            "--out",
            at("good.dump")),
        usage("inspect text", 65, "tiny.yaml", "inspect", at("tiny.yaml")),
        usage("export text", 65, "tiny.yaml", "export", at("tiny.yaml"), "--to", "csv"),
        usage("inspect a folder", 66, "models", "inspect", MODELS.toString()),
        usage("order of text", 65, "tiny.yaml", "sro", at("tiny.yaml")),
        usage("order of a file that is not there", 66, "no.dump", "sro", "no.dump"),
        usage("order of several states", 65, "one of the groups", "sro", at("done/final.h5")),
        usage(
            "order on an unknown crystal",
            64,
            "[BCC, FCC]",
            "sro",
            at("small.dump"),
            "--crystal",
            "hcp"),
        usage(
            "vacancy at no site",
            64,
            "three integers",
            "sro",
            at("small.dump"),
            "--vacancy-at",
            "x"));
  }

  private static Mistake usage(String what, int code, String message, String... args) {
    return new Mistake(what, code, message, here -> args);
  }

  /** Mistakes with the run directory. */
  private static List<Mistake> folders() {
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
              TinyRun.copy(folder.resolve("done"), here.resolve("run"));
              return with(args(here, CONFIG, "run"), "--resume", "--set", "evolve.samples=39");
            }),
        new Mistake(
            "resume with another seed",
            65,
            ": seed was ",
            here -> {
              TinyRun.copy(folder.resolve("done"), here.resolve("run"));
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
            "not a regular file",
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
  private static List<Mistake> results() {
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
            BadInputTest::pairsWithNan,
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
            run -> forgeDims(run),
            "pairs.h5",
            "large.h5"),
        damaged(
            "prediction that is not complete",
            "ensemble.h5",
            "evaluate",
            run -> cut(run, run.resolve("ensemble.h5"), "ensemble.h5"),
            "evaluation.h5"));
  }

  private static Mistake damaged(
      String what,
      String message,
      String command,
      java.util.function.Consumer<Path> spoil,
      String... without) {
    return new Mistake(
        what,
        65,
        message,
        here -> {
          Path run = TinyRun.copy(folder.resolve("done"), here.resolve("run"), without);
          spoil.accept(run);
          return new String[] {command, at("tiny.yaml"), "--out", run.toString()};
        });
  }

  private static void pairsWithNan(Path run) {
    double first;
    try (var reader = org.latticelift.io.hdf5.Hdf5Reader.open(run.resolve("pairs.h5"))) {
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

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }
}
