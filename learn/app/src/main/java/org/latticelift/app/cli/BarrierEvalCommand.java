package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation.LoopMismatch;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputOrder;
import org.latticelift.sim.vacancy.crystal.Crystal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates the barriers of listed vacancies in BCC grids. */
@Command(
    name = "eval",
    description = "Evaluates the barriers of listed vacancies in small BCC configurations.")
final class BarrierEvalCommand implements Runnable {
  /** What a mismatch is compared with. */
  private static final double KELVIN = 600;

  @Spec private CommandSpec spec;

  @Option(names = "--weights", required = true, paramLabel = "W.h5", description = "The network.")
  private Path weights;

  @Option(
      names = "--grids",
      required = true,
      paramLabel = "G.h5",
      description = "HDF5 with grid int8 [G,D,D,D] and vac_pos int32 [G,V,3].")
  private Path grids;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "B.h5",
      description = "HDF5 to make, with barrier float64 [G,V,8] in eV.")
  private Path out;

  @Mixin private NetworkOptions network;

  @Mixin private OverwriteOption overwrite;

  @Override
  public void run() {
    NetworkBarrier model =
        new NetworkBarrier(
            String.valueOf(weights.getFileName()),
            BarrierWeights.read(weights),
            Crystal.bcc(),
            network.order(),
            network.epsilon());
    long vacancies = BarrierEvaluation.of(model).run(grids, out, overwrite.given());
    spec.commandLine()
        .getOut()
        .printf(
            "%s: barriers of %d vacancies, kernel %s%ndetailed balance: %s%n",
            out, vacancies, model.kernelName(), LoopMismatch.of(model).at(KELVIN));
  }

  /** How the numbers of a barrier network are to be read. */
  static final class NetworkOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
        names = "--order",
        paramLabel = "authors|nnk",
        description = "Input order; must not contradict the weights.")
    private InputOrder order;

    private Double epsilon;

    @Option(
        names = "--bn-epsilon",
        paramLabel = "X",
        description = "Epsilon of the batch normalisation; wins over the weights.")
    private void epsilon(double value) {
      if (!(value >= 0 && value < 1)) {
        throw new ParameterException(
            command.commandLine(),
            "Invalid value for option '--bn-epsilon': " + value + " is not in 0 to 1");
      }
      epsilon = value;
    }

    Optional<InputOrder> order() {
      return Optional.ofNullable(order);
    }

    Optional<Double> epsilon() {
      return Optional.ofNullable(epsilon);
    }
  }
}
