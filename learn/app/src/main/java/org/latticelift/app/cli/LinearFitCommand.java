package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig;
import org.latticelift.learn.barrierfit.linear.LinearFitReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits a linear barrier model to a table. */
@Command(
    name = "fit",
    description = {
      "Fit a linear barrier model to a table: activation by jumping species and by the species",
      "around the saddle point, and half of the difference of pair energies. Shells, terms and the",
      "strength of the ridge are chosen by folds of structures. Prints the terms with standard errors",
      "and the error on barriers held out. Writes FILE and the same model as YAML; 'barrier: {model:",
      "linear, weights: FILE}' simulates with either."
    })
final class LinearFitCommand implements Runnable {
  private static final String ENDING = ".h5";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      description = "Barrier table (HDF5, or CSV with --species), as 'barrier collect' writes it.")
  private Path table;

  @Option(
      names = "--out",
      paramLabel = "FILE.h5",
      defaultValue = "linear.h5",
      description = "HDF5 to make; the YAML has the ending .yaml; default ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--species",
      paramLabel = "NAMES",
      split = ",",
      description = "Species of a CSV table in the order of the codes, such as Mo,W.")
  private List<String> species;

  @Option(
      names = "--noise-eV",
      paramLabel = "E",
      description =
          "Standard deviation of the barriers; otherwise from those that the table has more than"
              + " once.")
  private Double noise;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the folds; default ${DEFAULT-VALUE}")
  private long seed;

  @Mixin private OverwriteOption overwrite;

  @Override
  public void run() {
    if (noise != null && !(noise >= 0 && noise < 1)) {
      throw usage("a noise of " + noise + " eV", "0 to 1 eV");
    }
    if (!out.toString().endsWith(ENDING)) {
      throw usage("the file " + out, "a name that ends in " + ENDING);
    }
    if (table.toString().endsWith(".csv") && species == null) {
      throw usage("a CSV table without names of its species", "--species NAMES, such as Mo,W");
    }
    BarrierTable read =
        NetworkTrainingConfig.read(
            table, Optional.ofNullable(species).orElse(List.of()), Optional.empty());
    LinearFitReport report = LinearFitReport.of(read, Optional.ofNullable(noise), seed);
    Provenance provenance = Provenance.here("", seed, 1).withInput(table);
    SingleFile.write(
        out,
        overwrite.given(),
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            report.file().write(writer, "");
            writer.attribute("/", "table_sha256", read.checksum());
            provenance.writeTo(writer);
          }
        });
    String name = out.toString();
    Path yaml = Path.of(name.substring(0, name.length() - ENDING.length()) + ".yaml");
    SingleFile.writeText(yaml, overwrite.given(), report.file().toYaml());
    spec.commandLine().getOut().print(report.text());
    spec.commandLine().getOut().printf("%s, %s%n", out, yaml);
    spec.commandLine().getOut().flush();
  }

  private static LatticeLiftException usage(String what, String allowed) {
    return new LatticeLiftException(
        ExitCode.USAGE, what, "latticelift barrier fit", allowed, "Correct the command");
  }
}
