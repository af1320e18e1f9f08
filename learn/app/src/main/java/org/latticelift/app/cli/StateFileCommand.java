package org.latticelift.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that turns a file of states into another file. */
abstract class StateFileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "HDF5 file of a stage or of build.")
  private Path file;

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

  @Mixin private CrystalOptions crystal;

  @Mixin private OverwriteOption overwrite;

  /** What follows the dot in the name of the new file. */
  abstract String ending();

  /** The file that is meant, which may be one of a run directory. */
  Path read(Path given) {
    return given;
  }

  /** Makes the new file, or files; returns them. */
  abstract List<Path> write(Path from, Path target, boolean replace);

  final Crystal crystal() {
    return crystal.crystal();
  }

  /** Name of the condition; null for the first. */
  final String condition() {
    return condition;
  }

  /** To be asked to replace is not to be asked to lose what is read. */
  private void requireOther(Path target) {
    try {
      if (Files.exists(target) && Files.exists(file) && Files.isSameFile(target, file)) {
        throw new LatticeLiftException(
            ExitCode.OUTPUT,
            "the result would replace the file that is read",
            target.toString(),
            "another file",
            "Choose another name for --out");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final Integer call() {
    Path from = read(file);
    String name = String.valueOf(from.getFileName()).replaceFirst("\\.h5$", "");
    Path target = out == null ? from.resolveSibling(name + "." + ending()) : out;
    requireOther(target);
    write(from, target, overwrite.given()).forEach(spec.commandLine().getOut()::println);
    return ExitCode.DONE.code();
  }

  /** Whether files that are there may be replaced. */
  static final class OverwriteOption {
    @Option(names = "--overwrite", description = "Replace existing files.")
    private boolean given;

    boolean given() {
      return given;
    }
  }

  /** Which crystal the sites of a file are of. */
  static class CrystalOptions {
    @Option(
        names = "--crystal",
        paramLabel = "NAME",
        description = "One of: ${COMPLETION-CANDIDATES}. Default: bcc.")
    private CrystalName name = CrystalName.BCC;

    final Crystal crystal() {
      return name.crystal();
    }

    /** The crystals that options know by name. */
    enum CrystalName {
      BCC,
      FCC;

      Crystal crystal() {
        return this == BCC ? Crystal.bcc() : Crystal.fcc();
      }

      /** As the options are written. */
      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** How many sites of a file may be empty before it is taken for another file than was meant. */
  static final class MaxVacanciesOption {
    @Option(
        names = "--max-vacancies",
        paramLabel = "SHARE",
        defaultValue = "0.1",
        description =
            "Largest share of empty sites, 0 to 1; more are hardly ever meant; default"
                + " ${DEFAULT-VALUE}")
    private double share;

    double share() {
      if (!(share >= 0 && share <= 1)) {
        throw new LatticeLiftException(
            ExitCode.USAGE,
            share + " is no share",
            "--max-vacancies",
            "0 to 1",
            "Correct the option");
      }
      return share;
    }
  }

  /** Which crystal the sites of a file with lengths are of, and how large its cells are. */
  static final class CellOptions extends CrystalOptions {
    @Option(
        names = "--lattice-constant",
        paramLabel = "A",
        description =
            "Length of a cell in Å, to find the number of cells; default the crystal's own")
    private Double latticeConstant;

    double latticeConstant() {
      return latticeConstant == null ? crystal().spec().cell().get(0).get(0) : latticeConstant;
    }
  }
}
