package org.latticelift.app.cli;

import picocli.CommandLine.Option;

/** Which crystal the sites of a file with lengths are of, and how large its cells are. */
final class CellOptions extends CrystalOptions {
  @Option(
      names = "--lattice-constant",
      paramLabel = "A",
      description = "Length of a cell in Å, to find the number of cells; default the crystal's own")
  private Double latticeConstant;

  double latticeConstant() {
    return latticeConstant == null ? crystal().spec().cell().get(0).get(0) : latticeConstant;
  }
}
