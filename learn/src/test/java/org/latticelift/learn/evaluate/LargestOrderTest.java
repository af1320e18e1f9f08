package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LargestOrderTest {
  private static List<AfterEvents.At> points(DoubleUnaryOperator curve, double... conditions) {
    List<AfterEvents.At> points = new ArrayList<>();
    for (double t : conditions) {
      points.add(new AfterEvents.At(t, curve.applyAsDouble(t)));
    }
    return points;
  }

  @Test
  void theVertexOfAParabolaIsFoundFromUnevenPoints() {
    for (double sign : new double[] {-1, 1}) {
      AfterEvents.Largest found =
          AfterEvents.Largest.of(
                  points(t -> sign * (2 - 1e-5 * (t - 873) * (t - 873)), 600, 800, 850, 1000, 1400))
              .orElseThrow();
      assertThat(found.condition()).isCloseTo(873, within(1e-9));
      assertThat(found.inside()).isTrue();
      assertThat(found.value()).isCloseTo(sign * (2 - 1e-5 * 23 * 23), within(1e-12));
    }
  }

  @Test
  void anEndIsNoMaximumAndUnknownValuesAreLeftOut() {
    AfterEvents.Largest end = AfterEvents.Largest.of(points(t -> -t, 600, 800, 1000)).orElseThrow();
    assertThat(end).isEqualTo(new AfterEvents.Largest(1000, -1000, false));
    List<AfterEvents.At> points = points(t -> t > 900 ? Double.NaN : -t, 600, 800, 1000);
    assertThat(AfterEvents.Largest.of(points).orElseThrow().condition()).isEqualTo(800);
    assertThat(AfterEvents.Largest.of(points(t -> Double.NaN, 600, 800))).isEmpty();
    assertThat(AfterEvents.Largest.of(List.of())).isEmpty();
  }
}
