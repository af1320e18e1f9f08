package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.ChangedSites;

class ChangedSitesTest {
  /** More additions than fit before repetitions are dropped, of few sites and of many. */
  @Test
  void everySectionHoldsItsSitesOnceInOrder() {
    ChangedSites changed = new ChangedSites();
    RandomStream stream = RandomAlloy.stream(4, 4);
    for (int pass = 0; pass < 2; pass++) {
      changed.clear();
      List<Long> expected = new ArrayList<>();
      for (int sites : new int[] {7, 3000, 1, 900, 40}) {
        TreeSet<Long> section = new TreeSet<>();
        for (int i = 0; i < 5000; i++) {
          long site = stream.below(sites);
          changed.add(site);
          section.add(site);
        }
        changed.endSection();
        expected.addAll(section);
      }
      assertThat(changed.size()).isEqualTo(expected.size());
      for (int i = 0; i < changed.size(); i++) {
        assertThat(changed.get(i)).isEqualTo(expected.get(i));
      }
    }
  }
}
