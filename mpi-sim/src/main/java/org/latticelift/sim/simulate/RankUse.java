package org.latticelift.sim.simulate;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.ResidentMemory;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;

/**
 * What distributed runs took of every rank: memory, wall time by phase, messages. It stands in
 * {@code /provenance/ranks} of {@code trajectory.h5}, as it differs between equal runs. After a
 * resume it holds what this job has done.
 */
public final class RankUse {
  private static final String GROUP = Provenance.GROUP + "/ranks";
  private static final String MEMORY = "peak_memory";
  private static final String[] NAMES = {
    MEMORY, "jumps", "evolve_wall", "exchange_wall", "wait_wall", "messages", "bytes"
  };
  private static final String[] UNITS = {"MiB", "1", "s", "s", "s", "1", "byte"};
  private static final String[] MEANINGS = {
    "largest resident memory of the rank's process (VmHWM); 0: unknown",
    "jumps in own blocks",
    "wall time in own blocks",
    "wall time in exchanges, waiting included",
    "of that, until the messages of all neighbours had come",
    "messages sent to other ranks",
    "bytes of changed sites sent"
  };

  private final double[][] columns;

  private RankUse(double[][] columns) {
    this.columns = columns;
  }

  /** Collective. */
  static Optional<RankUse> gather(Communicator ranks, List<PhaseCost> costs) {
    ByteBuffer mine = ByteBuffer.allocate(NAMES.length * Double.BYTES);
    mine.putDouble(ResidentMemory.peakMebibytes());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::events).sum());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::evolveSeconds).sum());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::exchangeSeconds).sum());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::waitSeconds).sum());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::messages).sum());
    mine.putDouble(costs.stream().mapToDouble(PhaseCost::bytes).sum());
    byte[][] all = ranks.gather(mine.array(), 0);
    if (ranks.rank() != 0) {
      return Optional.empty();
    }
    double[][] columns = new double[NAMES.length][ranks.size()];
    for (int rank = 0; rank < ranks.size(); rank++) {
      ByteBuffer bytes = ByteBuffer.wrap(all[rank]);
      for (double[] column : columns) {
        column[rank] = bytes.getDouble();
      }
    }
    return Optional.of(new RankUse(columns));
  }

  /** After the provenance. */
  void writeTo(Hdf5Writer writer) {
    writer.group(GROUP);
    for (int i = 0; i < NAMES.length; i++) {
      writer.dataset(
          GROUP + "/" + NAMES[i],
          columns[i],
          new long[] {columns[i].length},
          DatasetInfo.of(UNITS[i], MEANINGS[i], "rank"));
    }
  }

  /**
   * What a person wants to know ({@code trajectory}: {@code trajectory.h5}); a line if several
   * ranks held the lattice and the memory is known.
   */
  public static List<String> lines(Path trajectory) {
    try (Hdf5Reader file = Hdf5Reader.open(trajectory)) {
      if (!file.exists(GROUP)) {
        return List.of();
      }
      double[] memory = file.doubles(GROUP + "/" + MEMORY);
      double largest = Arrays.stream(memory).max().orElse(0);
      if (memory.length == 1 || largest == 0) {
        return List.of();
      }
      return List.of(
          String.format(
              Locale.ROOT,
              "%d ranks (%s): %.0f to %.0f MiB of memory in the process of a rank at its peak",
              memory.length,
              file.textAttribute(Provenance.GROUP, Provenance.TRANSPORT),
              Arrays.stream(memory).min().orElse(0),
              largest));
    }
  }
}
