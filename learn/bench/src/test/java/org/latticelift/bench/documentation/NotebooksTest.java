package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.testing.ExternalTool;

/** Notebooks run from top to bottom on files of small runs, and are stored without output. */
@Tag("docs")
class NotebooksTest {
  private static final List<String> MODULES =
      List.of("numpy", "h5py", "xarray", "h5netcdf", "matplotlib", "ase");

  @TempDir private static Path folder;

  static List<Path> notebooks() {
    return DocumentTree.files(DocumentTree.ROOT.resolve("docs/notebooks")).stream()
        .filter(file -> file.toString().endsWith(".ipynb"))
        .toList();
  }

  @BeforeAll
  static void smallRuns() throws IOException {
    SmallRuns runs = new SmallRuns(folder);
    runs.quickstart();
    runs.direct("own");
    Files.createSymbolicLink(folder.resolve("io"), DocumentTree.ROOT.resolve("io"));
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookRuns(Path notebook) {
    String program =
        """
        import json, os, sys
        sys.dont_write_bytecode = True
        import matplotlib
        matplotlib.use("Agg")
        os.chdir(sys.argv[2])
        names = {}
        for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
        print("ran", len(matplotlib.pyplot.get_fignums()))
        """;
    assertThat(ExternalTool.python(MODULES, program, notebook.toString(), folder.toString()))
        .endsWith("ran 1\n");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void aNotebookIsValidAndHasNoOutput(Path notebook) {
    String program =
        """
        import json, sys
        notebook = json.load(open(sys.argv[1], encoding="utf-8"))
        cells = notebook["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        print(notebook["nbformat"], notebook["nbformat_minor"], "kernelspec" in notebook["metadata"])
        print(all(set(cell) >= {"id", "cell_type", "metadata", "source"} for cell in cells))
        print(len({cell["id"] for cell in cells}) == len(cells), len(code) > 3)
        print(all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code))
        """;
    assertThat(ExternalTool.python(List.of(), program, notebook.toString()))
        .isEqualTo("4 5 True\nTrue\nTrue True\nTrue\n");
  }
}
