package org.latticelift.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.LinearModelFile;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;
import picocli.CommandLine.Option;

/** The barrier models that are measured, and the option that brings the published one. */
public final class BenchModels {
  public static final String PUBLISHED = "published";
  private static final double AUTHORS_EPSILON = 1e-5;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights of the published network, as python3 -m latticelift.barriers writes them; without"
              + " this option it is not measured")
  private Path weights;

  public static BarrierModel shipped(String name) {
    BarrierWeights shipped = BarrierWeights.read(BarrierModels.shipped(name));
    return new NetworkBarrier(name, shipped, Crystal.bcc(), Optional.empty(), Optional.empty());
  }

  /** The names that a user has given, else the usual ones without what needs missing weights. */
  public List<String> names(List<String> given, List<String> usual, String needsWeights) {
    return given != null
        ? given
        : usual.stream().filter(name -> weights != null || !name.equals(needsWeights)).toList();
  }

  /** A model by name. */
  public BarrierModel model(String name) {
    return switch (name) {
      case "compact", "small" -> shipped(name);
      case "pairwise" ->
          BarrierModels.fromConfig(ConfigNode.parse("model: pairwise", name), Crystal.bcc());
      case PUBLISHED -> published();
      default -> linear(name);
    };
  }

  /** A file of a linear model, such as linear.h5. */
  private static BarrierModel linear(String name) {
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw usage(
          "no such model '" + name + "'",
          "published, compact, small, pairwise, or the file of a linear model",
          "Correct it");
    }
    return LinearModelFile.read(file).model("linear", Crystal.bcc(), Optional.empty(), name);
  }

  /** In the authors' order with their epsilon (AL-23, AL-31). */
  private BarrierModel published() {
    return new NetworkBarrier(
        PUBLISHED,
        BarrierWeights.read(weights()),
        Crystal.bcc(),
        Optional.of(InputOrder.AUTHORS),
        Optional.of(AUTHORS_EPSILON));
  }

  /** The file; an error if it was not named. */
  public Path weights() {
    if (weights == null) {
      throw usage(
          "the published network is no part of this program, and its weights are not named",
          "--weights FILE, which python3 -m latticelift.barriers writes",
          "Add the option, or measure other models");
    }
    return weights;
  }

  private static LatticeLiftException usage(String what, String allowed, String remedy) {
    return new LatticeLiftException(ExitCode.USAGE, what, "latticelift bench", allowed, remedy);
  }
}
