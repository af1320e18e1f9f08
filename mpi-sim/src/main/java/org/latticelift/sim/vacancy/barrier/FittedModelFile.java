package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;

/**
 * Files of fitted barrier models, whichever form they have: a linear model, a network, or a network
 * that corrects the linear model in the group {@code linear} beside it.
 */
public final class FittedModelFile {
  /** Half of the interval of the error; networks that were fitted to a model have none. */
  private static final String HALF_WIDTH = "rmse_half_width_eV";

  /** The group of the linear model that a network corrects. */
  public static final String LINEAR = "/linear";

  private FittedModelFile() {}

  /** Whether a file is that of a linear model alone. */
  public static boolean isLinear(Path file) {
    if (!hdf5(file)) {
      return true;
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return LinearModelFile.isIn(reader, "");
    }
  }

  private static boolean hdf5(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return !name.endsWith(".yaml") && !name.endsWith(".yml");
  }

  /** The error that a file states of its model, of the table it was fitted to. */
  public static Optional<TableError> error(Path file) {
    if (!hdf5(file)) {
      return LinearModelFile.read(file).error();
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return TableError.read(reader).or(() -> heldOut(reader));
    }
  }

  /** What a training with given settings states, whose weights were chosen by the same barriers. */
  private static Optional<TableError> heldOut(Hdf5Reader reader) {
    String group = "/fit/hold_out";
    if (!reader.exists(group) || reader.findAttribute(group, HALF_WIDTH).isEmpty()) {
      return Optional.empty();
    }
    double rmse = reader.doubleAttribute(group, "rmse_eV");
    double half = reader.doubleAttribute(group, HALF_WIDTH);
    return Optional.of(
        new TableError(
            reader.textAttribute("/fit", "teacher"),
            reader.longAttribute(group, "barriers"),
            rmse,
            rmse - half,
            rmse + half,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** A network for a crystal, with the linear model that it corrects where it has one. */
  static BarrierModel network(
      String name,
      Path file,
      Crystal crystal,
      Optional<List<String>> species,
      Optional<InputOrder> order,
      Optional<Double> epsilon) {
    BarrierWeights weights = BarrierWeights.read(file);
    SpeciesOrder codes =
        species
            .map(names -> SpeciesOrder.of(names, weights.speciesNames(), weights.source()))
            .orElseGet(() -> SpeciesOrder.stored(weights.species()));
    NetworkBarrier network =
        new NetworkBarrier(
            name, weights, codes, crystal, order, epsilon, KernelFactories.fastest());
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      if (LinearModelFile.isIn(reader, LINEAR)) {
        LinearModelFile linear = LinearModelFile.read(reader, LINEAR);
        Optional<List<String>> all = species.map(names -> codes.names());
        return new CorrectedBarrier(linear.model("linear", crystal, all, file.toString()), network);
      }
    }
    return network;
  }

  /**
   * The model of a file for the crystal that it is of, its species in the order of the file.
   *
   * @param order the input order asked for, of networks alone
   * @param epsilon the epsilon of the batch normalisation asked for, of networks alone
   */
  public static BarrierModel read(Path file, Optional<InputOrder> order, Optional<Double> epsilon) {
    String name = String.valueOf(file.getFileName());
    if (isLinear(file)) {
      if (order.isPresent() || epsilon.isPresent()) {
        throw LatticeLiftException.badData(
            "an input order or epsilon of a linear model",
            file.toString(),
            "--order and --bn-epsilon with networks",
            "Leave them out");
      }
      LinearModelFile linear = LinearModelFile.read(file);
      return linear.model(name, linear.crystal().crystal(), Optional.empty(), file.toString());
    }
    int sites = BarrierWeights.read(file).sites();
    Crystal crystal =
        Arrays.stream(KnownCrystal.values())
            .map(KnownCrystal::crystal)
            .filter(known -> known.environmentSize() == sites)
            .findFirst()
            .orElse(Crystal.bcc());
    return network(name, file, crystal, Optional.empty(), order, epsilon);
  }
}
