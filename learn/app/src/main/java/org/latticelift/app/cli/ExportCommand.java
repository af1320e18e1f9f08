package org.latticelift.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.report.Export;
import org.latticelift.sim.simulate.FinalStatesFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a result in a format of another program. */
@Command(
    name = "export",
    description = {
      "Writes a result in a format of another program:",
      TrajectoryFile.NAME
          + " and "
          + EnsembleFile.NAME
          + " as csv, "
          + HamiltonianFile.NAME
          + " as a csv list of pair interactions or as pairs, a list of bonds with vectors; a state of "
          + SnapshotsFile.NAME
          + ", "
          + SnapshotsFile.LARGE
          + " or "
          + FinalStatesFile.NAME
          + " as lammps (text dump), lammps-data, xyz (extended XYZ), vtkhdf (ParaView), poscar or"
          + " cif."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "HDF5 file of a stage.")
  private Path file;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Export.Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write; default: the input's name with another ending.")
  private Path out;

  @Option(
      names = "--condition",
      paramLabel = "NAME",
      description =
          "Condition of the state, such as T2000, or T2000/run1 in final.h5; default: the first.")
  private String condition;

  @Option(
      names = "--index",
      paramLabel = "N",
      description =
          "Number of the state; negative counts from the end; all for every state, of formats that"
              + " hold several (lammps, xyz, vtkhdf). Default: the last.")
  private String index = "-1";

  @Option(
      names = "--crystal",
      paramLabel = "NAME",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: bcc.")
  private CrystalName crystal = CrystalName.BCC;

  @Option(names = "--vacancies", description = "Write empty sites too, as atoms X.")
  private boolean vacancies;

  @Option(names = "--overwrite", description = "Replace an existing file.")
  private boolean overwrite;

  @Override
  public Integer call() {
    Path target = out == null ? defaultTarget() : out;
    Export.StateChoice choice =
        new Export.StateChoice(crystal.crystal(), condition, index(), vacancies);
    boolean interactions = format == Export.Format.CSV || format == Export.Format.PAIRS;
    if (interactions && HamiltonianFile.isOne(file)) {
      writeInteractions(target);
    } else {
      Export.write(file, format, choice, target, overwrite);
    }
    spec.commandLine().getOut().println(target);
    return ExitCode.DONE.code();
  }

  private OptionalLong index() {
    if (index.equalsIgnoreCase("all")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(index));
    } catch (NumberFormatException e) {
      throw new LatticeLiftException(
          ExitCode.USAGE,
          "'" + index + "' is no state",
          "--index",
          "a number, or all",
          "Correct it");
    }
  }

  private void writeInteractions(Path target) {
    try (HamiltonianFile hamiltonians = HamiltonianFile.open(file)) {
      String text =
          CsvWriter.text(
              format == Export.Format.PAIRS
                  ? hamiltonians.bonds(crystal.crystal())
                  : hamiltonians.table());
      SingleFile.write(target, overwrite, beside -> Files.writeString(beside, text));
    }
  }

  private Path defaultTarget() {
    String name = file.getFileName().toString().replaceFirst("\\.h5$", "");
    return file.resolveSibling(name + "." + format.ending());
  }
}
