package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ExternalTool;

/** The example of an exported equation gives one map, in C and in Python. */
@Tag("docs")
class PlateExampleTest {
  private static final Path EXAMPLES = DocumentTree.ROOT.resolve("configs/law");
  private static final int POINTS = 10_000;
  private static final int ORDER = 3;
  private static final int INTERVAL = 4;

  @TempDir private Path folder;

  @Test
  void bothLanguagesDrawTheSameMap() throws IOException {
    String model = DocumentTree.ROOT.resolve("configs/trained/alloy-compact.h5").toString();
    for (String language : List.of("c", "python")) {
      String file = language.equals("c") ? "law.c" : "law.py";
      String out = folder.resolve(file).toString();
      SmallRuns.command("export", model, "--to", language, "--out", out);
    }
    String compile =
        String.format(
            "cd '%s' && cc -std=c99 -Wall -Wextra -Werror -O3 -march=native -I . '%s' law.c -o plate -lm && ./plate",
            folder, EXAMPLES.resolve("plate.c"));
    ExternalTool.run("sh", "-c", "command -v cc");
    ExternalTool.run("sh", "-c", compile);
    List<String> c = Files.readAllLines(folder.resolve("plate.csv"));
    String python =
        String.format("cd '%s' && /usr/bin/python3 '%s'", folder, EXAMPLES.resolve("plate.py"));
    ExternalTool.python(List.of("numpy"), "");
    ExternalTool.run("sh", "-c", python);
    List<String> other = Files.readAllLines(folder.resolve("plate.csv"));
    assertThat(c).hasSize(POINTS + 1).hasSameSizeAs(other);
    double highest = 0;
    for (int i = 1; i <= POINTS; i++) {
      double order = number(c, i, ORDER);
      assertThat(order).isCloseTo(number(other, i, ORDER), within(1e-6));
      assertThat(number(c, i, INTERVAL)).isCloseTo(number(other, i, INTERVAL), within(1e-6));
      highest = Math.max(highest, order);
    }
    assertThat(highest).isGreaterThan(0.4);
    assertThat(folder.resolve("plate.png")).isNotEmptyFile();
  }

  private static double number(List<String> rows, int row, int column) {
    return Double.parseDouble(rows.get(row).split(",")[column]);
  }
}
