package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latticelift.app.cli.CommandLines;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Commands of documents are commands of the program, the configurations they name exist, and a
 * reader is told how long those take that simulate, train or measure: in a comment of their block,
 * or in the paragraph before or after it. All others are executed by {@link QuickCommandsTest}.
 */
class ShownCommandsTest {
  @Test
  void everyCommandParses() {
    List<String> wrong = new ArrayList<>();
    List<ShownCommand> all = ShownCommand.all();
    assertThat(all).hasSizeGreaterThan(30);
    CommandLine model = CommandLines.model();
    for (ShownCommand command : all) {
      if (command.isOfTheProgram()) {
        try {
          model.parseArgs(command.words().toArray(String[]::new));
        } catch (ParameterException e) {
          wrong.add(command + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatTakesTimeSaysHowMuch() {
    assertThat(ShownCommand.all())
        .filteredOn(command -> !command.endsAtOnce())
        .allSatisfy(
            command ->
                assertThat(command.hasDuration())
                    .as("a duration in a comment or a paragraph beside %s", command)
                    .isTrue());
  }

  @Test
  void everyNamedConfigurationExists() {
    Stream<String> configs =
        DocumentTree.pages().stream()
            .filter(page -> !page.endsWith("CHANGELOG.md"))
            .flatMap(
                page ->
                    Pattern.compile("\\bconfigs/[\\w./-]+\\.yaml")
                        .matcher(DocumentTree.text(page))
                        .results())
            .map(result -> result.group());
    assertThat(configs.distinct())
        .isNotEmpty()
        .allSatisfy(config -> assertThat(DocumentTree.ROOT.resolve(config)).exists());
  }
}
