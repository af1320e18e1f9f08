package org.latticelift.app.cli;

import org.latticelift.sim.vacancy.crystal.Crystal;
import picocli.CommandLine.Option;

/** Which crystal the sites of a file are of. */
class CrystalOptions {
  @Option(
      names = "--crystal",
      paramLabel = "NAME",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: bcc.")
  private CrystalName name = CrystalName.BCC;

  final Crystal crystal() {
    return name.crystal();
  }
}
