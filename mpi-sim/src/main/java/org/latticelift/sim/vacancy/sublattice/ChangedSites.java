package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpObserver;

/** Remembers which local sites jumps have touched, with repetitions. */
final class ChangedSites implements JumpObserver {
  private long[] site = new long[256];
  private int size;

  @Override
  public void jumped(JumpEvent event) {
    add(event.from());
    add(event.to());
  }

  void add(long changed) {
    if (size == site.length) {
      site = Arrays.copyOf(site, 2 * size);
    }
    site[size++] = changed;
  }

  int size() {
    return size;
  }

  long get(int i) {
    return site[i];
  }

  /** Sorts what was added since {@code from} and drops repetitions there. */
  void compact(int from) {
    Arrays.sort(site, from, size);
    int kept = from;
    for (int i = from; i < size; i++) {
      if (i == from || site[i] != site[i - 1]) {
        site[kept++] = site[i];
      }
    }
    size = kept;
  }

  void clear() {
    size = 0;
  }
}
