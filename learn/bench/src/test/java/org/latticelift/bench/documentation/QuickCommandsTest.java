package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands of documents that end at once do so, as they stand, in a folder that looks as the
 * documents say; those that simulate, train or measure have been called before with less work.
 */
@Tag("docs")
class QuickCommandsTest {
  private static final Pattern TREE = Pattern.compile("configs/.*");

  @TempDir private static Path folder;

  /** What is in this folder when a reader comes to these commands. */
  private static void prepare() {
    SmallRuns runs = new SmallRuns(folder);
    runs.quickstart();
    runs.direct("what");
    runs.write("my-alloy.yaml", firstYaml("docs/tutorial/your-own-alloy.md"));
    runs.write("fit.yaml", firstYaml("docs/how-to/own-barriers.md"));
  }

  private static String firstYaml(String page) {
    return CodeBlock.of(DocumentTree.ROOT.resolve(page)).stream()
        .filter(block -> block.language().equals("yaml"))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void everyQuickCommandEndsWell() throws IOException {
    prepare();
    List<ShownCommand> quick =
        ShownCommand.all().stream()
            .filter(command -> command.isOfTheProgram() && command.endsAtOnce())
            .filter(command -> !readsAnotherRun(command))
            .filter(command -> !needsACompiledWorker(command)) // ExternalRunTest has it
            .toList();
    assertThat(quick).hasSizeGreaterThan(15);
    for (ShownCommand command : quick) {
      String out = SmallRuns.command(words(command));
      if (command.redirected().isPresent()) {
        Files.writeString(folder.resolve(command.redirected().get()), out);
      }
    }
  }

  /** Results of a run that was not made here; the document says how long that one takes. */
  private static boolean readsAnotherRun(ShownCommand command) {
    boolean another =
        command.words().stream()
            .filter(word -> word.matches("runs/[^/]+/.*"))
            .anyMatch(word -> !Files.exists(folder.resolve(word).getParent()));
    assertThat(!another || command.hasDuration()).as("%s: of no run", command).isTrue();
    return another;
  }

  private static boolean needsACompiledWorker(ShownCommand command) {
    return command.words().contains("configs/external/ising.yaml");
  }

  /** Files of this source tree are there, all others in the folder; files are made again. */
  private static String[] words(ShownCommand command) {
    List<String> words = new ArrayList<>();
    for (String word : command.words()) {
      if (TREE.matcher(word).matches()) {
        words.add(DocumentTree.ROOT.resolve(word).toString());
      } else if (word.matches("[\\w-]*(/[\\w.-]+)*\\.(yaml|h5|xyz|csv|c|py)|runs/.*")) {
        words.add(folder.resolve(word).toString());
      } else {
        words.add(word);
      }
    }
    if (command.words().get(0).equals("export")) {
      words.add("--overwrite");
    }
    return words.toArray(String[]::new);
  }
}
