package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.inspect.Inspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private CellOptions cells;

  @Mixin private MaxVacanciesOption maxVacancies;

  @Override
  public Integer call() {
    double most = maxVacancies.share();
    double site = Math.pow(cells.latticeConstant(), 3) / cells.crystal().basisCount();
    Inspector.Inspection seen = Inspector.inspect(file, site);
    spec.commandLine().getOut().println(seen.text().stripTrailing());
    spec.commandLine().getOut().flush();
    seen.emptySites().requireAtMost(most, file.toString());
    return ExitCode.DONE.code();
  }
}
