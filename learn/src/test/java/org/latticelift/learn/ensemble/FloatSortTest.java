package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Statistics.FloatSort;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class FloatSortTest {
  @Test
  void sortsAsTheLibraryDoes() {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK);
    for (int n : new int[] {1, 2, 3, 100, 5000}) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = Float.intBitsToFloat((int) stream.below(1L << 32));
        values[i] = Float.isNaN(values[i]) || i % 7 == 0 ? (i % 2 == 0 ? -0f : 0f) : values[i];
      }
      float[] expected = values.clone();
      Arrays.sort(expected);
      new FloatSort(n).sort(values);
      assertThat(values).isEqualTo(expected);
    }
  }
}
