package org.latticelift.sim.vacancy.sublattice;

/** Brings every rank what its neighbours changed. */
interface HaloExchange {
  /** Told of every site that another rank, or this one across the border, changed. */
  interface Receiver {
    void changed(long site, byte code);
  }

  /**
   * Collective: all ranks call it for every colour. The messages travel until {@link #end}.
   *
   * @param messages what this rank changed
   */
  void begin(HaloMessages messages);

  /**
   * Whether {@link #end} would not wait; after {@link #begin}.
   *
   * @return true from then on
   */
  boolean arrived();

  /**
   * Collective, after {@link #begin}.
   *
   * @param receiver of what the others changed, in the order of directions
   */
  void end(Receiver receiver);

  /**
   * Both at once.
   *
   * @param messages what this rank changed
   * @param receiver of what the others changed
   */
  default void exchange(HaloMessages messages, Receiver receiver) {
    begin(messages);
    end(receiver);
  }

  /** Time that {@link #end} has waited for messages so far. */
  default long waitNanos() {
    return 0;
  }

  /** Messages sent to other ranks so far. */
  default long messages() {
    return 0;
  }

  /** Bytes of changed sites sent so far, those to itself included. */
  default long bytes() {
    return 0;
  }
}
