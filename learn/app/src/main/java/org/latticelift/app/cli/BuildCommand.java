package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.learn.report.Export;
import org.latticelift.sim.systems.alloy.AlloyBuild;
import org.latticelift.sim.systems.alloy.BuildConfig;
import org.latticelift.sim.vacancy.build.BuiltPairs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a configuration with prescribed pairs. */
@Command(
    name = "build",
    description = {
      "Builds a configuration of atoms with prescribed pairs of several shells, such as a"
          + " special quasi-random structure.",
      "What is reached is printed; targets that no configuration can have are refused."
    })
final class BuildCommand implements Callable<Integer> {
  private static final String ENDING = ".h5";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CONFIG",
      description = "A configuration such as configs/build/quasi-random.yaml.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE.h5",
      description = "File to write; default: the configuration's name with the ending .h5, here.")
  private Path out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      split = ",",
      description =
          "Formats of 'export' for states, such as lammps,xyz: files beside the HDF5 file.")
  private List<Export.Format> formats = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides one value of the configuration; may be given several times.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace existing files.")
  private boolean overwrite;

  @Option(names = "--quiet", description = "No progress, only results and errors.")
  private boolean quiet;

  @Override
  public Integer call() {
    BuildConfig config = Binder.bind(ConfigNode.load(file, overrides), BuildConfig.class);
    AlloyBuild build = new AlloyBuild(config);
    Path target = out == null ? defaultTarget() : out;
    Map<Export.Format, Path> others = new EnumMap<>(Export.Format.class);
    formats.forEach(format -> others.put(format, beside(target, format)));
    SingleFile.requireFree(target, overwrite);
    others.values().forEach(other -> SingleFile.requireFree(other, overwrite));
    AlloyBuild.Built built;
    try (Progress progress = ProgressFactory.standard(quiet).start("build", BuiltPairs.sweeps())) {
      built = build.build(progress, ProcessContext.of(spec).ranks().stop());
    }
    Provenance provenance = Provenance.here(Binder.resolve(config).toYaml(), config.seed(), 1);
    SingleFile.write(target, overwrite, beside -> build.write(beside, built, provenance));
    build.table(built).forEach(this::print);
    print(
        String.format(
            Locale.ROOT,
            "%d sites, largest deviation of a share %.2g",
            built.lattice().sites(),
            built.reached().worst()));
    print(target.toString());
    Export.StateChoice whole = new Export.StateChoice(config.crystal().crystal(), null, 0);
    others.forEach(
        (format, other) -> {
          Export.write(target, format, whole, other, overwrite);
          print(other.toString());
        });
    return ExitCode.DONE.code();
  }

  private static Path beside(Path target, Export.Format format) {
    String name = target.getFileName().toString();
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return target.resolveSibling(stem + "." + format.ending());
  }

  private Path defaultTarget() {
    return Path.of(file.getFileName().toString().replaceFirst("\\.ya?ml$", "") + ENDING);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
