package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.system.SystemProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a configuration to start from. */
@Command(
    name = "new",
    customSynopsis = "latticelift new [SYSTEM] FILE [--overwrite]",
    description = "Write a short commented configuration of a system to start from.")
final class NewCommand implements Runnable {
  private static final String DEFAULT_SYSTEM = "alloy";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "[SYSTEM] FILE",
      hideParamSyntax = true,
      description =
          "The system, default alloy, or own-alloy for barriers of your own; and the configuration file (YAML) to write.")
  private List<String> words;

  @Mixin private OverwriteOption overwrite;

  @Override
  public void run() {
    List<SystemProvider> all = SystemProvider.all();
    String file = words.get(words.size() - 1);
    if (words.size() == 1 && named(all, file)) {
      throw usage("no file after system '" + file + "'", "latticelift new " + file + " FILE");
    }
    String text = template(all, words.size() == 1 ? DEFAULT_SYSTEM : words.get(0));
    SingleFile.writeText(Path.of(file), overwrite.given(), text);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: written. Change it, then:%n"
                + "  latticelift validate %s         checks it%n"
                + "  latticelift run %s --dry-run    says what it costs%n"
                + "  latticelift run %s%n",
            file, file, file, file);
  }

  private static boolean named(List<SystemProvider> all, String name) {
    return all.stream()
        .anyMatch(
            provider -> provider.name().equals(name) || provider.furtherTemplates().contains(name));
  }

  private static String template(List<SystemProvider> all, String system) {
    return all.stream()
        .filter(provider -> provider.name().equals(system))
        .findFirst()
        .flatMap(SystemProvider::template)
        .or(() -> all.stream().flatMap(p -> p.furtherTemplate(system).stream()).findFirst())
        .orElseThrow(() -> usage("no template of a system '" + system + "'", names(all)));
  }

  private static String names(List<SystemProvider> all) {
    return all.stream()
        .filter(provider -> provider.template().isPresent())
        .flatMap(p -> Stream.concat(Stream.of(p.name()), p.furtherTemplates().stream()))
        .collect(Collectors.joining(", ", "systems are ", ""));
  }

  private static LatticeLiftException usage(String what, String allowed) {
    return new LatticeLiftException(
        ExitCode.USAGE, what, "latticelift new", allowed, "Correct the command");
  }
}
