package org.latticelift.learn.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class CoverageTest {
  private static IntervalCheck check(String observable, double predicted, double error) {
    Uncertainty uncertainty = new Uncertainty(error, 1.96 * error, 0, 0, error);
    return new IntervalCheck(
        "T2000", observable, OptionalDouble.empty(), predicted, uncertainty, new Estimate(0, 0, 0));
  }

  /** So many predictions within their intervals and so many beyond, two in each repeat. */
  private static Coverage of(int inside, int beyond) {
    List<List<IntervalCheck>> repeats = new ArrayList<>();
    for (int k = 0; k < (inside + beyond) / 2; k++) {
      repeats.add(
          List.of(
              check("a", 2 * k < beyond ? 3 : 0.5, 1),
              check("b", 2 * k + 1 < beyond ? 3 : 0.5, 1)));
    }
    return new Coverage(repeats);
  }

  @Test
  void theTestIsTheExactBinomialOne() {
    // sums of binomial probabilities by hand; 57 of 60 is the mode: nothing is more probable
    assertThat(of(57, 3).probability()).isCloseTo(1, within(1e-9));
    assertThat(of(60, 0).probability()).isCloseTo(0.075764, within(1e-6));
    assertThat(of(50, 10).probability()).isCloseTo(0.000738031, within(1e-8));
    assertThat(of(50, 10).sentence("ours")).contains("50 of 60").contains("is rejected");
    assertThat(of(58, 2).sentence("ours")).contains("is not rejected");
  }

  @Test
  void theShareHasTheIntervalOfClopperAndPearson() {
    Coverage some = of(54, 6);
    assertThat(some.share()).isEqualTo(0.9);
    assertThat(some.interval().lower()).isCloseTo(0.7949, within(5e-4));
    assertThat(some.interval().upper()).isCloseTo(0.9624, within(5e-4));
    assertThat(of(60, 0).interval().upper()).isEqualTo(1);
  }

  @Test
  void normalDeviatesInUnitsOfTheirErrorsAverageToOne() {
    RandomStream stream = new Streams(1).stream(Purpose.CHECK, 44);
    List<List<IntervalCheck>> repeats = new ArrayList<>();
    for (int k = 0; k < 4000; k++) {
      // errors that are uncertain themselves, and observables of different scale
      double error = Math.sqrt(0.5 + stream.uniform());
      repeats.add(
          List.of(
              check("a", stream.normal(), error), check("b", 10 * stream.normal(), 10 * error)));
    }
    assertThat(new Coverage(repeats).rootMeanSquare()).isCloseTo(1, within(0.03));
  }

  @Test
  void everyIntervalIsARow() {
    List<String> lines = Coverage.csv(Map.of("ours", List.of(of(3, 1)))).lines().toList();
    assertThat(lines).hasSize(5).allMatch(line -> line.split(",", -1).length == 14);
    assertThat(lines.get(1)).startsWith("ours,1,T2000,a,").endsWith(",0");
  }
}
