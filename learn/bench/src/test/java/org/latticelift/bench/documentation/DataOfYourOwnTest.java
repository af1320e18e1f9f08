package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.testing.ExternalTool;

/**
 * The example of the page on data of somebody else: its Python and its configuration as they stand,
 * from an empty folder, against the exact equilibrium of noisy voters.
 */
@Tag("docs")
class DataOfYourOwnTest {
  private static final Path PAGE = DocumentTree.ROOT.resolve("docs/how-to/data-of-your-own.md");
  private static final double VOTERS = 6400;
  private static final double LIMIT = 120e9;

  /** In the folder of the first argument, with modules of the second. */
  private static final String HEAD =
      """
      import os, sys
      sys.dont_write_bytecode = True
      os.chdir(sys.argv[1])
      sys.path.insert(0, sys.argv[2])
      """;

  @TempDir private Path folder;

  private static String block(String language) {
    return CodeBlock.of(PAGE).stream()
        .filter(block -> block.language().equals(language))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void theExampleGivesTheExactEquilibrium() {
    long begun = System.nanoTime();
    Path reader = DocumentTree.ROOT.resolve("io/python");
    ExternalTool.python(
        List.of("h5py"), HEAD + block("python"), folder.toString(), reader.toString());
    new SmallRuns(folder).write("voters.yaml", block("yaml"));
    Path run = folder.resolve("run");
    SmallRuns.command(
        "run", folder.resolve("voters.yaml").toString(), "--quiet", "--out", run.toString());
    assertThat((double) System.nanoTime() - begun).as("ns").isLessThan(LIMIT);
    List<Map<String, String>> rows = CsvReader.rows(run.resolve("evaluation.csv"));
    assertThat(rows).hasSize(4);
    for (Map<String, String> row : rows) {
      double a = number(row, "noise");
      double deviation = Math.sqrt((a + 0.5) / (4 * a * VOTERS + 2));
      require(row, "predicted", 0.5, 0.4 * deviation);
      require(row, "predicted_deviation", deviation, 0.1 * deviation);
    }
  }

  /** Within three errors, which are small enough to notice. */
  private static void require(
      Map<String, String> row, String column, double exact, double largest) {
    String what = row.get("condition") + " " + column;
    double error = number(row, column + "_error");
    assertThat(error).as(what).isLessThan(largest);
    assertThat((number(row, column) - exact) / error).as(what).isBetween(-3.0, 3.0);
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
