package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;

/** Files of a study whose numbers are made up. */
class StudyFilesTest {
  @TempDir Path folder;

  @Test
  void answersStandBesideThoseOfTheRival() throws IOException {
    Answers answers = new Answers(100, 1, List.of(new Answers.Rival("T2000", 8192, 5)));
    ScalingStudy study =
        new ScalingStudy(
            List.of(),
            new RankCosts(1e-6, 1e-5, 1e-9, 1e-5),
            List.of(new StageTime("train", 1, 100)),
            List.of(new MethodCost("T2000", 8192, 100, 5)),
            Optional.of(answers));
    try (RunDirectory directory = RunDirectory.open(folder, OpenMode.OVERWRITE, "test")) {
      new StudyFiles(study).writeMethod(directory);
    }
    assertThat(CsvReader.rows(folder.resolve("stages.csv")).get(0)).containsEntry("stage", "train");
    assertThat(CsvReader.rows(folder.resolve("method.csv")).get(0))
        .containsEntry("condition", "T2000")
        .containsEntry("direct[core s]", "5.000");
    assertThat(CsvReader.rows(folder.resolve("answers.csv"))).hasSize(4);
    assertThat(CsvReader.rows(folder.resolve("answers.csv")).get(1))
        .containsEntry("questions", "10")
        .containsEntry("method[1/core h]", "327.3")
        .containsEntry("direct[1/core h]", "720.0");
    assertThat(folder).isDirectoryContaining("glob:**/answers.svg");
  }
}
