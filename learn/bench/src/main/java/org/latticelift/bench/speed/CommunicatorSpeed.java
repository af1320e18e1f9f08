package org.latticelift.bench.speed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Extremum;
import org.latticelift.sim.parallel.communicator.NeighbourExchange;

/**
 * How fast ranks talk: medians over slices, so that a slice that another process has disturbed does
 * not count.
 *
 * @param transport name
 * @param ranks number
 * @param messageMicros half a round trip of 8 bytes between rank 0 and the last, us
 * @param gigabytesPerSecond the same with 1 MiB, GB/s
 * @param exchangeMicros one exchange with 26 neighbours of 64 bytes each, us
 * @param allReduceMicros the largest of one number of each rank, us
 */
public record CommunicatorSpeed(
    String transport,
    int ranks,
    double messageMicros,
    double gigabytesPerSecond,
    double exchangeMicros,
    double allReduceMicros) {
  private static final int SLICES = 11;

  /** Before anything counts: Java has then compiled the calls, those of foreign functions too. */
  private static final int WARM_UP = 30;

  private static final int LARGE = 1 << 20;
  private static final int DIRECTIONS = 26;
  private static final double MICROS = 1e-3;
  private static final int TAG = 1;

  /**
   * Measures; all ranks call it ({@code ranks}: at least one), on the first rank what it saw; on
   * others what they saw.
   */
  public static CommunicatorSpeed measure(Communicator ranks) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LARGE);
    double small = median(n -> pingPong(ranks, buffer, Long.BYTES, n), 500);
    double large = median(n -> pingPong(ranks, buffer, LARGE, n), 5);
    NeighbourExchange exchange = torus(ranks);
    double neighbours = median(n -> exchanges(exchange, n), 100);
    double reduce = median(n -> reductions(ranks, n), 500);
    return new CommunicatorSpeed(
        ranks.transport(),
        ranks.size(),
        small * MICROS,
        LARGE / large,
        neighbours * MICROS,
        reduce * MICROS);
  }

  /** Nanoseconds per repetition. */
  private static double median(IntToDoubleFunction nanos, int repetitions) {
    for (int slice = 0; slice < WARM_UP; slice++) {
      nanos.applyAsDouble(repetitions);
    }
    double[] slices =
        IntStream.range(0, SLICES)
            .mapToDouble(slice -> nanos.applyAsDouble(repetitions) / repetitions)
            .toArray();
    Arrays.sort(slices);
    return slices[SLICES / 2];
  }

  private static double pingPong(Communicator ranks, ByteBuffer buffer, int bytes, int times) {
    int last = ranks.size() - 1;
    ranks.barrier();
    long start = System.nanoTime();
    for (int i = 0; i < times && ranks.size() > 1; i++) {
      if (ranks.rank() == 0) {
        ranks.send(buffer, bytes, last, TAG).await();
        ranks.receive(buffer, bytes, last, TAG).await();
      } else if (ranks.rank() == last) {
        ranks.receive(buffer, bytes, 0, TAG).await();
        ranks.send(buffer, bytes, 0, TAG).await();
      }
    }
    return (System.nanoTime() - start) / 2.0;
  }

  /** Neighbours of a row of ranks that closes on itself. */
  private static NeighbourExchange torus(Communicator ranks) {
    int[] neighbours = new int[DIRECTIONS];
    int[] opposite = new int[DIRECTIONS];
    for (int d = 0; d < DIRECTIONS; d++) {
      int step = d % 2 == 0 ? 1 : -1;
      neighbours[d] = Math.floorMod(ranks.rank() + step, ranks.size());
      opposite[d] = d ^ 1;
    }
    return new NeighbourExchange(ranks, neighbours, opposite, TAG + 1, Long.BYTES * Long.BYTES);
  }

  private static double exchanges(NeighbourExchange exchange, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      for (int d = 0; d < DIRECTIONS; d++) {
        ByteBuffer out = exchange.outgoing(d, Long.BYTES * Long.BYTES);
        for (int word = 0; word < Long.BYTES; word++) {
          out.putLong(word);
        }
      }
      exchange.exchange();
    }
    return System.nanoTime() - start;
  }

  private static double reductions(Communicator ranks, int times) {
    double[] value = {ranks.rank()};
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      ranks.allReduce(value, Extremum.MAX);
    }
    return System.nanoTime() - start;
  }
}
