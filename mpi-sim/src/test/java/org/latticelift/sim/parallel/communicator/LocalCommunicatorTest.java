package org.latticelift.sim.parallel.communicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.parallel.communicator.LocalRanks.Mailbox;

/** Threads as ranks. */
class LocalCommunicatorTest extends CommunicatorContract {
  @Override
  protected void run(int ranks, String check) throws Exception {
    List<Callable<Void>> bodies = new ArrayList<>();
    for (Communicator communicator : LocalRanks.open(ranks)) {
      bodies.add(
          () -> {
            try {
              Check.valueOf(check).run(communicator);
              return null;
            } catch (Throwable e) {
              communicator.abort(1);
              throw e;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    try {
      for (Future<Void> done : threads.invokeAll(bodies)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** It comes while the receiver looks whether the others are still there. */
  @Test
  void aMessageThatIsTooLongIsAnErrorWheneverItComes() {
    Mailbox box = new Mailbox();
    Mailbox.Receipt receipt =
        new Mailbox.Receipt(
            ByteBuffer.allocateDirect(8),
            8,
            0,
            1,
            () -> box.put(ByteBuffer.allocateDirect(16), 16, 0, 1));
    box.expect(receipt);
    assertThatThrownBy(receipt::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("16 bytes");
  }

  @Test
  void anAbortReachesRanksThatWait() throws Exception {
    Communicator[] ranks = LocalRanks.open(3);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> atBarrier = threads.submit(ranks[1]::barrier);
      ByteBuffer buffer = ByteBuffer.allocateDirect(8);
      Future<?> atMessage = threads.submit(() -> ranks[2].receive(buffer, 8, 0, 1).await());
      ranks[0].abort(76);
      for (Future<?> waiting : List.of(atBarrier, atMessage)) {
        assertThatThrownBy(waiting::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                JobAborted.class, aborted -> assertThat(aborted.code()).isEqualTo(76));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anImpossibleNumberOfRanksIsRefused() {
    for (int ranks : new int[] {0, LocalRanks.MOST + 1}) {
      assertThatThrownBy(() -> LocalRanks.open(ranks)).hasMessageContaining("" + ranks);
    }
  }
}
