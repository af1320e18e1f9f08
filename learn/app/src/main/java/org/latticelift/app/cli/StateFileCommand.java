package org.latticelift.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.h5$", "");
    Path target = out == null ? file.resolveSibling(name + "." + ending()) : out;
    requireOther(target);
    write(file, target, overwrite.given()).forEach(spec.commandLine().getOut()::println);
    return ExitCode.DONE.code();
  }
}
