package org.latticelift.sim.simulate;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.ResidentMemory;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;

/**
 * What distributed runs took of every rank: memory, wall time by phase, messages. It stands in
 * {@code /provenance/ranks} of {@code trajectory.h5}, as it differs between equal runs. After a
 * resume it holds what this job has done.
 */
public record RankUse(List<Rank> ranks) {
  private static final String GROUP = Provenance.GROUP + "/ranks";
  private static final RecordLayout<Rank> LAYOUT = RecordLayout.of(Rank.class);

  record Rank(
      @Stored(
              value = "largest resident memory of the rank's process (VmHWM); 0: unknown",
              units = "MiB")
          double peakMemory,
      @Stored("jumps in own blocks") double jumps,
      @Stored(value = "wall time in own blocks", units = "s") double evolveWall,
      @Stored(value = "wall time in exchanges, waiting included", units = "s") double exchangeWall,
      @Stored(value = "of that, until the messages of all neighbours had come", units = "s")
          double waitWall,
      @Stored("messages sent to other ranks") double messages,
      @Stored(value = "bytes of changed sites sent", units = "byte") double bytes) {
    static Rank of(ByteBuffer all) {
      DoubleBuffer next = all.asDoubleBuffer();
      return new Rank(
          next.get(), next.get(), next.get(), next.get(), next.get(), next.get(), next.get());
    }
  }

  static Optional<RankUse> gather(Communicator ranks, List<PhaseCost> costs) {
    double[] mine = {
      ResidentMemory.peakMebibytes(),
      costs.stream().mapToDouble(PhaseCost::events).sum(),
      costs.stream().mapToDouble(PhaseCost::evolveSeconds).sum(),
      costs.stream().mapToDouble(PhaseCost::exchangeSeconds).sum(),
      costs.stream().mapToDouble(PhaseCost::waitSeconds).sum(),
      costs.stream().mapToDouble(PhaseCost::messages).sum(),
      costs.stream().mapToDouble(PhaseCost::bytes).sum()
    };
    ByteBuffer bytes = ByteBuffer.allocate(mine.length * Double.BYTES);
    bytes.asDoubleBuffer().put(mine);
    byte[][] all = ranks.gather(bytes.array(), 0);
    if (ranks.rank() != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RankUse(Arrays.stream(all).map(ByteBuffer::wrap).map(Rank::of).toList()));
  }

  void writeTo(Hdf5Writer writer) {
    writer.group(GROUP);
    LAYOUT.writeColumns(writer, GROUP, ranks, "rank", Map.of());
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
      double[] memory = file.doubles(GROUP + "/peak_memory");
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
