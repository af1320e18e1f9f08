package org.latticelift.bench.documentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of all commands, from the command line itself. */
final class CommandPage {
  private static final String HEAD =
      """
      # Commands

      `./latticelift [--np N [--transport NAME]] COMMAND [arguments] [options]`

      `--np` and `--transport` stand before the command ([many ranks](../how-to/many-ranks.md)). `./latticelift help COMMAND` prints what
      is here. `./latticelift test [--fast]` runs the tests ([testing](../development/testing.md)), `./latticelift doctor` says what it found on
      this machine. How commands end: [exit codes](exit-codes.md); what they read of the environment: [environment variables](environment-variables.md).

      """;

  private final StringBuilder text = new StringBuilder(HEAD);

  private CommandPage() {}

  /** The page; every command in the order of the help text, sub-commands behind theirs. */
  static String of(CommandLine root) {
    CommandPage page = new CommandPage();
    page.text.append(Markdown.head("command", "what it does"));
    Map<String, CommandLine> all = new LinkedHashMap<>();
    collect("", root, all);
    all.forEach((name, line) -> page.summary(name, line));
    page.text.append(
        "\nEvery command has `-h` (`--help`) and `--debug`, which shows the stack trace of an error.\n");
    all.forEach((name, line) -> page.command(name, line.getCommandSpec()));
    return page.text.toString();
  }

  private static void collect(String before, CommandLine line, Map<String, CommandLine> all) {
    for (CommandLine sub : line.getSubcommands().values().stream().distinct().toList()) {
      String name = (before + " " + sub.getCommandName()).strip();
      all.put(name, sub);
      collect(name, sub, all);
    }
  }

  private void summary(String name, CommandLine line) {
    String link = "[" + name + "](#" + name.replace(' ', '-') + ")";
    String[] description = line.getCommandSpec().usageMessage().description();
    text.append(Markdown.row(List.of(link, firstSentence(String.join(" ", description)))));
  }

  private static String firstSentence(String description) {
    return description.split("(?<=\\.) ", 2)[0].replaceFirst(":$", ".");
  }

  private void command(String name, CommandSpec spec) {
    text.append("\n## ").append(name).append("\n\n```\n");
    text.append(synopsis(name, spec)).append("\n```\n\n");
    text.append(String.join("\n", spec.usageMessage().description())).append('\n');
    if (spec.aliases().length > 0) {
      text.append("\nThe same command: `")
          .append(String.join("`, `", spec.aliases()))
          .append("`\n");
    }
    List<PositionalParamSpec> parameters = spec.positionalParameters();
    List<OptionSpec> options = spec.options().stream().filter(o -> !common(o)).toList();
    if (!parameters.isEmpty() || !options.isEmpty()) {
      text.append('\n').append(Markdown.head("argument", "meaning"));
      parameters.forEach(p -> text.append(row(p.paramLabel(), p)));
      options.forEach(o -> text.append(row(names(o), o)));
    }
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
            .filter(CommandPage::required)
            .map(CommandPage::names)
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
