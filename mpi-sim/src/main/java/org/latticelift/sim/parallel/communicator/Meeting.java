package org.latticelift.sim.parallel.communicator;

/** Where the threads of {@link LocalRanks} meet: each brings something, all see everything. */
final class Meeting {
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
   * Waits for all ranks.
   *
   * @param rank of the caller
   * @param mine what it brings, not changed afterwards
   * @return what all have brought, by rank; not changed
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

  /** A rank brings nothing any more. */
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
