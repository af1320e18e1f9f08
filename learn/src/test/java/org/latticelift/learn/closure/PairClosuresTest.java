package org.latticelift.learn.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.closure.LatentPairs.PairClosures;

/** Two pairs of two closure variables. */
class PairClosuresTest {
  private static final double[] BEFORE = {1, 2, 3, 4};

  @Test
  void onePatchChangesTheWhole() {
    PairClosures closures =
        PairClosures.of(
            2, BEFORE, new double[] {5, 6, 7, 8}, new double[] {5.5, 6, 7, 9}, new double[0]);
    assertThat(closures.after()).containsExactly(1.5, 2, 3, 5);
    assertThat(closures.patchBefore()).containsExactly(5, 6, 7, 8);
    assertThat(closures.patchAfter()).containsExactly(5.5, 6, 7, 9);
    assertThat(closures.twin()).isEmpty();
  }

  @Test
  void severalPatchesChangeItByTheirMean() {
    double[] patchBefore = {5, 6, 50, 60, 7, 8, 70, 80};
    double[] patchAfter = {6, 6, 53, 61, 7, 9, 70, 87};
    PairClosures closures =
        PairClosures.of(2, BEFORE, patchBefore, patchAfter, new double[] {5.25, 6, 7, 12});
    assertThat(closures.after()).containsExactly(new double[] {3, 2.5, 3, 8}, within(1e-15));
    assertThat(closures.patchBefore()).containsExactly(5, 6, 7, 8);
    assertThat(closures.patchAfter()).containsExactly(6, 6, 7, 9);
    assertThat(closures.twin()).containsExactly(1.25, 2, 3, 8);
  }
}
