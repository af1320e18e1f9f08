package org.latticelift.learn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;
import static org.latticelift.learn.optim.OperationOrder.DOUBLE_ROOT;
import static org.latticelift.learn.optim.OperationOrder.INVERSE_ROOT;
import static org.latticelift.learn.optim.OperationOrder.QUOTIENT_FIRST;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form against a plain double implementation (ME-68, ME-69, ME-76), and its bits. */
class AdamTest {
  private static final int COUNT = 37;
  private static final int STEPS = 200;
  private static final double RATE = 0.01;

  /** Settings in use, with the hash of the parameters after all steps. */
  private static final Map<Adam.Settings, Integer> HASHES =
      Map.of(
          new Adam.Settings(0.9, 0.999, 0, true, true, QUOTIENT_FIRST), 181510888,
          new Adam.Settings(0.9, 0.999, 0.01, true, true, QUOTIENT_FIRST), 394913329,
          new Adam.Settings(0.9f, 0.99f, 0, true, false, INVERSE_ROOT), -1270173410,
          new Adam.Settings(0.9f, 0.3f, 0, true, false, INVERSE_ROOT), -772374801,
          new Adam.Settings(0.9, 0.995, 0, false, false, DOUBLE_ROOT), 1249490479,
          new Adam.Settings(0.9, 0.995, 0.01, false, false, DOUBLE_ROOT), -445528238,
          new Adam.Settings(0.9, 0.995, 0, false, true, DOUBLE_ROOT), -501803117,
          new Adam.Settings(0.9, 0.995, 0.01, false, true, DOUBLE_ROOT), 884778496);

  static Stream<Adam.Settings> settings() {
    return HASHES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void agreesWithPlainImplementation(Adam.Settings settings) {
    double[] x = new double[COUNT];
    double[] m = new double[COUNT];
    double[] v = new double[COUNT];
    double[] max = new double[COUNT];
    float[] parameters = numbers(1000);
    Arrays.setAll(x, i -> parameters[i]);
    Adam adam = new Adam(COUNT, settings);
    double b1 = settings.beta1();
    double b2 = settings.beta2();
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = numbers(step);
      adam.step(parameters, gradient, RATE);
      for (int i = 0; i < COUNT; i++) {
        double g = gradient[i] + (settings.decoupled() ? 0 : settings.weightDecay() * x[i]);
        x[i] *= settings.decoupled() ? 1 - RATE * settings.weightDecay() : 1;
        m[i] = b1 * m[i] + (1 - b1) * g;
        v[i] = b2 * v[i] + (1 - b2) * g * g;
        max[i] = settings.amsgrad() ? Math.max(max[i], v[i]) : v[i];
        double denominator = Math.sqrt(max[i]) / Math.sqrt(1 - Math.pow(b2, step)) + 1e-8;
        x[i] -= RATE / (1 - Math.pow(b1, step)) * m[i] / denominator;
      }
    }
    for (int i = 0; i < COUNT; i++) {
      assertThat((double) parameters[i]).isCloseTo(x[i], within(2e-5));
    }
  }

  /** A step along a gradient a hundred times larger than those before is that of one ten times. */
  @Test
  void aGradientFarBeyondThoseBeforeIsScaledDown() {
    Adam adam = new Adam(COUNT, new Adam.Settings(0.9, 0.999, 0, true, true, QUOTIENT_FIRST));
    float[] parameters = numbers(1000);
    double squares = 0;
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = numbers(step);
      float[] same = gradient.clone();
      adam.limit(gradient, 10);
      assertThat(gradient).as("step %d", step).isEqualTo(same);
      adam.step(parameters, gradient, RATE);
      double weight = Math.pow(0.999, STEPS - step) * 0.001 / (1 - Math.pow(0.999, STEPS));
      squares += weight * square(gradient);
    }
    float[] within = times(9 * Math.sqrt(squares));
    float[] kept = within.clone();
    adam.limit(within, 10);
    assertThat(within).isEqualTo(kept);
    float[] large = times(100 * Math.sqrt(squares));
    float[] direction = large.clone();
    adam.limit(large, 10);
    assertThat(Math.sqrt(square(large) / squares)).isEqualTo(10, within(1e-3));
    for (int i = 0; i < COUNT; i++) {
      assertThat(large[i]).isEqualTo(0.1f * direction[i], within(1e-3f * Math.abs(direction[i])));
    }
  }

  /** A gradient of a given length. */
  private static float[] times(double length) {
    float[] gradient = numbers(7);
    float factor = (float) (length / Math.sqrt(square(gradient)));
    for (int i = 0; i < COUNT; i++) {
      gradient[i] *= factor;
    }
    return gradient;
  }

  private static double square(float[] gradient) {
    double sum = 0;
    for (float g : gradient) {
      sum += (double) g * g;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void keepsItsBits(Adam.Settings settings) {
    float[] parameters = numbers(1000);
    steps(new Adam(COUNT, settings), parameters, 1, STEPS);
    assertThat(Arrays.hashCode(parameters)).isEqualTo(HASHES.get(settings));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void goesOnFromAState(Adam.Settings settings) {
    float[] parameters = numbers(1000);
    Adam begun = new Adam(COUNT, settings);
    steps(begun, parameters, 1, 70);
    Adam other = new Adam(COUNT, settings);
    other.restore(begun.state());
    steps(other, parameters, 71, STEPS);
    assertThat(Arrays.hashCode(parameters)).isEqualTo(HASHES.get(settings));
  }

  @Test
  void refusesTheStateOfAnother() {
    Adam adam = new Adam(COUNT, settings().findFirst().orElseThrow());
    Adam.State state = adam.state();
    Adam.State shorter = new Adam.State(new float[3], state.second(), state.largest(), 1);
    assertFails(() -> adam.restore(shorter), "moments of 3 parameters");
  }

  private static void steps(Adam adam, float[] parameters, int from, int to) {
    for (int step = from; step <= to; step++) {
      adam.step(parameters, numbers(step), RATE);
    }
  }

  /** Numbers of a linear congruence; large ones first, so that maxima matter. */
  private static float[] numbers(int step) {
    float[] numbers = new float[COUNT];
    long state = step * 1000003L + 17;
    for (int i = 0; i < COUNT; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      double uniform = (state >>> 40) / (double) (1 << 24) - 0.5;
      numbers[i] = (float) (uniform * (step < 50 ? 5 : 0.1));
    }
    return numbers;
  }
}
