package org.latticelift.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.latticelift.app.cli.StateFileCommand.MaxVacanciesOption;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.law.Language;
import org.latticelift.learn.law.LawExport;
import org.latticelift.learn.report.Export;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
          + " cif; "
          + ModelFile.NAME
          + ", or the run directory in which it is, as c (C99) or python (numpy), one file without"
          + " dependencies for other programs."
    })
final class ExportCommand extends StateFileCommand {
  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Export.Format format;

  @Option(
      names = "--index",
      paramLabel = "N",
      description =
          "Number of the state; negative counts from the end; all for every state, of formats that"
              + " hold several (lammps, xyz, vtkhdf); a file for each run, NAME.run0.xyz and so on. Default: the last.")
  private String index = "-1";

  @Option(names = "--vacancies", description = "Write empty sites too, as atoms X.")
  private boolean vacancies;

  @Option(
      names = "--order",
      description =
          "Write 1 - p/x for each atom and species, too: p is its share among the nearest atoms, x among"
              + " all (xyz, vtkhdf).")
  private boolean order;

  @Mixin private MaxVacanciesOption maxVacancies;

  @Override
  String ending() {
    return format.ending();
  }

  private boolean ofModel() {
    return format == Export.Format.C || format == Export.Format.PYTHON;
  }

  @Override
  Path read(Path given) {
    return ofModel() && Files.isDirectory(given) ? given.resolve(ModelFile.NAME) : given;
  }

  @Override
  List<Path> write(Path from, Path target, boolean replace) {
    if (ofModel()) {
      boolean c = format == Export.Format.C;
      LawExport.write(from, c ? Language.C : Language.PYTHON, target, replace);
      return List.of(target);
    }
    boolean interactions = format == Export.Format.CSV || format == Export.Format.PAIRS;
    if (interactions && HamiltonianFile.isOne(from)) {
      writeInteractions(from, target, replace);
      return List.of(target);
    } else {
      Export.StateChoice choice =
          new Export.StateChoice(
              crystal(), condition(), index(), vacancies, maxVacancies.share(), order);
      return Export.write(from, format, choice, target, replace);
    }
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

  private void writeInteractions(Path from, Path target, boolean replace) {
    try (HamiltonianFile hamiltonians = HamiltonianFile.open(from)) {
      String text =
          CsvWriter.text(
              format == Export.Format.PAIRS ? hamiltonians.bonds(crystal()) : hamiltonians.table());
      SingleFile.writeText(target, replace, text);
    }
  }
}
