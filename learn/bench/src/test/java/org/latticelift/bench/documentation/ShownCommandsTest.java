package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latticelift.app.cli.CommandLines;
import picocli.CommandLine.ParameterException;

/** Commands of documents are commands of the program, and the configurations they name exist. */
class ShownCommandsTest {
  private static final String PROGRAM = "./latticelift";
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"'#]|\"[^\"]*\"|'[^']*')+|#.*");

  /** Read by the launcher, which hands them to Maven or JMH. */
  private static final Pattern OF_THE_LAUNCHER = Pattern.compile("(test|help|bench jmh)( .*)?");

  /** A command as it stands in a document. */
  private record Shown(String where, List<String> words) {}

  private static List<Shown> shown() {
    List<Shown> all = new ArrayList<>();
    for (Path page : DocumentTree.pages()) {
      if (!page.endsWith("reference/commands.md")) { // written from the commands themselves
        CodeBlock.of(page).forEach(block -> commands(block, all));
      }
    }
    return all;
  }

  private static void commands(CodeBlock block, List<Shown> all) {
    String joined = block.text().replaceAll("\\\\\n\\s*", " ");
    joined
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(PROGRAM + " "))
        .forEach(line -> all.add(new Shown(block + ": " + line, words(line))));
  }

  /** Words of a shell up to a comment, a pipe or the end of the command; 1 for a variable. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.substring(PROGRAM.length()));
    while (matcher.find() && !matcher.group().matches("#.*|[|>&;]+.*")) {
      words.add(matcher.group().replaceAll("[\"']", ""));
    }
    while (words.get(0).matches("--(np|transport)")) {
      words.subList(0, 2).clear();
    }
    return words.stream().map(word -> word.matches("\\$\\w+") ? "1" : word).toList();
  }

  @Test
  void everyCommandParses() {
    List<String> wrong = new ArrayList<>();
    List<Shown> all = shown();
    assertThat(all).hasSizeGreaterThan(30);
    for (Shown command : all) {
      String line = String.join(" ", command.words());
      if (!OF_THE_LAUNCHER.matcher(line).matches() && !line.startsWith("1 ")) {
        try {
          CommandLines.model().parseArgs(command.words().toArray(String[]::new));
        } catch (ParameterException e) {
          wrong.add(command.where() + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
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
