package org.latticelift.app.cli;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands with those below them, and what each does in its first sentence. */
final class CommandList implements IHelpSectionRenderer {
  private static final int NAMES = 24;

  /** Shows this list in the place of picocli's, which stops at the first level. */
  static void in(UsageMessageSpec usage) {
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
  }

  @Override
  public String render(Help help) {
    UsageMessageSpec usage = help.commandSpec().usageMessage();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAMES, 2, Column.Overflow.SPAN),
            new Column(usage.width() - NAMES, 1, Column.Overflow.WRAP));
    add(help, "", table);
    return table.toString();
  }

  private static void add(Help help, String parent, TextTable table) {
    help.subcommands()
        .values()
        .forEach(
            command -> {
              String name = parent + String.join(", ", command.commandSpec().names());
              table.addRowValues(
                  name, firstSentence(command.commandSpec().usageMessage().description()));
              add(command, name + " ", table);
            });
  }

  private static String firstSentence(String... description) {
    return String.join(" ", description).replaceFirst("(?s)(?<=[.;]) .*", "").replace(';', '.');
  }
}
