package org.latticelift.learn.train.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Softplus and its slope, in the plain and the vector form. */
class SoftplusTest {
  private static final int N = BlockArithmetic.LANES;

  private static float[][] evaluate(BlockArithmetic<float[]> arithmetic, float first, float step) {
    float[][] result = {new float[N], new float[N]};
    for (int t = 0; t < N; t++) {
      result[0][t] = first + t * step;
    }
    arithmetic.softplus(N, result[0], 0, result[1], 0);
    return result;
  }

  @Test
  void followsTheLibraryToFourInTenMillion() {
    float step = 0.0037f;
    for (float first = -80; first < 80; first += N * step) {
      float[][] plain = evaluate(Arithmetics.plain(), first, step);
      assertThat(evaluate(Arithmetics.fastest(), first, step)).isDeepEqualTo(plain);
      for (int t = 0; t < N; t++) {
        float argument = first + t * step;
        double x = argument;
        double value = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        assertThat(Math.abs(plain[0][t] / value - 1)).isLessThan(4e-7);
        assertThat(Math.abs(plain[1][t] * (1 + Math.exp(-x)) - 1)).isLessThan(4e-7);
      }
    }
  }

  @Test
  void endsOfTheLine() {
    float[][] far = evaluate(Arithmetics.plain(), 1e4f, 1);
    assertThat(far[0][3]).isEqualTo(10003f);
    assertThat(far[1]).containsOnly(1f);
    assertThat(evaluate(Arithmetics.plain(), -1e4f, 1)[0][0]).isBetween(0f, 1e-37f);
    assertThat(evaluate(Arithmetics.plain(), Float.NaN, 1)[0]).containsOnly(Float.NaN);
    assertThat(evaluate(Arithmetics.fastest(), Float.NaN, 1)[0]).containsOnly(Float.NaN);
  }
}
