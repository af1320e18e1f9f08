package org.latticelift.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The barrier models that are measured. */
final class BenchModels {
  private static final Path PUBLISHED = Path.of("shared", "data", "nnk-nbmota", "weights.h5");
  private static final double AUTHORS_EPSILON = 1e-5;

  private BenchModels() {}

  static BarrierModel shipped(String name) {
    BarrierWeights weights = BarrierWeights.read(BarrierModels.shipped(name));
    return new NetworkBarrier(name, weights, Crystal.bcc(), Optional.empty(), Optional.empty());
  }

  /** In the authors' order with their epsilon (AL-23, AL-31). */
  static BarrierModel published(Path weights) {
    return new NetworkBarrier(
        "published",
        BarrierWeights.read(weights),
        Crystal.bcc(),
        Optional.of(InputOrder.AUTHORS),
        Optional.of(AUTHORS_EPSILON));
  }

  /** The file that is named, else the one beside the installation or a folder above it. */
  static Optional<Path> publishedWeights(Optional<Path> named) {
    if (named.isPresent()) {
      return named;
    }
    Path home = Path.of(System.getProperty("latticelift.home", "")).toAbsolutePath();
    for (Path folder = home; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(PUBLISHED))) {
        return Optional.of(folder.resolve(PUBLISHED));
      }
    }
    return Optional.empty();
  }
}
