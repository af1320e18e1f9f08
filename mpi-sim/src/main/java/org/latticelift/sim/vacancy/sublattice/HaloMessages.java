package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.transport.SharedDisplacements;

/**
 * What the neighbours of a rank have to know of its changes: for each of the 26 directions the
 * changed sites that the rank there holds, as numbers of its own lattice, each packed with its new
 * code into one long, behind which come the displacements of what is there where they are measured.
 * Only changed sites travel.
 */
final class HaloMessages {
  /** Directions including the one that stays here. */
  static final int DIRECTIONS = 27;

  /** The direction that stays here. */
  static final int HERE = 13;

  private static final int CODE_BITS = 8;

  private final Lattice lattice;
  private final Domain domain;
  private final int basis;

  /** Null where displacements are not measured. */
  private final SharedDisplacements moved;

  private final int[][] shift = new int[DIRECTIONS][3];
  private final int[][] local = new int[DIRECTIONS][3];
  private final long[][] message = new long[DIRECTIONS][16];
  private final int[] length = new int[DIRECTIONS];

  HaloMessages(Lattice lattice, Domain domain) {
    this(lattice, domain, null);
  }

  HaloMessages(Lattice lattice, Domain domain, SharedDisplacements movedOrNull) {
    this.lattice = lattice;
    this.domain = domain;
    moved = movedOrNull;
    basis = lattice.crystal().basisCount();
    for (int d = 0; d < DIRECTIONS; d++) {
      Domain there = domain.next(step(d, 0), step(d, 1), step(d, 2));
      for (int axis = 0; axis < 3; axis++) {
        int step = step(d, axis);
        shift[d][axis] = step > 0 ? -domain.own(axis) : step < 0 ? there.own(axis) : 0;
        local[d][axis] = there.local(axis);
      }
    }
  }

  /** -1, 0 or 1. */
  static int step(int direction, int axis) {
    return (axis == 0 ? direction / 9 : axis == 1 ? direction / 3 % 3 : direction % 3) - 1;
  }

  /** Replaces all messages by the present codes of the sites. */
  void collect(ChangedSites changed) {
    Arrays.fill(length, 0);
    for (int i = 0; i < changed.size(); i++) {
      long site = changed.get(i);
      int x = SiteIndex.x(site, lattice.ny(), lattice.nz(), basis);
      int y = SiteIndex.y(site, lattice.ny(), lattice.nz(), basis);
      int z = SiteIndex.z(site, lattice.nz(), basis);
      if (!domain.unseen(x, 0) || !domain.unseen(y, 1) || !domain.unseen(z, 2)) {
        announce(x, y, z, site);
      }
    }
  }

  private void announce(int x, int y, int z, long site) {
    int b = SiteIndex.b(site, basis);
    byte code = lattice.get(site);
    for (int i = first(x, 0); i <= last(x, 0); i++) {
      for (int j = first(y, 1); j <= last(y, 1); j++) {
        for (int k = first(z, 2); k <= last(z, 2); k++) {
          int d = ((i + 1) * 3 + j + 1) * 3 + k + 1;
          if (d != HERE) {
            append(d, there(d, x, y, z, b) << CODE_BITS | code);
            for (int word = 0; moved != null && word < moved.words(); word++) {
              append(d, moved.word(site, word));
            }
          }
        }
      }
    }
  }

  /** -1 if the rank below along an axis holds a cell of ours, else 0. */
  private int first(int cell, int axis) {
    return cell < 2 * domain.halo(axis) ? -1 : 0;
  }

  /** 1 if the rank above does. */
  private int last(int cell, int axis) {
    return cell >= domain.own(axis) ? 1 : 0;
  }

  private long there(int d, int x, int y, int z, int b) {
    return SiteIndex.of(
        x + shift[d][0], y + shift[d][1], z + shift[d][2], b, local[d][1], local[d][2], basis);
  }

  private void append(int direction, long entry) {
    if (length[direction] == message[direction].length) {
      message[direction] = Arrays.copyOf(message[direction], 2 * length[direction]);
    }
    message[direction][length[direction]++] = entry;
  }

  int length(int direction) {
    return length[direction];
  }

  long entry(int direction, int i) {
    return message[direction][i];
  }

  static long site(long entry) {
    return entry >>> CODE_BITS;
  }

  static byte code(long entry) {
    return (byte) entry;
  }

  /** Brings every rank what its neighbours changed. */
  interface HaloExchange {
    /** Told of every site that another rank, or this one across the border, changed. */
    interface Receiver {
      /** ({@code rest}: gives what else was sent of the site, of which all is to be taken.) */
      void changed(long site, byte code, LongSupplier rest);
    }

    /**
     * Collective: all ranks call it for every colour. The messages travel until {@link #end}
     * ({@code messages}: what this rank changed).
     */
    void begin(HaloMessages messages);

    /** Whether {@link #end} would not wait; after {@link #begin}; true from then on. */
    boolean arrived();

    /**
     * Collective, after {@link #begin} ({@code receiver}: of what the others changed, in the order
     * of directions).
     */
    void end(Receiver receiver);

    /**
     * Both at once ({@code messages}: what this rank changed; {@code receiver}: of what the others
     * changed).
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

  /**
   * Remembers which local sites jumps have touched, section by section, mostly with repetitions
   * while a section is open. Its memory grows with the number of sites, not of jumps.
   */
  static final class ChangedSites implements JumpObserver {
    private long[] site = new long[1024];
    private int size;

    /** Where the open section begins. */
    private int section;

    @Override
    public void jumped(JumpEvent event) {
      if (size - section >= 2 && site[size - 2] == event.to() && site[size - 1] == event.from()) {
        return; // straight back
      }
      add(event.from());
      add(event.to());
    }

    void add(long changed) {
      if (size == site.length) {
        compact();
        if (2 * size > site.length) {
          site = Arrays.copyOf(site, 2 * site.length);
        }
      }
      site[size++] = changed;
    }

    int size() {
      return size;
    }

    long get(int i) {
      return site[i];
    }

    /** Ends the section: sorts it and drops repetitions in it. */
    void endSection() {
      compact();
      section = size;
    }

    private void compact() {
      Arrays.sort(site, section, size);
      int kept = section;
      for (int i = section; i < size; i++) {
        if (i == section || site[i] != site[i - 1]) {
          site[kept++] = site[i];
        }
      }
      size = kept;
    }

    void clear() {
      size = 0;
      section = 0;
    }
  }
}
