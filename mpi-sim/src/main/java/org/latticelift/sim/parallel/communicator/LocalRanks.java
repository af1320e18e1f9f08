package org.latticelift.sim.parallel.communicator;

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
}
