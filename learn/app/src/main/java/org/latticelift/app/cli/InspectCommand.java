package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.inspect.Inspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a file holds. */
@Command(
    name = "inspect",
    description =
        "What a file holds, on one screen: HDF5, or atoms as extended XYZ, POSCAR, CIF, LAMMPS dump"
            + " or data.")
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "HDF5 file of a run, or file of atoms.")
  private Path file;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(Inspector.describe(file).stripTrailing());
    return ExitCode.DONE.code();
  }
}
