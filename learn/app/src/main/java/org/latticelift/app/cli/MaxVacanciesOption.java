package org.latticelift.app.cli;

import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine.Option;

/** How many sites of a file may be empty before it is taken for another file than was meant. */
final class MaxVacanciesOption {
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
