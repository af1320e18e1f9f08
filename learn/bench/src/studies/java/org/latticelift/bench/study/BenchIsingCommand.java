package org.latticelift.bench.study;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.speed.IsingBenchmark;
import org.latticelift.bench.study.speed.IsingBenchmark.IsingSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of the Ising model. */
@Command(
    name = "ising",
    description =
        "Flips per core-second of rejection-free Glauber dynamics, with both ways to draw the next"
            + " site. About half a minute.")
public final class BenchIsingCommand extends BenchmarkCommand {
  private static final int LARGEST = 8192;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIDE",
      defaultValue = "64,128,256,512,1024",
      description = "Sites per row; default ${DEFAULT-VALUE}")
  private List<Integer> sizes;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "2.5",
      description = "Temperature in units of J; default ${DEFAULT-VALUE}")
  private double temperature;

  @Option(
      names = "--field",
      paramLabel = "H",
      defaultValue = "0.1",
      description = "Field in units of J; default ${DEFAULT-VALUE}")
  private double field;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "Processor time per case; default ${DEFAULT-VALUE}")
  private double seconds;

  /** Everything that was measured, as it is written. */
  private record Result(String java, double temperature, double field, List<IsingSpeed> speed) {}

  @Override
  protected Object measure() {
    for (int side : sizes) {
      require(side >= 3 && side <= LARGEST, "side " + side, "3 to " + LARGEST);
    }
    require(temperature >= 0.5 && temperature <= 100, "temperature " + temperature, "0.5 to 100");
    require(Math.abs(field) <= 10, "field " + field, "-10 to 10");
    requireSeconds(seconds);
    Result result = new Result(Runtime.version().toString(), temperature, field, new ArrayList<>());
    print("Java %s, one thread, T = %s, h = %s", result.java(), temperature, field);
    print("%s", IsingSpeed.HEADER);
    for (int side : sizes) {
      for (IsingSpeed speed : IsingBenchmark.measure(side, temperature, field, seconds)) {
        result.speed().add(speed);
        print("%s", speed.line());
      }
    }
    print("* chosen at this temperature");
    return result;
  }
}
