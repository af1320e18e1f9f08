package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.SiteMap;

class SiteMapTest {
  @Test
  void equalsAHashMapUnderMoves() {
    for (int count : new int[] {1, 5, 100}) {
      SiteMap map = new SiteMap(count);
      Map<Long, Integer> plain = new HashMap<>();
      long[] place = new long[count];
      RandomStream stream = RandomAlloy.stream(count, 5);
      for (int v = 0; v < count; v++) {
        place[v] = 1000L * v;
        map.put(place[v], v);
        plain.put(place[v], v);
      }
      for (int i = 0; i < 20_000; i++) {
        int v = stream.below(count);
        long to = stream.below(300L);
        if (!plain.containsKey(to)) {
          map.remove(place[v]);
          plain.remove(place[v]);
          place[v] = to;
          map.put(to, v);
          plain.put(to, v);
        }
        long probe = stream.below(300L);
        assertThat(map.get(probe)).isEqualTo(plain.getOrDefault(probe, -1));
      }
      map.reset(count / 2);
      assertThat(map.get(place[0])).isEqualTo(-1);
    }
  }
}
