package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.learn.report.Export;
import org.latticelift.learn.report.StatePicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a state. */
@Command(
    name = "draw",
    description =
        "Draws a state of an alloy or of spins, coloured by species or spin: a layer of sites, or a"
            + " block seen from a corner.")
final class DrawCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "HDF5 file with states, of a stage or of build.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Picture to write, .svg or .png; default: the input's name with .png.")
  private Path out;

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      defaultValue = "slice",
      description = "slice or cube; default ${DEFAULT-VALUE}")
  private StatePicture.View view;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "z",
      description = "Normal of a slice, x, y or z; default ${DEFAULT-VALUE}")
  private Axis axis;

  @Option(
      names = "--layer",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Layer of sites along the axis, 0 the lowest; default: the middle one.")
  private int layer;

  @Option(
      names = "--condition",
      paramLabel = "NAME",
      description =
          "Condition of the state, such as T2000, or T2000/run1 in final.h5; default: the first.")
  private String condition;

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Number of the state; negative counts from the end. Default: the last.")
  private long index;

  @Option(
      names = "--crystal",
      paramLabel = "NAME",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: bcc.")
  private CrystalName crystal = CrystalName.BCC;

  @Option(names = "--overwrite", description = "Replace an existing file.")
  private boolean overwrite;

  /** In the order of coordinates. */
  private enum Axis {
    X,
    Y,
    Z
  }

  @Override
  public Integer call() {
    Path target = out == null ? defaultTarget() : out;
    StatePicture.write(
        file,
        new Export.StateChoice(crystal.crystal(), condition, index),
        new StatePicture.Choice(view, axis.ordinal(), layer),
        target,
        overwrite);
    spec.commandLine().getOut().println(target);
    return ExitCode.DONE.code();
  }

  private Path defaultTarget() {
    String name = file.getFileName().toString().replaceFirst("\\.h5$", "");
    return file.resolveSibling(name + ".png");
  }
}
