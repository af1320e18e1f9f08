package org.latticelift.sublattice;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.latticelift.communicator.Communicator;
import org.latticelift.communicator.NeighbourExchange;

/** The halo exchange over a communicator: one message per direction, 8 bytes per changed site. */
final class NeighbourHalo implements HaloExchange {
  private static final int FIRST_TAG = 100;
  private static final int EAGER_BYTES = 4096;

  private final NeighbourExchange exchange;
  private final int others;
  private long messages;
  private long bytes;

  NeighbourHalo(Communicator ranks, Domain domain) {
    int[] neighbours =
        IntStream.range(0, HaloMessages.DIRECTIONS)
            .map(
                d ->
                    domain.neighbour(
                        HaloMessages.step(d, 0), HaloMessages.step(d, 1), HaloMessages.step(d, 2)))
            .toArray();
    int[] opposite =
        IntStream.range(0, HaloMessages.DIRECTIONS).map(HaloMessages::opposite).toArray();
    others = (int) IntStream.of(neighbours).filter(rank -> rank != ranks.rank()).count();
    exchange = new NeighbourExchange(ranks, neighbours, opposite, FIRST_TAG, EAGER_BYTES);
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
  public void exchange(HaloMessages messages, Receiver receiver) {
    for (int d = 0; d < HaloMessages.DIRECTIONS; d++) {
      int n = messages.length(d);
      bytes += (long) n * Long.BYTES;
      ByteBuffer out = exchange.outgoing(d, n * Long.BYTES);
      for (int i = 0; i < n; i++) {
        out.putLong(messages.entry(d, i));
      }
    }
    this.messages += others;
    exchange.exchange();
    for (int d = 0; d < HaloMessages.DIRECTIONS; d++) {
      ByteBuffer in = exchange.incoming(d);
      while (in.hasRemaining()) {
        long entry = in.getLong();
        receiver.changed(HaloMessages.site(entry), HaloMessages.code(entry));
      }
    }
  }
}
