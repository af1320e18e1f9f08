package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.app.pipeline.RunIdentity.EarlierConfiguration;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.predict.PredictStage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.FileOrder;

/** The command {@code predict}. */
public final class PredictRun {
  private final PredictConfig config;
  private final ModelRun run;

  /**
   * Reads what is asked.
   *
   * @param model file, or folder of a run
   * @param schedules files and protocols
   * @param from start of predictions, as the option says it; null for what {@code initial} says
   * @param extrapolate whether conditions outside the trained range are accepted
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public PredictRun(
      Path model,
      List<String> schedules,
      String from,
      boolean extrapolate,
      RunOptions options,
      Ranks ranks,
      PrintWriter out) {
    ConfigNode asked = ModelRun.asked(model, options);
    ConfigNode node =
        extrapolate ? asked.with("allow_extrapolation", Boolean.toString(true)) : asked;
    this.config =
        ranks.firstThenOthers(
            () ->
                Binder.bind(
                    InitialChoice.asked(node, from).with("schedules", ScheduleList.of(schedules)),
                    PredictConfig.class));
    this.run = new ModelRun("predict", config, options, ranks, out);
  }

  /** Predicts. */
  public void run() {
    run.run(() -> new PredictStage(config), PredictStage::lines);
  }

  /**
   * A command that asks a trained model something: one stage, whose configuration is the command
   * line.
   */
  static final class ModelRun implements RunConfiguration {
    private final String command;
    private final RunOptions options;
    private final Ranks ranks;
    private final PrintWriter out;
    private final ConfigNode resolved;

    /**
     * A command.
     *
     * @param command its name, that of its folder below runs, too
     * @param config what is asked, with defaults filled in
     * @param out where results are printed
     */
    ModelRun(String command, Record config, RunOptions options, Ranks ranks, PrintWriter out) {
      this.command = command;
      this.options = options;
      this.ranks = ranks;
      this.out = out;
      this.resolved = Binder.resolve(config);
    }

    /** What is asked, as a configuration ({@code model}: file, or folder of a run). */
    static ConfigNode asked(Path model, RunOptions options) {
      Path file = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
      ConfigNode node =
          ConfigNode.parse("{model: " + ScheduleList.quoted(file.toString()) + "}", "MODEL");
      for (String override : options.overrides()) {
        node = node.set(override);
      }
      return options.seed().isPresent() ? node.with("seed", options.seed().getAsLong()) : node;
    }

    /** Runs the stage. */
    <S extends Stage> void run(Supplier<S> stage, BiFunction<S, RunDirectory, List<String>> lines) {
      S made = ranks.firstThenOthers(stage);
      new StageRunner(this, options, ranks, out)
          .run(
              List.of(made),
              options.out().orElse(Path.of("runs", command)),
              options.mode(),
              directory -> {
                lines.apply(made, directory).forEach(out::println);
                out.flush();
              });
    }

    @Override
    public String resolvedYaml() {
      return resolved.toYaml();
    }

    @Override
    public String fingerprint(List<Stage> stages) {
      return identity().line();
    }

    @Override
    public Optional<List<String>> continues(String begun, Path root, List<Stage> stages) {
      RunIdentity now = identity();
      return now.asksAs(begun) ? Optional.of(now.requireSameFiles(begun, root)) : Optional.empty();
    }

    private RunIdentity identity() {
      return RunIdentity.of(resolved, config -> command + " " + config.toYaml().replace('\n', ' '));
    }

    /** All keys count. */
    @Override
    public void requireSame(Path root) {
      EarlierConfiguration.requireSame(root, resolved, Set.of());
    }

    @Override
    public long seed() {
      return resolved.get("seed").integer();
    }
  }

  /**
   * The option {@code --from} of commands that ask a model: {@code random}, a value of the
   * condition in whose equilibrium a prediction starts, or a file with a state of an alloy.
   */
  static final class InitialChoice {
    private static final String OPTION = "--from";

    /** Parts of a composition that a file may be off. */
    private static final double SAME = 0.01;

    private InitialChoice() {}

    /** What is asked, with the start that the option names. */
    static ConfigNode asked(ConfigNode asked, String from) {
      if (from == null) {
        return asked;
      }
      Path model = Path.of(asked.get("model").text());
      if (from.equals("random")) {
        return asked.with("initial", from);
      }
      if (from.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
        String parameter = ModelFile.read(model).scaling().quantities().parameter();
        return asked.with("initial", "{" + parameter + ": " + Double.parseDouble(from) + "}");
      }
      Path file = Path.of(from);
      if (!Files.isRegularFile(file)) {
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "no such start '" + from + "'",
            OPTION,
            "random, a value of the condition, or a file with a state",
            "Correct it");
      }
      return asked.with("initial", "{observables: " + observables(file, model) + "}");
    }

    /** Of the state, in the order of the model. */
    private static String observables(Path file, Path model) {
      SdeModel read = ModelFile.read(model);
      LatticeConfig lattice = lattice(model);
      FileOrder order =
          FileOrder.of(
              new StartConfig(InputFile.of(file), "", -1, List.of()),
              lattice.crystal().crystal(),
              lattice.constantA().orElse(lattice.crystal().crystal().spec().cell().get(0).get(0)),
              lattice.species(),
              lattice.observables());
      requireComposition(file, order, lattice);
      return read.map().observables().stream()
          .map(
              name -> {
                int at = order.names().indexOf(name);
                if (at < 0) {
                  throw LatticeLiftException.badData(
                      "a model of '" + name + "', which a file does not say",
                      OPTION + " " + file,
                      "models of order parameters of an alloy",
                      "Give initial: {observables: [...]}");
                }
                return Double.toString(order.values()[at]);
              })
          .collect(Collectors.joining(", ", "[", "]"));
    }

    private static LatticeConfig lattice(Path model) {
      try (Hdf5Reader reader = Hdf5Reader.open(model)) {
        ConfigNode all = ConfigNode.parse(reader.text(Provenance.CONFIGURATION), model.toString());
        if (!all.get("system").isWord("alloy")) {
          throw LatticeLiftException.badData(
              "a file for a system that is no alloy",
              OPTION,
              "random, or a value of the condition",
              "Correct it");
        }
        return Binder.bind(all.section("lattice"), LatticeConfig.class);
      }
    }

    private static void requireComposition(Path file, FileOrder order, LatticeConfig lattice) {
      int species = lattice.species().size();
      long atoms = Arrays.stream(order.counts(), 1, species + 1).sum();
      double[] parts =
          lattice.species().stream()
              .mapToDouble(
                  name ->
                      lattice.composition().isEmpty()
                          ? 1
                          : lattice.composition().getOrDefault(name, 0.0))
              .toArray();
      double sum = Arrays.stream(parts).sum();
      boolean same =
          IntStream.range(0, species)
              .allMatch(
                  i -> Math.abs(order.counts()[i + 1] / (double) atoms - parts[i] / sum) <= SAME);
      if (!same) {
        throw LatticeLiftException.badData(
            "a state of another composition than the model's: "
                + IntStream.range(0, species)
                    .mapToObj(
                        i ->
                            String.format(
                                Locale.ROOT,
                                "%s %.3f (not %.3f)",
                                lattice.species().get(i),
                                order.counts()[i + 1] / (double) atoms,
                                parts[i] / sum))
                    .collect(Collectors.joining(", ")),
            OPTION + " " + file,
            "shares within " + SAME,
            "Name a file of the alloy that the model was trained on");
      }
    }
  }
}
