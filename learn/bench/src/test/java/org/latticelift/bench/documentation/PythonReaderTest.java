package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.testing.ExternalTool;

/** The Python reader and the scripts of figures, with Debian's packages, on the files of a run. */
@Tag("docs")
class PythonReaderTest {
  private static final Path READER = DocumentTree.ROOT.resolve("io/python");

  @TempDir private static Path folder;

  @BeforeAll
  static void smallRun() {
    new SmallRuns(folder).quickstart();
  }

  private static String run() {
    return folder.resolve("runs/quickstart").toString();
  }

  @Test
  void theReaderTellsWhatTheFilesHold() {
    String program =
        """
        import sys
        sys.dont_write_bytecode = True
        sys.path.insert(0, sys.argv[2])
        import h5py, numpy, latticelift
        run = latticelift.Run(sys.argv[1])
        print(run.conditions())
        ensemble = run.ensemble("T2000")
        print(dict(ensemble.mean_of.sizes).keys() == {"time", "observable"}, list(ensemble.observable.values))
        with h5py.File(run.path("ensemble.h5")) as file:
            print(numpy.array_equal(file["T2000/mean"][:, 3], ensemble.mean_of.sel(observable="MoMo")))
        direct = run.trajectories("T2000")
        with h5py.File(run.path("trajectory.h5")) as file:
            print(len(direct) == len(file["T2000"]) - 0, direct[0].observables.dims, direct[0].time.units)
        atoms = run.atoms("final.h5", "T2000/run0")
        from ase.io import read
        exported = read(sys.argv[3])
        order = lambda a: a[numpy.lexsort(numpy.round(a.positions, 6).T)]
        ours, theirs = order(atoms), order(exported)
        print(list(ours.symbols) == list(theirs.symbols), numpy.allclose(ours.positions, theirs.positions),
              numpy.allclose(ours.cell, theirs.cell))
        full = run.atoms("final.h5", "T2000/run0", vacancies=True)
        print(len(full) - len(atoms) == full.symbols.count("X"))
        print(run.atoms("snapshots.h5", "T1400", index=2).info["index"], len(run.evaluation()))
        """;
    assertThat(
            ExternalTool.python(
                List.of("h5py", "xarray", "h5netcdf", "ase"),
                program,
                run(),
                READER.toString(),
                folder.resolve("runs/quickstart/final.xyz").toString()))
        .isEqualTo(
            """
            {'T1400': ('temperature_K', 1400.0), 'T2000': ('temperature_K', 2000.0)}
            True [np.str_('NbNb'), np.str_('NbMo'), np.str_('NbTa'), np.str_('MoMo'), np.str_('MoTa'), np.str_('TaTa')]
            True
            True ('record', 'observable') s
            True True True
            True
            2 12
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plot_time.py", "plot_order.py"})
  void aScriptDrawsAFigure(String script) throws IOException {
    Path figure = folder.resolve(script.replace(".py", ".png"));
    String program =
        "import runpy, sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1]);"
            + " sys.argv = [sys.argv[2], sys.argv[3], '-o', sys.argv[4]];"
            + " runpy.run_path(sys.argv[0], run_name='__main__')";
    ExternalTool.python(
        List.of("h5py", "xarray", "h5netcdf", "matplotlib"),
        program,
        READER.toString(),
        READER.resolve(script).toString(),
        run(),
        figure.toString());
    assertThat(Files.size(figure)).isGreaterThan(10_000);
    assertThat(ImageIO.read(figure.toFile()).getWidth()).isGreaterThan(600);
  }

  /** ParaView opens a series of states by itself and draws three species; looked at by colour. */
  @Test
  void paraViewDrawsAStateAndItsTime() throws IOException {
    ExternalTool.run("pvpython", "--version");
    Path states = folder.resolve("runs/quickstart/snapshots.vtkhdf");
    SmallRuns.command(
        "export",
        folder.resolve("runs/quickstart/snapshots.h5").toString(),
        "--to",
        "vtkhdf",
        "--condition",
        "T2000",
        "--index",
        "all");
    Path script = folder.resolve("draw.py");
    Path picture = folder.resolve("paraview.png");
    Files.writeString(
        script,
        """
        import sys
        from paraview.simple import *
        states = OpenDataFile(sys.argv[1])
        states.UpdatePipeline()
        information = states.GetDataInformation()
        print(information.GetNumberOfPoints(), len(states.TimestepValues), states.PointData.keys())
        view = CreateView("RenderView")
        view.ViewSize = [400, 400]
        display = Show(states, view)
        display.SetRepresentationType("Point Gaussian")
        display.GaussianRadius = 1.2
        ColorBy(display, ("POINTS", "species"))
        ResetCamera()
        SaveScreenshot(sys.argv[2], view)
        """);
    String said =
        ExternalTool.run(
            "xvfb-run",
            "-a",
            "-s",
            "-screen 0 640x480x24 -noreset",
            "pvpython",
            script.toString(),
            states + "",
            picture + "");
    assertThat(said).containsPattern("3455 [0-9]+ \\['species'\\]");
    java.awt.image.BufferedImage image = ImageIO.read(picture.toFile());
    int red = 0;
    int blue = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        java.awt.Color colour = new java.awt.Color(image.getRGB(x, y));
        red += colour.getRed() > 2 * colour.getBlue() && colour.getRed() > 80 ? 1 : 0;
        blue += colour.getBlue() > 2 * colour.getRed() && colour.getBlue() > 80 ? 1 : 0;
      }
    }
    assertThat(red).as("red pixels, one species").isGreaterThan(1000);
    assertThat(blue).as("blue pixels, another").isGreaterThan(1000);
  }
}
