package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.app.pipeline.DiffusionResults;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.schedule.Vacancies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Coefficients of diffusion of runs of an alloy. */
@Command(
    name = "diffusion",
    description = {
      "Diffusion coefficients, correlation factors and Onsager coefficients L_ij with errors, from runs"
          + " of 'kmc' or 'direct' whose configuration has the section transport.",
      "Prints tables; writes them and figures into RUN/diffusion, with values against the window."
    })
final class DiffusionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run directory.")
  private Path run;

  @Option(
      names = "--vacancies",
      paramLabel = "YAML",
      description =
          "The vacancies of the crystal, as section vacancies of 'predict', such as {formation_eV: 2.8,"
              + " entropy_kB: 1.5}: values at their concentration beside those of the simulation. Default:"
              + " that section of the run's configuration.")
  private String vacancies;

  @Option(
      names = "--from-start",
      description =
          "Also use the records before equilibrium, for the order with which the runs start.")
  private boolean all;

  @Option(
      names = "--interdiffusion",
      description = {
        "Also interdiffusion coefficients and thermodynamic factors, by sampling the pair energies of"
            + " the barriers, or an effective Hamiltonian of the states of the runs, which is fitted to"
            + " them; half a minute for each condition."
      })
  private boolean interdiffusion;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for tables and figures; default: diffusion in the run directory.")
  private Path out;

  @Mixin private OverwriteOption overwrite;

  @Override
  public Integer call() {
    Optional<Vacancies> crystal =
        Optional.ofNullable(vacancies)
            .map(yaml -> Binder.bind(ConfigNode.parse(yaml, "--vacancies"), Vacancies.class));
    Path folder = out == null ? run.resolve("diffusion") : out;
    SingleFile.requireFree(folder.resolve(DiffusionResults.TABLE), overwrite.given());
    DiffusionResults results = new DiffusionResults(run, all, crystal, interdiffusion);
    results.lines().forEach(this::print);
    results.write(folder, overwrite.given()).forEach(file -> print(file.toString()));
    return ExitCode.DONE.code();
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
