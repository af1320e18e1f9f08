package org.latticelift.sim.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamsTest {
  @Test
  void equalKeysGiveEqualNumbersAndOthersDoNot() {
    Streams streams = new Streams(42);
    double first = streams.stream(Purpose.SIMULATE, 3, 1).uniform();
    assertThat(streams.stream(Purpose.SIMULATE, 3, 1).uniform()).isEqualTo(first);
    assertThat(streams.stream(Purpose.SIMULATE, 1, 3).uniform()).isNotEqualTo(first);
    assertThat(streams.stream(Purpose.SIMULATE, 3).uniform()).isNotEqualTo(first);
    assertThat(streams.stream(Purpose.DIRECT, 3, 1).uniform()).isNotEqualTo(first);
    assertThat(new Streams(43).stream(Purpose.SIMULATE, 3, 1).uniform()).isNotEqualTo(first);
  }

  @Test
  void aSavedStreamContinues() {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK);
    stream.normal();
    RandomStream restored = RandomStream.restore(stream.save());
    for (int i = 0; i < 9; i++) {
      assertThat(restored.normal()).isEqualTo(stream.normal());
      assertThat(restored.uniform()).isEqualTo(stream.uniform());
      assertThat(restored.below(10)).isEqualTo(stream.below(10));
    }
  }

  @Test
  void momentsAreThoseOfTheLaws() {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK);
    int n = 200_000;
    double uniform = 0;
    double exponential = 0;
    double normal = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double u = stream.uniform();
      assertThat(u > 0 && u < 1).isTrue();
      uniform += u / n;
      exponential += stream.exponential() / n;
      double z = stream.normal();
      normal += z / n;
      square += z * z / n;
    }
    // five standard errors
    assertThat(uniform).isBetween(0.5 - 5 * 0.2887 / 447, 0.5 + 5 * 0.2887 / 447);
    assertThat(exponential).isBetween(1 - 5 / 447.0, 1 + 5 / 447.0);
    assertThat(normal).isBetween(-5 / 447.0, 5 / 447.0);
    assertThat(square).isBetween(1 - 5 * 1.414 / 447, 1 + 5 * 1.414 / 447);
  }
}
