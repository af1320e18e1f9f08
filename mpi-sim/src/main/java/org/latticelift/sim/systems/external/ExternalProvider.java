package org.latticelift.sim.systems.external;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Makes a system whose states somebody else's program simulates. */
public final class ExternalProvider implements SystemProvider {
  static final String NAME = "external";

  /** A name in a request of its own, in files and figures. */
  private static final String PARAMETER = "[A-Za-z][A-Za-z0-9_]{0,63}";

  /** Section {@code external}. */
  record ExternalConfig(
      @Doc("the worker: a program and its arguments, a list; files relative to this configuration")
          List<CommandWord> command,
      @Doc("folder in which the worker runs; else that of this configuration")
          Optional<Folder> folder,
      @Default("auto") @Range(min = 1) @Doc("worker processes of each rank; auto: one per thread")
          AutoNumber workers,
      @Default("auto")
          @Range(min = 1)
          @Doc("seconds for an answer; auto: 20 times the longest so far, at least 60")
          AutoNumber timeoutS,
      @Default("{}") @Doc("what else the worker gets, any keys") ConfigNode parameters) {}

  /** A word of a command; one that names a file counts by the content of the file. */
  record CommandWord(ConfigNode node) {
    /** Reads a word. */
    public static CommandWord fromConfig(ConfigNode node) {
      node.text();
      return new CommandWord(node);
    }

    private Optional<Path> file() {
      try {
        Path path = node.folder().resolve(node.text()).toAbsolutePath().normalize();
        return Optional.of(path).filter(Files::isRegularFile);
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }

    /** The word as it was given; a file by its whole path, as results may be read anywhere. */
    public ConfigNode toConfig() {
      return file().map(file -> Folder.quoted(file).naming(file)).orElse(node);
    }
  }

  /** A folder, by its whole path. */
  record Folder(Path path) {
    /** Reads a path. */
    public static Folder fromConfig(ConfigNode node) {
      return new Folder(node.folder().resolve(node.text()).toAbsolutePath().normalize());
    }

    /** The path. */
    public ConfigNode toConfig() {
      return quoted(path);
    }

    private static ConfigNode quoted(Path path) {
      return ConfigNode.parse(new JsonPrimitive(path.toString()).toString(), NAME);
    }
  }

  /** Section {@code lattice}. */
  record LatticeConfig(
      @Range(min = 1) @Doc("size of the small system, as the worker understands it") int small,
      @Range(min = 1) @Doc("size of the large system, as the worker understands it") int large) {}

  /** Section {@code evolve}. */
  record EvolveConfig(
      @Default("auto") @Doc("length of a partial evolution; auto: a tenth of the relaxation time")
          DurationSpec duration,
      @Default("auto")
          @Doc("around a patch: tile (closed on itself), or a word of the worker; auto: its first")
          String environment) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions",
        List.of(),
        NAME,
        List.of(ExternalConfig.class),
        "lattice",
        List.of(LatticeConfig.class),
        "upsample",
        List.of(UpsampleConfig.class),
        "evolve",
        List.of(EvolveConfig.class));
  }

  /**
   * A patch moves by a good part of what it relaxes by, so increments are those of the middle of a
   * sample; half of the samples are of the path, half of equilibrium; and a polynomial finds most
   * drifts of one or two observables with less error than a network.
   */
  @Override
  public String defaults() {
    return "{upsample: {draw: mixed}, sde: {drift: {baseline: polynomial}}, train: {transition:"
        + " midpoint}}";
  }

  /** With the folder of the worker, as results may be read anywhere. */
  @Override
  public ConfigNode resolve(ConfigNode root) {
    Folder folder = new Folder(workers(root).folder());
    return SystemProvider.super.resolve(root).with(NAME + ".folder", folder.toConfig());
  }

  /** Files that the worker names. */
  @Override
  public Map<String, Path> inputs(ConfigNode root) {
    List<Path> files = WorkerPool.of(workers(root)).description().files();
    return IntStream.range(0, files.size())
        .boxed()
        .collect(Collectors.toMap(k -> NAME + ".files." + k, files::get));
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    return new ExternalSystem(
        WorkerPool.of(workers(root)),
        conditions(root.get("conditions")),
        Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE).states(),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  private static WorkerPool.Setup workers(ConfigNode root) {
    ExternalConfig config = Binder.bind(root.section(NAME), ExternalConfig.class);
    LatticeConfig lattice = Binder.bind(root.section("lattice"), LatticeConfig.class);
    if (config.command().isEmpty()) {
      throw root.section(NAME)
          .get("command")
          .wrongType("a list of words, such as [python3, model.py]");
    }
    JsonObject hello = Frame.request("hello").header();
    hello.addProperty("protocol", WorkerPool.VERSION);
    hello.addProperty("program", "latticelift");
    hello.addProperty("small", lattice.small());
    hello.addProperty("large", lattice.large());
    JsonArray all = new JsonArray();
    conditions(root.get("conditions")).forEach(each -> all.add(ExternalDynamics.json(each)));
    hello.add("conditions", all);
    hello.add("parameters", json(config.parameters()));
    return new WorkerPool.Setup(
        config.command().stream().map(word -> word.toConfig().text()).toList(),
        config.command().stream().flatMap(word -> word.file().stream()).toList(),
        config
            .folder()
            .map(Folder::path)
            .orElseGet(() -> root.folder().toAbsolutePath().normalize()),
        config.workers().number(),
        seconds(config.timeoutS().number()),
        hello);
  }

  private static Optional<Double> seconds(OptionalInt number) {
    return number.isPresent() ? Optional.of((double) number.getAsInt()) : Optional.empty();
  }

  private static List<Condition> conditions(ConfigNode section) {
    List<String> names = section.keys();
    if (names.size() != 1 || !names.get(0).matches(PARAMETER)) {
      throw LatticeLiftException.badData(
          "conditions " + names,
          section.where(),
          "one name of letters, digits and _, with a list of values, such as temperature: [2.5, 3]",
          "Correct the section; further numbers belong to external.parameters");
    }
    List<Double> values =
        section.get(names.get(0)).items().stream().map(ConfigNode::number).toList();
    return new ConditionList(names.get(0), Double::isFinite, "finite numbers", "2.5")
        .of(values, section);
  }

  private static JsonElement json(ConfigNode node) {
    if (node.isMapping()) {
      JsonObject object = new JsonObject();
      node.keys().forEach(key -> object.add(key, json(node.get(key))));
      return object;
    }
    if (node.isSequence()) {
      JsonArray array = new JsonArray();
      node.items().forEach(each -> array.add(json(each)));
      return array;
    }
    return node.isNull() ? JsonNull.INSTANCE : scalar(node);
  }

  /** A quoted text stays one, also where it looks like a number. */
  private static JsonPrimitive scalar(ConfigNode node) {
    String text = node.text();
    if (node.isWord("true") || node.isWord("false")) {
      return new JsonPrimitive(node.bool());
    }
    if (node.isWord(text)
        && text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.")) {
      return new JsonPrimitive(new BigDecimal(text));
    }
    return new JsonPrimitive(text);
  }
}
