package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.simulate.RecordInterval.EventClock;

class EventClockTest {
  private static final double[] NOTHING = {0, 0};

  /** Ten events of one second each, then events of three seconds. */
  private static final EventClock SLOWING =
      EventClock.through(
          List.of(
              NOTHING,
              new double[] {10, 10},
              new double[] {20, 40},
              new double[] {40, 100},
              new double[] {80, 220}));

  @Test
  void withinItsCourseItInterpolates() {
    assertThat(SLOWING.timeOf(5)).isEqualTo(5);
    assertThat(SLOWING.timeOf(10)).isEqualTo(10);
    assertThat(SLOWING.timeOf(30)).isEqualTo(70);
    assertThat(SLOWING.timeOf(80)).isEqualTo(220);
  }

  @Test
  void beyondItGoesOnAsInItsSecondHalf() {
    assertThat(SLOWING.timeOf(1080)).isEqualTo(220 + 3000);
  }

  /** An even clock has one answer, to the last bit, whatever was seen of it. */
  @Test
  void anEvenClockIsAFactor() {
    double second = 0.1 + 0.2;
    EventClock few = EventClock.through(List.of(NOTHING, new double[] {7, 7 * second}));
    EventClock many =
        EventClock.through(
            List.of(NOTHING, new double[] {7, 7 * second}, new double[] {21, 21 * second}));
    for (double events : new double[] {3, 11, 1e6 / 3}) {
      assertThat(few.timeOf(events)).isEqualTo(events * (7 * second / 7));
      assertThat(many.timeOf(events)).isEqualTo(events * (21 * second / 21));
    }
  }

  @Test
  void runsAreAveragedAndPatchesShareTheEvents() {
    EventClock clock =
        EventClock.of(
                List.of(
                    new EventClock.Course(new long[] {0, 10, 10, 40}, new double[] {0, 1, 2, 3}),
                    new EventClock.Course(new long[] {0, 30, 30, 60}, new double[] {0, 1, 2, 3})),
                2)
            .orElseThrow();
    assertThat(clock.events()).containsExactly(0, 10, 25);
    assertThat(clock.time()).containsExactly(0, 1, 3);
    assertThat(clock.timeOf(17.5)).isCloseTo(2, within(1e-12));
  }

  @Test
  void withoutEventsThereIsNoClock() {
    assertThat(EventClock.of(List.of(), 1)).isEmpty();
    assertThat(
            EventClock.of(
                List.of(new EventClock.Course(new long[] {0, 0}, new double[] {0, 5})), 1))
        .isEmpty();
  }
}
