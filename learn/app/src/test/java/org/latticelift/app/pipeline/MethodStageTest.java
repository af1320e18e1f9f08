package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.run.stage.Stage;

/** The one list of stages, and what has to repeat it outside of Java. */
class MethodStageTest {
  private static final Path ROOT = Path.of("../..");
  private static final String QUICKSTART = "configs/quickstart.yaml";
  private static final String FIELDS = "configs/predator-prey-quick.yaml";
  private static final Set<String> COMMANDS =
      Arrays.stream(MethodStage.values())
          .map(MethodStage::command)
          .collect(Collectors.toUnmodifiableSet());

  private static Pipeline pipeline(String file, String... sets) {
    return Pipeline.load(ROOT.resolve(file), List.of(sets), OptionalLong.empty());
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static List<String> names(List<Stage> stages) {
    return stages.stream().map(Stage::name).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aStageHasTheNameOfItsCommand(MethodStage stage) {
    assertThat(stage.of(pipeline(FIELDS, "closure.dim=2")).name()).isEqualTo(stage.command());
  }

  @Test
  void aRunHasTheStagesThatItsConfigurationAsksFor() {
    assertThat(names(pipeline(QUICKSTART).stages())).doesNotContain("closure").hasSize(7);
    assertThat(names(pipeline(QUICKSTART, "direct=null").stages()))
        .doesNotContain("closure", "direct")
        .hasSize(6);
    assertThat(names(pipeline(FIELDS, "closure.dim=2").stages()))
        .containsExactlyElementsOf(
            Arrays.stream(MethodStage.values()).map(MethodStage::command).toList());
    assertThat(names(pipeline(FIELDS, "closure.dim=2").learning()))
        .startsWith("simulate")
        .contains("closure")
        .endsWith("train");
  }

  /** Data flows once, from left to right. */
  @ParameterizedTest
  @ValueSource(strings = {"closure.dim=0", "closure.dim=2"})
  void everyInputIsTheOutputOfAnEarlierStage(String closures) {
    Pipeline pipeline = pipeline(FIELDS, closures);
    Set<String> made = new HashSet<>();
    for (Stage stage : pipeline.stages()) {
      assertThat(made).as("inputs of %s", stage.name()).containsAll(stage.inputs());
      for (String output : stage.outputs()) {
        assertThat(made.add(output)).as(output).isTrue();
        assertThat(pipeline.makerOf(output)).contains(stage.name());
      }
    }
  }

  @Test
  void aStageThatIsNotAskedForIsAnError() {
    Pipeline without = pipeline(QUICKSTART, "direct=null");
    for (MethodStage stage : List.of(MethodStage.CLOSURE, MethodStage.DIRECT)) {
      assertFails(() -> stage.of(without), stage.command());
    }
  }

  @Test
  void theTableSaysWhoCanWork() {
    assertThat(StageTable.lines(pipeline(QUICKSTART), Path.of("a folder")))
        .contains("simulate all a folder", "closure none a folder", "report one a folder")
        .hasSize(COMMANDS.size());
    assertThat(StageTable.lines(pipeline("configs/paper/fig2-predator-prey.yaml"), Path.of("x")))
        .containsExactly("run all x");
  }

  /** The script asks the program; it may name the stage that runs on a GPU, and no other. */
  @Test
  void theScriptThatSubmitsKnowsNoStages() throws IOException {
    String script = text("slurm/submit").replaceAll("#.*", "");
    Pattern word = Pattern.compile("\\b(" + String.join("|", COMMANDS) + ")\\b");
    assertThat(word.matcher(script).results().map(MatchResult::group)).containsOnly("train");
    Pattern setting =
        Pattern.compile("(?m)^ *(?:ranks|threads|nodes|time|signal_s|memory)_([a-z]+)=");
    assertThat(setting.matcher(text("slurm/site.conf")).results().map(m -> m.group(1)))
        .isSubsetOf(COMMANDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/explanation/from-paper-to-command.md", "ARCHITECTURE.md"})
  void whatPeopleReadNamesEveryStage(String file) throws IOException {
    assertThat(text(file)).contains(COMMANDS);
  }
}
