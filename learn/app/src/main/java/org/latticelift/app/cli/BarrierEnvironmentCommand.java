package org.latticelift.app.cli;

import org.latticelift.sim.vacancy.crystal.EnvironmentTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the order of sites and hops of barrier tables. */
@Command(
    name = "environment",
    description = {
      "Prints where the sites of an environment are and where the hops of a vacancy lead,",
      "in the order of barrier tables (barrier sample, barrier train)."
    })
final class BarrierEnvironmentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private CrystalOptions crystal;

  @Option(names = "--csv", description = "A row per site, as comma-separated values.")
  private boolean csv;

  @Override
  public void run() {
    EnvironmentTable table = new EnvironmentTable(crystal.crystal(), 0); // all sites see the same
    spec.commandLine().getOut().print(csv ? table.toCsv() : table.toText());
    spec.commandLine().getOut().flush();
  }
}
