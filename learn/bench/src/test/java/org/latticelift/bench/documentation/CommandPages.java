package org.latticelift.bench.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latticelift.app.pipeline.MethodStage;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page for every command, and one that lists them, from the command line itself. */
final class CommandPages {
  private static final String HEAD =
      """
      # Commands

      `./latticelift [--np N [--transport NAME] [--hostfile FILE]] COMMAND [arguments] [options]`

      `--np`, `--transport` and `--hostfile` stand before the command ([many ranks](../how-to/many-ranks.md)). `./latticelift help COMMAND` prints what
      the pages of the commands say. How commands end: [exit codes](exit-codes.md); what they read of the environment:
      [environment variables](environment-variables.md).

      """;

  private static final String SHARED =
      """

      Every command has `-h` (`--help`) and `--debug`, which shows the stack trace of an error.

      ## Options of every stage

      Stages, and all other commands that work in a run directory, have these.

      """;

  private static final String BENCH = "bench";

  /** The pages of the keys that a command reads, where they are not those of its name. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("run", "README"),
          Map.entry("validate", "README"),
          Map.entry("kmc", "direct"),
          Map.entry("train", "train"),
          Map.entry("simulate", "simulate"),
          Map.entry("direct", "direct"),
          Map.entry("closure", "closure"),
          Map.entry("ensemble", "ensemble"),
          Map.entry("evaluate", "evaluate"),
          Map.entry("report", "report"),
          Map.entry("predict", "predict-map-design"),
          Map.entry("map", "predict-map-design"),
          Map.entry("design", "predict-map-design"),
          Map.entry("build", "build"),
          Map.entry("ordering", "ordering"),
          Map.entry("barrier sample", "barrier-networks"),
          Map.entry("barrier train", "barrier-networks"));

  private static final int MOST_PAGES = 4;
  private static final int LONGEST_EXAMPLE = 180;

  private final Map<String, String> pages = new TreeMap<>();
  private final Map<String, OptionSpec> ofStages;
  private final List<ShownCommand> shown = ShownCommand.all();

  private CommandPages(CommandLine root) {
    CommandSpec simulate = root.getSubcommands().get("simulate").getCommandSpec();
    ofStages = new LinkedHashMap<>(simulate.optionsMap());
    ofStages.values().removeIf(CommandPages::common);
  }

  /** The pages by the name of their file; sub-commands stand on the page of their command. */
  static Map<String, String> of(CommandLine root) {
    CommandPages all = new CommandPages(root);
    Map<String, CommandLine> commands = new LinkedHashMap<>();
    collect("", root, commands);
    all.pages.put("commands.md", all.index(commands));
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    commands.forEach(
        (name, line) -> {
          if (!isBench(name)) {
            texts
                .computeIfAbsent(page(name), page -> new StringBuilder())
                .append(all.command(name, line.getCommandSpec()))
                .append(line.getSubcommands().isEmpty() ? all.uses(name) : "");
          }
        });
    texts.get(page(BENCH)).append(all.benchmarks(commands));
    texts.forEach((page, text) -> all.pages.put(page, text.toString()));
    return all.pages;
  }

  private static String page(String command) {
    return "commands/" + command.replaceFirst(" .*", "") + ".md";
  }

  private static boolean isBench(String command) {
    return command.startsWith(BENCH + " ");
  }

  /** A row for each benchmark: users hardly need them, and help explains their options. */
  private String benchmarks(Map<String, CommandLine> commands) {
    StringBuilder text =
        new StringBuilder("\n`./latticelift help bench NAME` explains the options.\n\n");
    text.append(Markdown.head("command", "what it measures", "options"));
    commands.forEach(
        (name, line) -> {
          if (isBench(name)) {
            CommandSpec spec = line.getCommandSpec();
            String options =
                spec.options().stream()
                    .filter(option -> !common(option))
                    .map(option -> Markdown.code(names(option)))
                    .collect(Collectors.joining(", "));
            String parameters =
                spec.positionalParameters().stream()
                    .map(parameter -> " " + parameter.paramLabel())
                    .collect(Collectors.joining());
            String what = String.join(" ", spec.usageMessage().description());
            text.append(Markdown.row(List.of(Markdown.code(name + parameters), what, options)));
          }
        });
    return text.toString();
  }

  /** A short example of the pages that runs as it stands, and where more is said of the command. */
  private String uses(String name) {
    List<ShownCommand> own =
        shown.stream()
            .filter(command -> (String.join(" ", command.words()) + " ").startsWith(name + " "))
            .toList();
    String example =
        own.stream()
            .map(command -> command.line().replaceAll(" +(#|>|;|\\|).*", ""))
            .filter(line -> line.length() <= LONGEST_EXAMPLE)
            .min(
                Comparator.comparing((String line) -> !line.contains("configs/"))
                    .thenComparingInt(String::length)
                    .thenComparing(line -> line))
            .map(line -> "Example: " + Markdown.code(line) + ".")
            .orElse("");
    List<String> links = new ArrayList<>();
    if (KEYS.containsKey(name)) {
      links.add("[keys](../configuration/" + KEYS.get(name) + ".md)");
    }
    own.stream()
        .map(command -> command.block().page())
        .filter(page -> page.startsWith(DocumentTree.ROOT.resolve("docs")))
        .distinct()
        .sorted(Comparator.comparing(page -> page.getParent().endsWith("explanation")))
        .limit(MOST_PAGES)
        .forEach(page -> links.add("[" + title(page) + "](" + fromCommands(page) + ")"));
    if (own.isEmpty() && isStage(name)) {
      links.add("[stages one by one](../../explanation/from-paper-to-command.md)");
    }
    String more = links.isEmpty() ? "" : "See also: " + String.join(", ", links) + ".";
    String text = (example + " " + more).strip();
    return text.isEmpty() ? "" : "\n" + text + "\n";
  }

  private static boolean isStage(String command) {
    return Arrays.stream(MethodStage.values()).anyMatch(stage -> stage.command().equals(command));
  }

  private static String title(Path page) {
    String head = DocumentTree.text(page).lines().findFirst().orElseThrow().replaceFirst("# ", "");
    return head.replace("`", "");
  }

  private static String fromCommands(Path page) {
    return DocumentTree.ROOT.resolve("docs/reference/commands").relativize(page).toString();
  }

  private static void collect(String before, CommandLine line, Map<String, CommandLine> all) {
    for (CommandLine sub : line.getSubcommands().values().stream().distinct().toList()) {
      String name = (before + " " + sub.getCommandName()).strip();
      all.put(name, sub);
      collect(name, sub, all);
    }
  }

  private String index(Map<String, CommandLine> commands) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(Markdown.head("command", "what it does"));
    commands.forEach(
        (name, line) -> {
          if (!name.contains(" ")) {
            text.append(summary(name, line));
          }
        });
    text.append(SHARED).append(Markdown.head("option", "meaning"));
    ofStages.values().stream()
        .distinct()
        .forEach(option -> text.append(row(names(option), option)));
    return text.toString();
  }

  private static String summary(String name, CommandLine line) {
    String link = "[" + name + "](" + page(name) + ")";
    String[] description = line.getCommandSpec().usageMessage().description();
    return Markdown.row(List.of(link, firstSentence(String.join(" ", description))));
  }

  private static String firstSentence(String description) {
    return description.split("(?<=\\.) ", 2)[0].replaceFirst(":$", ".");
  }

  private String command(String name, CommandSpec spec) {
    StringBuilder text = new StringBuilder(name.contains(" ") ? "\n## " : "# ");
    boolean stage = spec.optionsMap().keySet().containsAll(ofStages.keySet());
    text.append(name).append("\n\n").append(usage(synopsis(name, spec)));
    text.append(
        stage
            ? ", with the [options of every stage](../commands.md#options-of-every-stage)\n\n"
            : "\n\n");
    text.append(String.join("\n", spec.usageMessage().description())).append('\n');
    if (spec.aliases().length > 0) {
      text.append("\nThe same command: `")
          .append(String.join("`, `", spec.aliases()))
          .append("`\n");
    }
    List<PositionalParamSpec> parameters = spec.positionalParameters();
    List<OptionSpec> options =
        spec.options().stream().filter(o -> !common(o) && !(stage && ofStages(o))).toList();
    boolean configAlone = parameters.size() == 1 && parameters.get(0).paramLabel().equals("CONFIG");
    if (!options.isEmpty() || !parameters.isEmpty() && !configAlone) {
      text.append('\n').append(Markdown.head("argument", "meaning"));
      parameters.forEach(p -> text.append(row(p.paramLabel(), p)));
      options.forEach(o -> text.append(row(names(o), o)));
    }
    return text.toString();
  }

  /** On one line where it has one. */
  private static String usage(String synopsis) {
    return synopsis.contains("\n") ? "```\n" + synopsis + "\n```" : Markdown.code(synopsis);
  }

  private boolean ofStages(OptionSpec option) {
    return ofStages.containsKey(option.longestName());
  }

  private static String synopsis(String name, CommandSpec spec) {
    String[] custom = spec.usageMessage().customSynopsis();
    if (custom.length > 0) {
      return "./" + String.join("\n", custom);
    }
    String parameters =
        spec.positionalParameters().stream()
            .map(p -> p.required() ? p.paramLabel() : "[" + p.paramLabel() + "]")
            .collect(Collectors.joining(" "));
    String required =
        spec.options().stream()
            .filter(CommandPages::required)
            .map(CommandPages::names)
            .collect(Collectors.joining(" "));
    String more =
        spec.options().stream().allMatch(o -> common(o) || required(o)) ? "" : "[options]";
    String below = spec.subcommands().isEmpty() ? "" : "COMMAND";
    return List.of("./latticelift " + name, below, parameters, required, more).stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** Of options that exclude each other none is required. */
  private static boolean required(ArgSpec arg) {
    return arg.required() && arg.group() == null;
  }

  private static boolean common(OptionSpec option) {
    return option.inherited();
  }

  private static String names(OptionSpec option) {
    boolean flag = option.arity().max() == 0;
    return String.join(", ", option.names()) + (flag ? "" : " " + option.paramLabel());
  }

  private static String row(String name, ArgSpec arg) {
    String required = arg.isOption() && required(arg) ? "Required. " : "";
    return Markdown.row(
        List.of(Markdown.code(name), required + String.join(" ", arg.description())));
  }
}
