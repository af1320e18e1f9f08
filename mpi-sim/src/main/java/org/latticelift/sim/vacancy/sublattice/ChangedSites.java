package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpObserver;

/**
 * Remembers which local sites jumps have touched, section by section, mostly with repetitions while
 * a section is open. Its memory grows with the number of sites, not of jumps.
 */
final class ChangedSites implements JumpObserver {
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
