package org.latticelift.sim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream.PortableLog;

class PortableLogTest {
  private static final int ULPS = 4;

  @Test
  void agreesWithStrictMath() {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK);
    for (int i = 0; i < 200_000; i++) {
      double u = stream.uniform();
      check(u);
      check(1 - u * 0x1p-20);
      check(u * 0x1p-45 + 0x1p-53);
      check(Math.sqrt(0.5) * (1 + (u - 0.5) * 0x1p-30));
      check(u * 1e30);
    }
    check(0x1p-53);
    check(1 - 0x1p-53);
    check(Double.MIN_NORMAL);
    check(Double.MAX_VALUE);
    assertThat(PortableLog.of(1)).isZero();
  }

  private static void check(double x) {
    double exact = StrictMath.log(x);
    assertThat(PortableLog.of(x)).isEqualTo(exact, within(ULPS * Math.ulp(exact)));
  }

  @Test
  void fastExponentialIsTheExponentialOfTheSameNumber() {
    RandomStream fast = new Streams(2).stream(Purpose.CHECK);
    RandomStream strict = new Streams(2).stream(Purpose.CHECK);
    for (int i = 0; i < 1000; i++) {
      double exact = strict.exponential();
      assertThat(fast.fastExponential()).isEqualTo(exact, within(ULPS * Math.ulp(exact)));
    }
  }

  @Test
  void uniformNumbersAreTheUpperBitsShiftedByHalfAStep() {
    RandomStream numbers = new Streams(3).stream(Purpose.CHECK);
    RandomStream bits = new Streams(3).stream(Purpose.CHECK);
    for (int i = 0; i < 1000; i++) {
      assertThat(numbers.uniform()).isEqualTo(((bits.bits() >>> 12) + 0.5) * 0x1p-52);
    }
  }
}
