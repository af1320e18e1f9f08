package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;

/** What a {@link FlickerSimulator} knows of each active vacancy: its past, and its basin. */
final class FlickeringVacancies {
  private final RateTable table;
  private FlickerWatch[] watches = {};
  private Sleeper[] sleepers = {};

  FlickeringVacancies(RateTable table) {
    this.table = table;
  }

  /** Makes room for the active vacancies, and forgets everything. */
  void forget() {
    int count = table.vacancies.count;
    if (watches.length < count) {
      int known = watches.length;
      watches = Arrays.copyOf(watches, count);
      sleepers = Arrays.copyOf(sleepers, count);
      for (int v = known; v < count; v++) {
        watches[v] = new FlickerWatch();
      }
    }
    for (int v = 0; v < watches.length; v++) {
      watches[v].reset();
      if (sleepers[v] != null) {
        sleepers[v].asleep = false;
        sleepers[v].basin.forget();
      }
    }
  }

  FlickerWatch watch(int v) {
    return watches[v];
  }

  /** Whether the basin of a vacancy is known. */
  boolean known(int v) {
    return sleepers[v] != null && sleepers[v].basin.known();
  }

  boolean asleep(int v) {
    return sleepers[v] != null && sleepers[v].asleep;
  }

  /** The vacancy with its basin, made where it has none yet. */
  Sleeper sleeper(int v) {
    if (sleepers[v] == null) {
      sleepers[v] = new Sleeper(v, table);
    }
    return sleepers[v];
  }

  void forgetBasin(int v) {
    if (sleepers[v] != null) {
      sleepers[v].basin.forget();
    }
  }

  byte[] save() {
    return FlickerMemory.save(watches, sleepers, table.vacancies.count);
  }

  /** After {@link #forget}. */
  void restore(byte[] memory) {
    FlickerMemory.restore(memory, watches, sleepers, table);
  }
}
