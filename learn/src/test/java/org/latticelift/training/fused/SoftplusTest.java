package org.latticelift.training.fused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftplusTest {
  @Test
  void followsTheLibraryToThreeInTenMillion() {
    double worstValue = 0;
    double worstSlope = 0;
    for (float x = -80; x < 80; x += 0.0037f) {
      double value = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs((double) x)));
      double slope = 1 / (1 + Math.exp(-(double) x));
      float decay = Softplus.decay(x);
      worstValue = Math.max(worstValue, Math.abs(Softplus.value(x, decay) / value - 1));
      worstSlope = Math.max(worstSlope, Math.abs(Softplus.slope(x, decay) / slope - 1));
    }
    assertThat(worstValue).isLessThan(3e-7);
    assertThat(worstSlope).isLessThan(3e-7);
  }

  @Test
  void endsOfTheLine() {
    assertThat(Softplus.value(1e4f, Softplus.decay(1e4f))).isEqualTo(1e4f);
    assertThat(Softplus.slope(1e4f, Softplus.decay(1e4f))).isEqualTo(1f);
    assertThat(Softplus.value(-1e4f, Softplus.decay(-1e4f))).isBetween(0f, 1e-37f);
    assertThat(Softplus.value(Float.NaN, Softplus.decay(Float.NaN))).isNaN();
  }
}
