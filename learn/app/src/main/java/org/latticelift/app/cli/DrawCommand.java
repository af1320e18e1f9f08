package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.report.Export;
import org.latticelift.learn.report.StatePicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws a state. */
@Command(
    name = "draw",
    description =
        "Draws a state of an alloy or of spins, coloured by species or spin: a layer of sites, a"
            + " plane with corners and centres of the cells of a crystal, or a block seen from a"
            + " corner; as a picture whose ending is .png or .svg.")
final class DrawCommand extends StateFileCommand {
  @Option(
      names = "--view",
      paramLabel = "VIEW",
      defaultValue = "slice",
      description = "slice, plane or cube; default ${DEFAULT-VALUE}")
  private StatePicture.View view;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "z",
      description = "Normal of a slice or plane, x, y or z; default ${DEFAULT-VALUE}")
  private Axis axis;

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "Layer of sites along the axis, 0 the lowest; default: the middle one.")
  private Integer layer;

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Number of the state; negative counts from the end. Default: the last.")
  private long index;

  private enum Axis {
    X,
    Y,
    Z
  }

  @Override
  String ending() {
    return "png";
  }

  @Override
  List<Path> write(Path from, Path target, boolean replace) {
    StatePicture.write(
        from,
        new Export.StateChoice(crystal(), condition(), index),
        new StatePicture.Choice(view, axis.ordinal(), layer()),
        target,
        replace);
    return List.of(target);
  }

  private int layer() {
    if (layer != null && (layer < 0 || view != StatePicture.View.SLICE)) {
      throw new LatticeLiftException(
          ExitCode.USAGE,
          layer < 0 ? "there is no layer " + layer : "a layer of what is no slice",
          "--layer",
          "0 or more, of a slice",
          "Correct the option, or leave it out for the middle layer");
    }
    return layer == null ? StatePicture.MIDDLE : layer;
  }
}
