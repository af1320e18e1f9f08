package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.sim.parallel.communicator.Installation;

/** The tutorial of simulators in Python, from an empty folder to its prediction. */
@Tag("docs")
class PythonTutorialTest {
  private static final Path PAGE =
      DocumentTree.ROOT.resolve("docs/tutorial/your-simulator-in-python.md");
  private static final int LONGEST_MODEL = 40;

  /** Of processors, for three minutes on two of them. */
  private static final double SECONDS = 360;

  /** As the page says where the program and the package are; the program is that of this build. */
  private static final String HEAD =
      """
      import os, sys
      sys.dont_write_bytecode = True
      os.chdir(sys.argv[1])
      sys.path.insert(0, sys.argv[2] + "/io/python")
      os.environ.update(LATTICELIFT_HOME=sys.argv[2], LATTICELIFT_APP=sys.argv[3], JAVA_HOME=sys.argv[4])
      os.environ.update(LATTICELIFT_HEAP="2g")
      """;

  private static final String USED =
      """
      import resource
      used = resource.getrusage(resource.RUSAGE_CHILDREN)
      print("seconds", used.ru_utime + used.ru_stime)
      """;

  @TempDir private Path folder;

  private String block(String language, int number) {
    return CodeBlock.of(PAGE).stream()
        .filter(block -> block.language().equals(language))
        .skip(number)
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void fortyLinesOfPythonGiveAPrediction() throws IOException {
    Installation installation = Installation.make(folder.resolve("app"));
    assertThat(block("python", 0).lines()).hasSizeLessThanOrEqualTo(LONGEST_MODEL);
    Files.writeString(folder.resolve("voter.py"), block("python", 0));
    Files.writeString(folder.resolve("voter.yaml"), block("yaml", 0));
    String said =
        ExternalTool.python(
            List.of("numpy", "h5py", "xarray", "h5netcdf", "matplotlib"),
            HEAD + block("python", 1) + USED,
            folder.toString(),
            DocumentTree.ROOT.toRealPath().toString(),
            folder.resolve("app").toString(),
            System.getProperty("java.home"));
    installation.remove();
    assertThat(said).contains("direct: done in", "\nN0.2 opinion 0.", "\nN0.5 disagreement 0.");
    assertThat(Files.size(folder.resolve("voters.png"))).isGreaterThan(10_000);
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("run/evaluation.csv"));
    assertThat(rows).hasSize(4);
    for (Map<String, String> row : rows) {
      String what = row.get("condition") + " " + row.get("observable") + ", z";
      assertThat(Double.parseDouble(row.get("z"))).as(what).isBetween(-3.5, 3.5);
      double deviation = Double.parseDouble(row.get("predicted_deviation"));
      double small = Double.parseDouble(row.get("small_deviation"));
      assertThat(small / deviation).as(what).isBetween(6.0, 10.0);
    }
    double seconds = Double.parseDouble(said.substring(said.lastIndexOf("seconds ") + 8));
    assertThat(seconds).as("of processors").isLessThan(SECONDS);
  }

  /** The page shows the example of configs/python, which others can start from. */
  @Test
  void thePageShowsTheExample() {
    Path example = DocumentTree.ROOT.resolve("configs/python");
    assertThat(block("python", 0)).isEqualTo(DocumentTree.text(example.resolve("voter.py")));
    assertThat(DocumentTree.text(example.resolve("voter.yaml"))).endsWith(block("yaml", 0));
  }
}
