package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ConfiguredFileOptions;
import org.latticelift.app.cli.CommonOptions.ProcessOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.learn.report.Export;
import org.latticelift.sim.systems.alloy.AlloyBuild;
import org.latticelift.sim.systems.alloy.AlloyBuild.BuildConfig;
import org.latticelift.sim.vacancy.build.BuiltPairs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Builds a configuration with prescribed pairs. */
@Command(
    name = "build",
    description = {
      "Builds a configuration of atoms with prescribed pairs of several shells, such as a"
          + " special quasi-random structure.",
      "What is reached is printed; targets that no configuration can have are refused.",
      "Examples: configs/build/quasi-random.yaml, configs/build/short-range-order.yaml."
    })
final class BuildCommand implements Callable<Integer> {
  private static final String ENDING = ".h5";

  @Spec private CommandSpec spec;

  @Mixin private ConfiguredFileOptions configured;

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

  @Mixin private ProcessOptions process;

  @Override
  public Integer call() {
    BuildConfig config = configured.read(BuildConfig.class);
    AlloyBuild build = new AlloyBuild(config);
    Path target = configured.target(out, ENDING);
    Map<Export.Format, Path> others = new EnumMap<>(Export.Format.class);
    formats.forEach(format -> others.put(format, beside(target, format)));
    SingleFile.requireFree(target, configured.overwrite());
    others.values().forEach(other -> SingleFile.requireFree(other, configured.overwrite()));
    int threads = process.threads().orElse(Runtime.getRuntime().availableProcessors());
    AlloyBuild.Built built;
    try (Progress progress =
        ProgressFactory.standard(process.quiet()).start("build", BuiltPairs.sweeps())) {
      built = build.build(threads, progress, ProcessContext.of(spec).ranks().stop());
    }
    Provenance provenance =
        Provenance.here(Binder.resolve(config).toYaml(), config.seed(), threads);
    SingleFile.write(
        target, configured.overwrite(), beside -> build.write(beside, built, provenance));
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
          Export.write(target, format, whole, other, configured.overwrite());
          print(other.toString());
        });
    return ExitCode.DONE.code();
  }

  private static Path beside(Path target, Export.Format format) {
    String name = String.valueOf(target.getFileName());
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return target.resolveSibling(stem + "." + format.ending());
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
