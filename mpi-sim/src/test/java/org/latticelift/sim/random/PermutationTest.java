package org.latticelift.sim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  private static Permutation permutation(long size, long seed) {
    return new Permutation(size, new Streams(seed).stream(Purpose.CHECK));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 1023, 1024, 1025, 65_537})
  void hitsEveryNumberOnce(int size) {
    Permutation permutation = permutation(size, 1);
    BitSet seen = new BitSet(size);
    for (int i = 0; i < size; i++) {
      long image = permutation.of(i);
      assertThat(image).isBetween(0L, size - 1L);
      seen.set((int) image);
    }
    assertThat(seen.cardinality()).isEqualTo(size);
  }

  @Test
  void reachesFarBeyondThirtyTwoBits() {
    Permutation permutation = permutation(5_000_000_000_000L, 1);
    for (long i = 0; i < 1000; i++) {
      assertThat(permutation.of(4_999_999_999_999L - i)).isBetween(0L, 4_999_999_999_999L);
    }
  }

  @Test
  void dependsOnTheStream() {
    Permutation one = permutation(1_000_000, 1);
    Permutation two = permutation(1_000_000, 2);
    int equal = 0;
    for (int i = 0; i < 10_000; i++) {
      equal += one.of(i) == two.of(i) ? 1 : 0;
    }
    assertThat(equal).isLessThan(5);
  }

  /** Thirds of the image at neighbouring numbers: chi-square of the 9 pairs, 4 degrees, 1e-4. */
  @Test
  void neighboursAreUnrelated() {
    int size = 300_000;
    Permutation permutation = permutation(size, 3);
    for (int lag : new int[] {1, 2, 64, 4096}) {
      long[] pairs = new long[9];
      for (int i = 0; i + lag < size; i++) {
        int a = (int) (permutation.of(i) / 100_000);
        int b = (int) (permutation.of(i + lag) / 100_000);
        pairs[3 * a + b]++;
      }
      double expected = (size - lag) / 9.0;
      double chi = 0;
      for (long n : pairs) {
        chi += (n - expected) * (n - expected) / expected;
      }
      assertThat(chi).as("lag %d", lag).isLessThan(23.5);
    }
  }

  @Test
  void refusesSizesThatItCannotPermute() {
    assertThatThrownBy(() -> permutation(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
