package org.latticelift.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.StateFileCommand.CellOptions;
import org.latticelift.app.cli.StateFileCommand.MaxVacanciesOption;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.FileOrder;
import org.latticelift.sim.vacancy.order.ObservableList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Order parameters of a configuration file. */
@Command(
    name = "sro",
    description =
        "Short-range order of a file of atoms (extended XYZ, POSCAR, CIF, LAMMPS dump or data) or of a"
            + " state in an HDF5 file.")
final class SroCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A file of atoms, or an HDF5 file with states.")
  private Path file;

  @Option(
      names = "--species",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Species in the order of codes; default those that an HDF5 file names, else Nb,Mo,Ta")
  private List<String> species = List.of();

  @Mixin private CellOptions cells;

  @Option(
      names = "--vacancy-at",
      paramLabel = "I,J,K",
      description = "Half-grid coordinates of a site to empty first; may be repeated")
  private List<String> vacancies = new ArrayList<>();

  @Option(
      names = {"--condition", "--group"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Group of an HDF5 file with several, such as T2000, or T2000/run1")
  private String group;

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Snapshot of an HDF5 file; default the last")
  private int index;

  @Option(
      names = "--observables",
      paramLabel = "YAML",
      defaultValue = "[pair]",
      description = "As lattice.observables; default ${DEFAULT-VALUE}")
  private String observables;

  @Mixin private MaxVacanciesOption maxVacancies;

  @Override
  public Integer call() {
    FileOrder order =
        FileOrder.of(
            new StartConfig(
                InputFile.of(file),
                group,
                index,
                vacancies.stream().map(SroCommand::site).toList(),
                maxVacancies.share()),
            cells.crystal(),
            cells.latticeConstant(),
            species,
            ObservableList.parse(observables));
    print(order);
    return ExitCode.DONE.code();
  }

  private static List<Integer> site(String text) {
    try {
      return java.util.Arrays.stream(text.split(","))
          .map(String::strip)
          .map(Integer::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw usage("'" + text + "' is no site", "--vacancy-at", "three integers such as 0,0,0");
    }
  }

  private static LatticeLiftException usage(String what, String where, String allowed) {
    return new LatticeLiftException(ExitCode.USAGE, what, where, allowed, "Correct the option");
  }

  private void print(FileOrder order) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(file + ": " + order.size());
    out.print("sites: vacancies " + order.counts()[0]);
    for (int i = 0; i < order.species().size(); i++) {
      out.print(", " + order.species().get(i) + " " + order.counts()[i + 1]);
    }
    out.println();
    order.assumption().ifPresent(out::println);
    // Pair orders alone have something of a random alloy subtracted.
    boolean references = Arrays.stream(order.reference()).anyMatch(each -> each > 0);
    out.printf("%-24s %12s%s%n", "order parameter", "value", references ? "    reference" : "");
    for (int i = 0; i < order.values().length; i++) {
      double reference = order.reference()[i];
      out.printf(
          Locale.ROOT,
          "%-24s %12.6f%s%n",
          order.names().get(i),
          order.values()[i],
          reference > 0 ? String.format(Locale.ROOT, " %12.6f", reference) : "");
    }
  }
}
