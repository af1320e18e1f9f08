package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.NeighbourExchange;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.HaloExchange;

/**
 * The halo exchange over a communicator: 8 bytes per changed site and as many for each other number
 * that goes with it, and one message per neighbouring rank, in however many directions it lies.
 */
final class NeighbourHalo implements HaloExchange {
  private static final int FIRST_TAG = 100;
  private static final int EAGER_BYTES = 4096;

  private final NeighbourExchange exchange;
  private final int[] neighbours;
  private final int[] slot = new int[HaloMessages.DIRECTIONS];
  private final int others;
  private long messages;
  private long bytes;
  private long waitNanos;

  NeighbourHalo(Communicator ranks, Domain domain) {
    neighbours = around(domain);
    int[] slotThere = new int[neighbours.length];
    for (int d = 0; d < slot.length; d++) {
      Domain there = towards(domain, d);
      slot[d] = Arrays.binarySearch(neighbours, there.rank());
      slotThere[slot[d]] = Arrays.binarySearch(around(there), domain.rank());
    }
    others = neighbours.length - 1;
    exchange = new NeighbourExchange(ranks, neighbours, slotThere, FIRST_TAG, EAGER_BYTES);
  }

  /** The ranks around a rank and itself, each once, in ascending order. */
  private static int[] around(Domain domain) {
    return IntStream.range(0, HaloMessages.DIRECTIONS)
        .map(d -> towards(domain, d).rank())
        .sorted()
        .distinct()
        .toArray();
  }

  private static Domain towards(Domain domain, int d) {
    return domain.next(HaloMessages.step(d, 0), HaloMessages.step(d, 1), HaloMessages.step(d, 2));
  }

  @Override
  public long messages() {
    return messages;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long waitNanos() {
    return waitNanos;
  }

  @Override
  public boolean arrived() {
    return exchange.arrived();
  }

  @Override
  public void begin(HaloMessages messages) {
    for (int d = 0; d < slot.length; d++) {
      int n = messages.length(d);
      bytes += (long) n * Long.BYTES;
      ByteBuffer out = exchange.outgoing(slot[d], n * Long.BYTES);
      for (int i = 0; i < n; i++) {
        out.putLong(messages.entry(d, i));
      }
    }
    this.messages += others;
    exchange.begin();
  }

  @Override
  public void end(Receiver receiver) {
    long begin = System.nanoTime();
    exchange.end();
    waitNanos += System.nanoTime() - begin;
    for (int i = 0; i < neighbours.length; i++) {
      ByteBuffer in = exchange.incoming(i);
      while (in.hasRemaining()) {
        long entry = in.getLong();
        receiver.changed(HaloMessages.site(entry), HaloMessages.code(entry), in::getLong);
      }
    }
  }
}
