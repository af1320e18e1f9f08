package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.latticelift.app.cli.StateFileCommand.CellOptions;
import org.latticelift.app.cli.StateFileCommand.MaxVacanciesOption;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.BarrierTable.BarrierTableFile;
import org.latticelift.learn.barrierfit.StructureTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a barrier table from structures and the barriers of their hops. */
@Command(
    name = "collect",
    description = {
      "Makes a barrier table from initial states with a vacancy (extended XYZ, POSCAR, CIF, LAMMPS)",
      "and a CSV with the columns structure, atom (the number of the atom that jumps into the",
      "vacancy, from 1), barrier_eV and perhaps category."
    })
final class BarrierCollectCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "HOPS.csv", description = "A row for each hop.")
  private Path hops;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "HDF5 to make.")
  private Path out;

  @Option(
      names = "--species",
      paramLabel = "NAMES",
      required = true,
      split = ",",
      description = "Species in the order of the codes, such as Mo,W.")
  private List<String> species;

  @Mixin private CellOptions cells;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      defaultValue = "0.15",
      description =
          "How far relaxed atoms may be from their sites, in cells along each axis; default"
              + " ${DEFAULT-VALUE}")
  private double tolerance;

  @Mixin private MaxVacanciesOption maxVacancies;

  @Mixin private OverwriteOption overwrite;

  @Override
  public void run() {
    StructureTable.Rules rules =
        new StructureTable.Rules(species, cells.latticeConstant(), tolerance, maxVacancies.share());
    BarrierTable table = StructureTable.read(hops, cells.crystal(), rules);
    SingleFile.write(
        out,
        overwrite.given(),
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            BarrierTableFile.write(table, writer);
          }
        });
    long known = 0;
    for (float barrier : table.barrier()) {
      known += Float.isNaN(barrier) ? 0 : 1;
    }
    spec.commandLine()
        .getOut()
        .printf("%s: %d environments, %d barriers%n", out, table.size(), known);
  }
}
