package org.latticelift.sim.parallel.communicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What every transport promises; all ranks run a check together. */
enum Check {
  RANKS_ARE_NUMBERED(Check::ranksAreNumbered),
  MESSAGES_OF_ANY_LENGTH_ARRIVE_WHOLE(Check::messagesArriveWhole),
  MESSAGES_WITH_ONE_TAG_KEEP_THEIR_ORDER(Check::orderIsKept),
  A_TAG_SELECTS_A_MESSAGE(Check::tagsSelect),
  A_RECEIVER_OF_ANY_SOURCE_LEARNS_SENDER_AND_LENGTH(Check::anySource),
  A_TEST_NEVER_WAITS(Check::testNeverWaits),
  POSITION_AND_LIMIT_OF_A_BUFFER_DO_NOT_MATTER(Check::positionsDoNotMatter),
  INTEGERS_ARE_REDUCED(Check::integersAreReduced),
  EXTREMA_OF_NUMBERS_ARE_FOUND(Check::extremaAreFound),
  A_BROADCAST_REACHES_ALL(Check::broadcastReachesAll),
  A_GATHER_BRINGS_ARRAYS_OF_ANY_LENGTH(Check::gatherBringsAll),
  NO_RANK_LEAVES_A_BARRIER_BEFORE_THE_LAST_HAS_COME(Check::barrierHolds),
  NEIGHBOURS_EXCHANGE_BY_DIRECTION(Check::neighboursExchange),
  HEAP_BUFFERS_ARE_REFUSED(Check::heapBuffersAreRefused),
  A_MESSAGE_THAT_IS_TOO_LONG_IS_AN_ERROR(Check::tooLongIsAnError);

  private static final int TAG = 7;

  private final Consumer<Communicator> body;

  Check(Consumer<Communicator> body) {
    this.body = body;
  }

  /** Runs it on one rank; throws if the promise is broken. */
  void run(Communicator ranks) {
    body.accept(ranks);
  }

  private static void ranksAreNumbered(Communicator ranks) {
    assertThat(ranks.rank()).isBetween(0, ranks.size() - 1);
    long[] mask = {1L << ranks.rank()};
    ranks.allReduce(mask, Reduction.SUM);
    assertThat(mask[0]).isEqualTo((1L << ranks.size()) - 1);
  }

  private static byte content(int rank, int index) {
    return (byte) (31 * rank + index);
  }

  private static ByteBuffer message(int rank, int length) {
    ByteBuffer data = ByteBuffer.allocateDirect(length + 1);
    for (int i = 0; i < length; i++) {
      data.put(i, content(rank, i));
    }
    return data;
  }

  private static void messagesArriveWhole(Communicator ranks) {
    for (int length : new int[] {0, 1, 1000, 20_000, 300_000}) {
      List<Request> requests = new ArrayList<>();
      List<ByteBuffer> received = new ArrayList<>();
      ByteBuffer mine = message(ranks.rank(), length);
      for (int r = 0; r < ranks.size(); r++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + 1);
        received.add(buffer);
        requests.add(ranks.receive(buffer, length + 1, r, TAG));
      }
      for (int r = 0; r < ranks.size(); r++) {
        requests.add(ranks.send(mine, length, r, TAG));
      }
      requests.forEach(Request::await);
      for (int r = 0; r < ranks.size(); r++) {
        assertThat(requests.get(r).peer()).isEqualTo(r);
        assertThat(received.get(r).slice(0, length)).isEqualTo(message(r, length).slice(0, length));
      }
    }
  }

  private static void orderIsKept(Communicator ranks) {
    int next = (ranks.rank() + 1) % ranks.size();
    int previous = (ranks.rank() + ranks.size() - 1) % ranks.size();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      requests.add(ranks.send(ByteBuffer.allocateDirect(4).putInt(0, i), 4, next, TAG));
    }
    for (int i = 0; i < 200; i++) {
      ByteBuffer received = ByteBuffer.allocateDirect(4);
      ranks.receive(received, 4, previous, TAG).await();
      assertThat(received.getInt(0)).isEqualTo(i);
    }
    requests.forEach(Request::await);
  }

  private static void tagsSelect(Communicator ranks) {
    int next = (ranks.rank() + 1) % ranks.size();
    int previous = (ranks.rank() + ranks.size() - 1) % ranks.size();
    List<Request> requests = new ArrayList<>();
    for (int tag = 0; tag < 30; tag++) {
      requests.add(ranks.send(ByteBuffer.allocateDirect(4).putInt(0, tag), 4, next, tag));
    }
    for (int tag = 29; tag >= 0; tag--) {
      ByteBuffer received = ByteBuffer.allocateDirect(4);
      ranks.receive(received, 4, previous, tag).await();
      assertThat(received.getInt(0)).isEqualTo(tag);
    }
    requests.forEach(Request::await);
  }

  private static void anySource(Communicator ranks) {
    int length = 10 + ranks.rank();
    Request sent = ranks.send(message(ranks.rank(), length), length, 0, TAG);
    if (ranks.rank() == 0) {
      List<Integer> senders = new ArrayList<>();
      for (int i = 0; i < ranks.size(); i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        Request received = ranks.receive(buffer, 100, Communicator.ANY, TAG);
        received.await();
        senders.add(received.peer());
        int last = 9 + received.peer();
        assertThat(buffer.get(last)).isEqualTo(content(received.peer(), last));
      }
      assertThat(senders).doesNotHaveDuplicates();
    }
    sent.await();
    ranks.barrier();
  }

  private static void testNeverWaits(Communicator ranks) {
    int previous = (ranks.rank() + ranks.size() - 1) % ranks.size();
    Request received = ranks.receive(ByteBuffer.allocateDirect(8), 8, previous, TAG);
    for (int i = 0; i < 100; i++) {
      assertThat(received.test()).isFalse();
    }
    ranks.barrier();
    int next = (ranks.rank() + 1) % ranks.size();
    Request sent = ranks.send(ByteBuffer.allocateDirect(8), 8, next, TAG);
    while (!received.test() || !sent.test()) {
      Thread.onSpinWait();
    }
    assertThat(received.test()).isTrue();
  }

  private static void positionsDoNotMatter(Communicator ranks) {
    ByteBuffer out = message(ranks.rank(), 40).position(3).limit(5);
    ByteBuffer in = ByteBuffer.allocateDirect(50).position(49);
    Request received = ranks.receive(in, 50, ranks.rank(), TAG);
    ranks.send(out, 40, ranks.rank(), TAG).await();
    received.await();
    assertThat(in.clear().slice(0, 40)).isEqualTo(message(ranks.rank(), 40).slice(0, 40));
    assertThat(out.position()).isEqualTo(3);
  }

  private static void integersAreReduced(Communicator ranks) {
    int n = ranks.size();
    long big = 1L << 60;
    long[] values = {ranks.rank(), big + ranks.rank(), -ranks.rank()};
    long[] sum = values.clone();
    ranks.allReduce(sum, Reduction.SUM);
    long total = n * (n - 1L) / 2;
    assertThat(sum).containsExactly(total, n * big + total, -total);
    long[] least = values.clone();
    ranks.allReduce(least, Reduction.MIN);
    assertThat(least).containsExactly(0, big, 1 - n);
    ranks.allReduce(values, Reduction.MAX);
    assertThat(values).containsExactly(n - 1, big + n - 1, 0);
  }

  private static void extremaAreFound(Communicator ranks) {
    double[] values = {0.1 * ranks.rank(), Double.POSITIVE_INFINITY, -1e300 * ranks.rank()};
    double[] least = values.clone();
    ranks.allReduce(least, Extremum.MIN);
    double last = ranks.size() - 1;
    assertThat(least).containsExactly(0, Double.POSITIVE_INFINITY, 0 - 1e300 * last);
    ranks.allReduce(values, Extremum.MAX);
    assertThat(values).containsExactly(0.1 * last, Double.POSITIVE_INFINITY, 0.0);
  }

  private static byte[] bytes(int rank, int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = content(rank, i);
    }
    return data;
  }

  private static void broadcastReachesAll(Communicator ranks) {
    for (int root = 0; root < ranks.size(); root++) {
      for (int length : new int[] {0, 5, 200_000}) {
        byte[] mine = ranks.rank() == root ? bytes(root, length) : null;
        assertThat(ranks.broadcast(mine, root)).isEqualTo(bytes(root, length));
      }
    }
  }

  private static void gatherBringsAll(Communicator ranks) {
    for (int root = 0; root < ranks.size(); root++) {
      byte[][] all = ranks.gather(bytes(ranks.rank(), 1000 * ranks.rank()), root);
      if (ranks.rank() == root) {
        assertThat(all).hasNumberOfRows(ranks.size());
        for (int r = 0; r < ranks.size(); r++) {
          assertThat(all[r]).isEqualTo(bytes(r, 1000 * r));
        }
      } else {
        assertThat(all).isEmpty();
      }
    }
  }

  /** The clock of {@code nanoTime} is common to all processes of a Linux machine. */
  private static void barrierHolds(Communicator ranks) {
    for (int late = 0; late < ranks.size(); late++) {
      if (ranks.rank() == late) {
        pause();
      }
      double came = System.nanoTime();
      ranks.barrier();
      double[] left = {System.nanoTime()};
      double[] last = {came};
      ranks.allReduce(last, Extremum.MAX);
      ranks.allReduce(left, Extremum.MIN);
      assertThat(left[0]).isGreaterThanOrEqualTo(last[0]);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ranks in a row that closes on itself in three dimensions, so that neighbours coincide. */
  private static void neighboursExchange(Communicator ranks) {
    int[] shape = {ranks.size() >= 2 ? 2 : 1, ranks.size() >= 4 ? 2 : 1, ranks.size() / 4};
    shape[2] = Math.max(1, shape[2]);
    assertThat(shape[0] * shape[1] * shape[2]).isEqualTo(ranks.size());
    int[] neighbours = new int[26];
    int[] opposite = new int[26];
    for (int d = 0; d < 26; d++) {
      neighbours[d] = neighbour(shape, ranks.rank(), d);
      opposite[d] = 25 - d;
    }
    NeighbourExchange exchange = new NeighbourExchange(ranks, neighbours, opposite, 100, 64);
    for (int round = 0; round < 20; round++) {
      for (int d = 0; d < 26; d++) {
        append(exchange, d, ranks.rank(), round);
      }
      exchange.exchange();
      for (int d = 0; d < 26; d++) {
        requireContent(exchange.incoming(d), neighbours[d], opposite[d], round);
      }
    }
  }

  private static int neighbour(int[] shape, int rank, int direction) {
    int step = direction < 13 ? direction : direction + 1;
    int[] shift = {step / 9 - 1, step / 3 % 3 - 1, step % 3 - 1};
    int[] at = {rank % shape[0], rank / shape[0] % shape[1], rank / shape[0] / shape[1]};
    int[] to = new int[3];
    Arrays.setAll(to, i -> Math.floorMod(at[i] + shift[i], shape[i]));
    return to[0] + shape[0] * (to[1] + shape[1] * to[2]);
  }

  /** From nothing to a hundred times the eager size. */
  private static int integers(int rank, int direction, int round) {
    int seed = 7 * rank + 3 * direction + 11 * round;
    return seed % 13 == 0 ? 1600 : seed % 20;
  }

  private static void append(NeighbourExchange exchange, int direction, int rank, int round) {
    for (int i = 0; i < integers(rank, direction, round); i++) {
      exchange.outgoing(direction, 4).putInt(((rank * 26 + direction) * 20 + round) * 1600 + i);
    }
  }

  private static void requireContent(ByteBuffer in, int rank, int direction, int round) {
    assertThat(in.remaining()).isEqualTo(4 * integers(rank, direction, round));
    for (int i = 0; in.hasRemaining(); i++) {
      assertThat(in.getInt()).isEqualTo(((rank * 26 + direction) * 20 + round) * 1600 + i);
    }
  }

  private static void heapBuffersAreRefused(Communicator ranks) {
    ByteBuffer heap = ByteBuffer.allocate(8);
    assertThatThrownBy(() -> ranks.send(heap, 8, 0, TAG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ranks.receive(heap, 8, 0, TAG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void tooLongIsAnError(Communicator ranks) {
    if (ranks.size() == 1) {
      return; // of messages to oneself this is not promised
    }
    int previous = (ranks.rank() + ranks.size() - 1) % ranks.size();
    int next = (ranks.rank() + 1) % ranks.size();
    Request received = ranks.receive(ByteBuffer.allocateDirect(8), 8, previous, TAG);
    Request sent = ranks.send(ByteBuffer.allocateDirect(16), 16, next, TAG);
    assertThatThrownBy(received::await).isInstanceOf(IllegalStateException.class);
    sent.await();
  }
}
