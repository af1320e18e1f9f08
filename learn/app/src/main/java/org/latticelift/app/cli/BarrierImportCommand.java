package org.latticelift.app.cli;

import java.nio.file.Path;
import org.latticelift.sim.vacancy.barrier.BarrierImport;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns the published NumPy weights into HDF5. */
@Command(
    name = "import",
    description =
        "Turns the published NumPy weights into HDF5, without running anything in the file.")
final class BarrierImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WEIGHTS.npy", description = "The published file.")
  private Path weights;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "HDF5 to make.")
  private Path out;

  @Mixin private NetworkOptions network;

  @Mixin private OverwriteOption overwrite;

  @Override
  public void run() {
    BarrierWeights read =
        new BarrierImport(weights, out, network.order(), network.epsilon(), overwrite.given())
            .run();
    spec.commandLine()
        .getOut()
        .printf(
            "%s: network %s, epsilon %s%n",
            out, read.shapeText(), read.batchNormEpsilon().orElseThrow());
  }
}
