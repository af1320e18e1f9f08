package org.latticelift.sim.parallel.communicator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The transport {@code local}: ranks that are threads of one JVM, each with a communicator of its
 * own. Meant for one rank, for tests and for laptops. A message is copied once if its receiver
 * waits for it, else twice.
 */
public final class LocalRanks {
  /** The name of the transport. */
  public static final String NAME = "local";

  /** The most ranks in one JVM. */
  public static final int MOST = 8;

  private final Mailbox[] mailboxes;
  private final Meeting meeting;

  private LocalRanks(int size) {
    this.meeting = new Meeting(size);
    this.mailboxes =
        IntStream.range(0, size).mapToObj(rank -> new Mailbox()).toArray(Mailbox[]::new);
  }

  /**
   * The communicators of a new job.
   *
   * @param size number of ranks, from 1 to {@link #MOST}
   * @return one communicator for each rank
   */
  public static Communicator[] open(int size) {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("ranks in one JVM: " + size);
    }
    LocalRanks ranks = new LocalRanks(size);
    return IntStream.range(0, size)
        .mapToObj(rank -> new LocalCommunicator(ranks, rank))
        .toArray(Communicator[]::new);
  }

  /**
   * A job of one rank.
   *
   * @return its communicator
   */
  public static Communicator single() {
    return open(1)[0];
  }

  int size() {
    return mailboxes.length;
  }

  Mailbox mailbox(int rank) {
    return mailboxes[rank];
  }

  Meeting meeting() {
    return meeting;
  }

  /** Where the threads of {@link LocalRanks} meet: each brings something, all see everything. */
  static final class Meeting {
    private static final int NOT_ABORTED = -1;
    private static final int NOBODY = -1;

    private final int size;
    private Object[] brought;
    private int present;
    private int ended = NOBODY;
    private volatile int aborted = NOT_ABORTED;

    Meeting(int size) {
      this.size = size;
      this.brought = new Object[size];
    }

    /**
     * Waits for all ranks ({@code mine}: what it brings, not changed afterwards); what all have
     * brought, by rank; not changed.
     */
    synchronized Object[] share(int rank, Object mine) {
      check();
      requireAll();
      Object[] round = brought;
      round[rank] = mine;
      if (++present == size) {
        present = 0;
        brought = new Object[size];
        notifyAll();
      } else {
        awaitOthers(round);
      }
      return round;
    }

    private void awaitOthers(Object[] round) {
      while (brought == round) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for other ranks", e);
        }
        check();
        if (brought == round) {
          requireAll();
        }
      }
    }

    private void requireAll() {
      if (ended != NOBODY) {
        throw new IllegalStateException(
            "rank " + ended + " has ended its command, and another one waits for it");
      }
    }

    synchronized void end(int rank) {
      ended = rank;
      notifyAll();
    }

    synchronized void abort(int code) {
      if (aborted == NOT_ABORTED) {
        aborted = code;
      }
      notifyAll();
    }

    /** Throws if a rank has aborted. */
    void check() {
      if (aborted != NOT_ABORTED) {
        throw new JobAborted(aborted);
      }
    }
  }

  /** One rank of {@link LocalRanks}. */
  static final class LocalCommunicator extends RankCommunicator {
    private final LocalRanks ranks;

    LocalCommunicator(LocalRanks ranks, int rank) {
      super(LocalRanks.NAME, rank, ranks.size());
      this.ranks = ranks;
    }

    @Override
    public Request send(ByteBuffer data, int length, int destination, int tag) {
      require(data, length);
      ranks.meeting().check();
      ranks.mailbox(destination).put(data, length, rank(), tag);
      return new Sent(destination);
    }

    @Override
    public Request receive(ByteBuffer data, int capacity, int source, int tag) {
      require(data, capacity);
      if (source != ANY) {
        Objects.checkIndex(source, size());
      }
      Mailbox.Receipt receipt =
          new Mailbox.Receipt(data, capacity, source, tag, ranks.meeting()::check);
      ranks.mailbox(rank()).expect(receipt);
      return receipt;
    }

    /** A message that was copied at once. */
    private record Sent(int peer) implements Request {
      @Override
      public boolean test() {
        return true;
      }
    }

    @Override
    public void allReduce(long[] values, Reduction reduction) {
      Object[] all = ranks.meeting().share(rank(), values.clone());
      for (int i = 0; i < values.length; i++) {
        values[i] = ((long[]) all[0])[i];
        for (int r = 1; r < all.length; r++) {
          values[i] = reduction.of(values[i], ((long[]) all[r])[i]);
        }
      }
    }

    @Override
    public void allReduce(double[] values, Extremum extremum) {
      Object[] all = ranks.meeting().share(rank(), values.clone());
      for (int i = 0; i < values.length; i++) {
        values[i] = ((double[]) all[0])[i];
        for (int r = 1; r < all.length; r++) {
          values[i] = extremum.of(values[i], ((double[]) all[r])[i]);
        }
      }
      withoutNegativeZeros(values);
    }

    @Override
    public byte[] broadcast(byte[] data, int root) {
      Object[] all = ranks.meeting().share(rank(), rank() == root ? data.clone() : null);
      return rank() == root ? data : ((byte[]) all[root]).clone();
    }

    @Override
    public byte[][] gather(byte[] data, int root) {
      Object[] all = ranks.meeting().share(rank(), data.clone());
      if (rank() != root) {
        return new byte[0][];
      }
      byte[][] gathered = new byte[all.length][];
      for (int r = 0; r < all.length; r++) {
        gathered[r] = (byte[]) all[r];
      }
      return gathered;
    }

    @Override
    public void barrier() {
      ranks.meeting().share(rank(), null);
    }

    @Override
    public void abort(int code) {
      ranks.meeting().abort(code);
    }

    @Override
    public void ending() {
      ranks.meeting().end(rank());
    }

    @Override
    public void close() {
      // Ranks share memory only; it goes with them.
    }
  }

  /**
   * What one rank has been sent and has not yet asked for, and what it asks for that has not come.
   */
  static final class Mailbox {
    private final List<Letter> letters = new ArrayList<>();
    private final List<Receipt> expected = new ArrayList<>();

    /** A copy of a message without a receiver yet. */
    private record Letter(ByteBuffer data, int length, int source, int tag) {}

    synchronized void put(ByteBuffer data, int length, int source, int tag) {
      for (Iterator<Receipt> all = expected.iterator(); all.hasNext(); ) {
        Receipt receipt = all.next();
        if (receipt.takes(source, tag)) {
          all.remove();
          receipt.fill(data, length, source);
          return;
        }
      }
      ByteBuffer copy = ByteBuffer.allocate(length);
      copy.put(0, whole(data), 0, length);
      letters.add(new Letter(copy, length, source, tag));
    }

    synchronized void expect(Receipt receipt) {
      for (Iterator<Letter> all = letters.iterator(); all.hasNext(); ) {
        Letter letter = all.next();
        if (receipt.takes(letter.source(), letter.tag())) {
          all.remove();
          receipt.fill(letter.data(), letter.length(), letter.source());
          return;
        }
      }
      expected.add(receipt);
    }

    /** Position and limit do not matter. */
    private static ByteBuffer whole(ByteBuffer buffer) {
      return buffer.duplicate().clear();
    }

    /** A message that is asked for. */
    static final class Receipt implements Request {
      private final ByteBuffer data;
      private final int capacity;
      private final int source;
      private final int tag;
      private final Runnable check;
      private int length;
      private int peer;
      private volatile boolean complete;

      /**
       * @param check throws where nothing will come any more
       */
      Receipt(ByteBuffer data, int capacity, int source, int tag, Runnable check) {
        this.data = data;
        this.capacity = capacity;
        this.source = source;
        this.tag = tag;
        this.check = check;
      }

      private boolean takes(int from, int itsTag) {
        return tag == itsTag && (source == Communicator.ANY || source == from);
      }

      private void fill(ByteBuffer message, int bytes, int from) {
        if (bytes <= capacity) {
          whole(data).put(0, whole(message), 0, bytes);
        }
        length = bytes;
        peer = from;
        complete = true;
      }

      @Override
      public boolean test() {
        if (!complete) {
          check.run();
          return false; // what comes meanwhile is looked at next time
        }
        if (length > capacity) {
          throw new IllegalStateException(
              "a message of " + length + " bytes came where " + capacity + " were expected");
        }
        return true;
      }

      @Override
      public int peer() {
        return peer;
      }
    }
  }
}
