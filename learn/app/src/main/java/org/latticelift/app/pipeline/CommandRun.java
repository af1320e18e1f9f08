package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.design.DesignConfig;
import org.latticelift.learn.design.DesignStage;
import org.latticelift.learn.diagram.MapConfig;
import org.latticelift.learn.diagram.MapStage;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.law.HistoriesStage;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.predict.PredictStage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.FileOrder;

/**
 * A command whose configuration is its own, not that of a pipeline: {@code predict}, {@code map},
 * {@code design}, {@code barrier sample} and {@code barrier train}. It has one stage, which runs in
 * a folder of its own; all keys count for what may be continued.
 */
public final class CommandRun implements RunConfiguration {
  private final String command;
  private final ConfigNode resolved;
  private final long seed;
  private final Job job;

  /**
   * How a command was started.
   *
   * @param options of the command line
   * @param out where results are printed
   */
  public record Job(RunOptions options, Ranks ranks, PrintWriter out) {}

  /** A command ({@code config}: what is asked, with defaults filled in; {@code seed}: its own). */
  CommandRun(String command, Record config, long seed, Job job) {
    this.command = command;
    this.resolved = Binder.resolve(config);
    this.seed = seed;
    this.job = job;
  }

  /**
   * What is predicted.
   *
   * @param schedules files and protocols
   * @param histories a file of many in place of these; or null
   */
  public record Wanted(List<String> schedules, String histories) {
    private ConfigNode asked(ConfigNode node) {
      ConfigNode asked = node;
      if (!schedules.isEmpty()) {
        asked = asked.with(Binder.key(PredictConfig::schedules).path(), ScheduleList.of(schedules));
      }
      return histories == null
          ? asked
          : asked.with(Binder.key(PredictConfig::histories).path(), ScheduleList.quoted(histories));
    }
  }

  /**
   * Predicts what schedules or histories do.
   *
   * @param model file, or folder of a run
   * @param from start of predictions, as the option says it; null for what {@code initial} says
   * @param extrapolate whether conditions outside the trained range are accepted
   */
  public static void predict(Path model, Wanted wanted, String from, boolean extrapolate, Job job) {
    PredictConfig config =
        bound(
            model,
            job,
            PredictConfig.class,
            Binder.key(PredictConfig::seed),
            asked -> {
              ConfigKey<Boolean> allow = Binder.key(PredictConfig::allowExtrapolation);
              ConfigNode node = extrapolate ? asked.with(allow, true) : asked;
              return wanted.asked(
                  InitialChoice.asked(node, Binder.key(PredictConfig::initial), from));
            });
    CommandRun run = new CommandRun("predict", config, config.seed(), job);
    if (config.histories().isPresent()) {
      run.run(() -> new HistoriesStage(config), HistoriesStage::lines);
    } else {
      run.run(() -> new PredictStage(config), PredictStage::lines);
    }
  }

  /**
   * Makes a map.
   *
   * @param model file, or folder of a run
   * @param at conditions; none for those between the ends of the trained range
   * @param from start of predictions, as the option says it; null for what {@code initial} says
   */
  public static void map(Path model, List<Double> at, String from, Job job) {
    MapConfig config =
        bound(
            model,
            job,
            MapConfig.class,
            Binder.key(MapConfig::seed),
            asked -> {
              ConfigNode node = InitialChoice.asked(asked, Binder.key(MapConfig::initial), from);
              return at.isEmpty() ? node : node.with(Binder.key(MapConfig.Plan::at), at);
            });
    new CommandRun("map", config, config.seed(), job)
        .run(() -> new MapStage(config), MapStage::lines);
  }

  /** Searches for the best schedule ({@code wanted}: words and numbers by key). */
  public static void design(Path model, Map<String, String> wanted, Job job) {
    DesignConfig config =
        bound(
            model,
            job,
            DesignConfig.class,
            Binder.key(DesignConfig.Search::seed),
            asked -> {
              ConfigNode node = asked;
              for (Map.Entry<String, String> each : wanted.entrySet()) {
                node = node.set(each.getKey() + "=" + each.getValue());
              }
              return node;
            });
    new CommandRun("design", config, config.search().seed(), job)
        .run(() -> new DesignStage(config), DesignStage::lines);
  }

  /** What is asked of a model ({@code further}: adds what options say). */
  private static <C extends Record> C bound(
      Path model, Job job, Class<C> type, ConfigKey<Long> seed, UnaryOperator<ConfigNode> further) {
    return job.ranks()
        .firstThenOthers(
            () -> {
              Path file = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
              ConfigNode node =
                  ConfigNode.parse(
                      "{model: " + ScheduleList.quoted(file.toString()) + "}", "MODEL");
              for (String override : job.options().overrides()) {
                node = node.set(override);
              }
              if (job.options().seed().isPresent()) {
                node = node.with(seed, job.options().seed().getAsLong());
              }
              return Binder.bind(further.apply(node), type);
            });
  }

  private <S extends Stage> void run(
      Supplier<S> stage, BiFunction<S, RunDirectory, List<String>> lines) {
    S made = job.ranks().firstThenOthers(stage);
    run(
        made,
        job.options().out().orElse(Path.of("runs", command)),
        directory -> {
          lines.apply(made, directory).forEach(job.out()::println);
          job.out().flush();
        });
  }

  /** Runs the stage in a folder ({@code finished}: called at the end). */
  void run(Stage stage, Path root, Consumer<RunDirectory> finished) {
    if (job.options().mode() == OpenMode.OVERWRITE && !job.options().dryRun()) {
      job.ranks().tasks(1).once(() -> Replacement.requireKind(root, command));
    }
    new StageRunner(this, job.options(), job.ranks(), job.out())
        .run(List.of(stage), root, job.options().mode(), finished);
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
  public boolean continues(String begun, Path root) {
    RunIdentity now = identity();
    boolean same = now.asksAs(begun);
    if (same) {
      now.requireSameFiles(begun, root);
    }
    return same;
  }

  private RunIdentity identity() {
    return RunIdentity.of(resolved, config -> command + " " + config.toYaml().replace('\n', ' '));
  }

  @Override
  public void requireSame(Path root) {
    EarlierConfiguration.requireSame(root, resolved, Set.of());
  }

  @Override
  public List<Path> files() {
    return List.copyOf(resolved.inputs().values());
  }

  @Override
  public long seed() {
    return seed;
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
    static ConfigNode asked(ConfigNode asked, ConfigKey<InitialState> initial, String from) {
      if (from == null) {
        return asked;
      }
      Path model = Path.of(asked.get("model").text());
      if (from.equals("random")) {
        return asked.with(initial.path(), from);
      }
      if (from.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
        String parameter = ModelFile.read(model).scaling().quantities().parameter();
        return asked.with(initial.path(), "{" + parameter + ": " + Double.parseDouble(from) + "}");
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
      return asked.with(initial.path(), "{observables: " + observables(file, model) + "}");
    }

    /** Of the state, in the order of the model. */
    private static String observables(Path file, Path model) {
      SdeModel read = ModelFile.read(model);
      LatticeConfig lattice = lattice(model);
      FileOrder order =
          FileOrder.of(
              new StartConfig(InputFile.of(file), "", -1, List.of(), EmptySites.USUAL),
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
