package org.latticelift.app.cli;

import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.InputOrder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the numbers of a barrier network are to be read. */
final class NetworkOptions {
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
