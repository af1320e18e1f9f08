package org.latticelift.sim.vacancy.sublattice;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.LongSupplier;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.HaloExchange;

/** Threads as ranks that read each other's messages. */
final class ThreadHalo {
  private final Domain[] domains;
  private final HaloMessages[] messages;
  private final CyclicBarrier barrier;

  ThreadHalo(Domain... domains) {
    this.domains = domains;
    messages = new HaloMessages[domains.length];
    barrier = new CyclicBarrier(domains.length);
  }

  HaloExchange of(int rank) {
    return new HaloExchange() {
      private int asked;

      @Override
      public void begin(HaloMessages mine) {
        messages[rank] = mine;
      }

      /** Sooner or later; in the end nothing may depend on when. */
      @Override
      public boolean arrived() {
        asked++;
        return (asked * 5 + rank) % 7 < 2;
      }

      @Override
      public void end(Receiver receiver) {
        await();
        receive(rank, receiver);
        await();
      }
    };
  }

  private void receive(int rank, HaloExchange.Receiver receiver) {
    for (int d = 0; d < HaloMessages.DIRECTIONS; d++) {
      if (d != HaloMessages.HERE) {
        HaloMessages theirs = messages[neighbour(rank, d)];
        int back = HaloMessages.DIRECTIONS - 1 - d;
        int[] at = {0};
        LongSupplier next = () -> theirs.entry(back, at[0]++);
        while (at[0] < theirs.length(back)) {
          long entry = next.getAsLong();
          receiver.changed(HaloMessages.site(entry), HaloMessages.code(entry), next);
        }
      }
    }
  }

  private int neighbour(int rank, int d) {
    return domains[rank].neighbour(
        HaloMessages.step(d, 0), HaloMessages.step(d, 1), HaloMessages.step(d, 2));
  }

  private void await() {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
