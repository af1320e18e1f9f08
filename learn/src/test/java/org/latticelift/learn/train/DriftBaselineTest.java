package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.kernel.PlainSdeKernel;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Polynomials of several models, the region around them, and what happens outside of it. */
class DriftBaselineTest {
  private static final double[] TEMPERATURES = OrnsteinUhlenbeck.TEMPERATURE;
  private static final SdeScaling SCALING =
      new SdeScaling(
          new double[] {-0.8, 0.6, -0.4},
          new double[] {0.5, 0.4, 0.3},
          TEMPERATURES,
          new double[] {1280 * 2e-6, 168e-7, 64 * 1.3e-8, 40 * 4e-9});

  private static final DiffusionSpec NOISE =
      new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), false, 0.3, 1);

  private static PairSet pairs;
  private static List<Split> halves;
  private static DriftBaseline baseline;

  @BeforeAll
  static void fit() {
    pairs = OrnsteinUhlenbeck.pairs(2000, 4);
    int[] even = rows(0);
    int[] odd = rows(1);
    halves = List.of(new Split(even, odd), new Split(odd, even));
    baseline =
        DriftBaseline.of(
            Baseline.of(3, TEMPERATURES),
            SCALING,
            pairs,
            pairs,
            halves,
            halves.stream().map(split -> pairs.select(split.training())).toList());
  }

  private static int[] rows(int parity) {
    return IntStream.range(0, pairs.count()).filter(k -> k / 50 % 2 == parity).toArray();
  }

  @Test
  void theMeanOfTheModelsIsTheFitOfAllSamples() {
    List<float[]> whole = baseline.fit().fit(pairs);
    for (int power = 0; power < whole.size(); power++) {
      float[] one = baseline.coefficients().get(0).get(power);
      float[] other = baseline.coefficients().get(1).get(power);
      assertThat(one).isNotEqualTo(other);
      for (int at = 0; at < one.length; at++) {
        assertThat((one[at] + other[at]) / 2.0).isCloseTo(whole.get(power)[at], within(1e-4));
      }
    }
  }

  /** The centre of a condition is near its mean state, and every state is inside. */
  @Test
  void theRegionHoldsAllStates() {
    double farthest = farthest(baseline, pairs);
    assertThat(farthest).isCloseTo(baseline.region().radius() / 1.25, within(1e-6 * farthest));
  }

  /** Samples are moved into the middle of their time, yet the region holds where they begin. */
  @Test
  void theRegionHoldsTheStatesInWhichSamplesBegin() {
    double[] begin = pairs.z0().clone();
    begin[0] += 20 * SCALING.deviation()[0];
    PairSet stored =
        new PairSet(
            3, begin, pairs.z1(), pairs.dt(), pairs.condition(), TEMPERATURES, pairs.group());
    DriftBaseline of =
        DriftBaseline.of(
            Baseline.of(3, TEMPERATURES), SCALING, pairs, stored, halves, List.of(pairs, pairs));
    double farthest = farthest(of, stored);
    assertThat(farthest).isCloseTo(of.region().radius() / 1.25, within(1e-6 * farthest));
    assertThat(farthest).isGreaterThan(2 * farthest(of, pairs));
  }

  /** Of states from the centre of their condition, in own units of the region. */
  private static double farthest(DriftBaseline of, PairSet states) {
    TrainedRegion region = of.region();
    double farthest = 0;
    for (int k = 0; k < states.count(); k++) {
      double u = of.form().input(TEMPERATURES[states.condition()[k]]);
      double square = 0;
      for (int i = 0; i < 3; i++) {
        double own = 0;
        for (int j = 0; j < 3; j++) {
          double centre = 0;
          for (int power = region.centre().size() - 1; power >= 0; power--) {
            centre = centre * u + region.centre().get(power)[j];
          }
          own += region.inward()[i][j] * (SCALING.toScaled(j, states.z0()[3 * k + j]) - centre);
        }
        square += own * own;
      }
      farthest = Math.max(farthest, Math.sqrt(square));
    }
    return farthest;
  }

  /** With a network that is zero, at all states that were seen. */
  @Test
  void insideTheDriftIsThePolynomial() {
    SdeArchitecture network = new SdeArchitecture(3, 0, DriftSpec.linear(), NOISE);
    PairSet few = pairs.select(IntStream.range(0, 40).map(k -> 199 * k).toArray());
    double[] expected = baseline.fit().drift(baseline.coefficients().get(1), few);
    for (int k = 0; k < few.count(); k++) {
      double kelvin = TEMPERATURES[few.condition()[k]];
      float[][] z = new float[3][1];
      for (int i = 0; i < 3; i++) {
        z[i][0] = (float) SCALING.toScaled(i, few.z0()[3 * k + i]);
      }
      float[][] mu = new float[3][1];
      kernel(network, new float[21], 1, kelvin).drift(1, z, mu);
      for (int i = 0; i < 3; i++) {
        assertThat((double) mu[i][0]).isCloseTo(expected[3 * k + i], within(1e-3));
      }
    }
  }

  /**
   * From far outside, at trained and other temperatures and with much noise, states come back to
   * the region and stay bounded, whatever a cubic polynomial says out there.
   */
  @Test
  void nothingRunsAway() {
    SdeArchitecture network = new SdeArchitecture(3, 0, DriftSpec.plain(), NOISE);
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 9);
    float[] drawn = SdeParameters.initial(network, stream).flat();
    for (double kelvin : new double[] {1000, 1200, 3000}) {
      PlainSdeKernel kernel = kernel(network, drawn, 0, kelvin);
      double h = 0.2 / baseline.form().pull();
      for (int trajectory = 0; trajectory < 8; trajectory++) {
        double[] z = {30 * stream.normal(), 30 * stream.normal(), 30 * stream.normal()};
        for (int step = 0; step < 400; step++) {
          double[] normal = {stream.normal(), stream.normal(), stream.normal()};
          z = kernel.step(z, h, normal, StepScheme.EULER);
        }
        for (double value : z) {
          assertThat(Math.abs(value)).isLessThan(12);
        }
      }
    }
  }

  private static PlainSdeKernel kernel(
      SdeArchitecture network, float[] weights, int model, double kelvin) {
    SdeArchitecture whole = network.with(Optional.of(baseline.form()));
    float[] fitted = baseline.parameters(model);
    float[] flat = Arrays.copyOf(weights, weights.length + fitted.length);
    System.arraycopy(fitted, 0, flat, weights.length, fitted.length);
    return new PlainSdeKernel(whole, SdeParameters.of(whole, flat), kelvin, 1);
  }
}
