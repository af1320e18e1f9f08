package org.latticelift.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what {@code --help} of a command shows; picocli's own knows no commands of commands. */
@Command(name = "help", description = "This text, or the options of one command.")
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Such as run, or bench kmc; without it the list of all.")
  private List<String> words = List.of();

  @Override
  public void run() {
    CommandLine shown = spec.parent().commandLine();
    for (String word : words) {
      CommandLine next = shown.getSubcommands().get(word);
      if (next == null) {
        throw new UnmatchedArgumentException(shown, List.of(word));
      }
      shown = next;
    }
    shown.usage(spec.commandLine().getOut());
  }
}
