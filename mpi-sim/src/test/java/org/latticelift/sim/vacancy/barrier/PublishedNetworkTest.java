package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** The published network against AL-35 to AL-39. */
class PublishedNetworkTest {
  private static final double BUDGET = 2e-6;

  private static BarrierWeights weights() {
    return BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5"));
  }

  private static DoubleTwin twin(InputOrder order, double epsilon) {
    return new DoubleTwin(weights(), Crystal.bcc(), Optional.of(order), Optional.of(epsilon));
  }

  private static float[] production(
      InputOrder order, double epsilon, DenseKernelFactory factory, byte[] environment) {
    NetworkBarrier model =
        new NetworkBarrier(
            "published",
            weights(),
            Crystal.bcc(),
            Optional.of(order),
            Optional.of(epsilon),
            factory);
    float[] barriers = new float[8];
    model.newKernel().barriers(environment, 0, 0, barriers, 0);
    return barriers;
  }

  /** AL-35. */
  @Test
  void arraysHaveThePublishedCheckSums() {
    BarrierWeights weights = weights();
    List<HiddenLayer> hidden = weights.hidden();
    BatchNorm norm = hidden.get(0).norm().orElseThrow();
    check(hidden.get(0).weight(), -285.380626, 0.04324917, -0.006143383, 729 * 128);
    check(norm.mean(), -560.708136, -2.521549, -24.81134, 128);
    check(norm.variance(), 33419.580234, 22.43115, 84.80638, 128);
    check(hidden.get(1).weight(), 389.529921, -0.8984139, 0.3133823, 128 * 128);
    check(hidden.get(2).weight(), -333.157411, 0.004989116, -0.4612938, 128 * 128);
    check(hidden.get(3).weight(), -1077.068441, -0.1508944, -0.195206, 128 * 128);
    check(weights.output().weight(), 1.159732, 0.0009194593, 0.04067498, 128);
    check(new float[] {weights.output().bias()}, 0.7781471, 0.7781471, 0.7781471, 1);
  }

  private static void check(float[] values, double sum, double first, double last, int length) {
    assertThat(values).hasSize(length);
    double total = 0;
    for (float value : values) {
      total += value;
    }
    assertThat(total).isCloseTo(sum, within(6e-7));
    assertThat((double) values[0]).isCloseTo(first, within(1e-6 * Math.abs(first)));
    assertThat((double) values[length - 1]).isCloseTo(last, within(1e-6 * Math.abs(last)));
  }

  /** AL-33. */
  @Test
  void hasThePublishedSize() {
    int count = 1 + weights().output().weight().length;
    for (HiddenLayer layer : weights().hidden()) {
      count += layer.weight().length + 5 * layer.width();
    }
    assertThat(count).isEqualTo(145_153);
  }

  /** AL-36. */
  @Test
  void uniformEnvironments() {
    double[] expected = {0.38723, 1.020097, 1.722549, 1.130678};
    DoubleTwin twin = twin(InputOrder.AUTHORS, 1e-5);
    for (int code = 0; code < expected.length; code++) {
      byte[] canonical = new byte[112];
      java.util.Arrays.fill(canonical, (byte) code);
      assertThat(twin.output(canonical)).isCloseTo(expected[code], within(6e-6));
    }
    assertThat(twin(InputOrder.AUTHORS, 1e-3).output(new byte[112]))
        .isCloseTo(0.387262, within(6e-7));
  }

  /** AL-37, three variants, in double and in production arithmetic. */
  @Test
  void testVectorA() {
    byte[] environment = vectorA();
    compare(
        environment,
        InputOrder.AUTHORS,
        1e-5,
        new double[] {
          1.377455, 1.910517, 1.604408, 2.040285, 1.936073, 1.396268, 2.016968, 1.592333
        });
    compare(
        environment,
        InputOrder.AUTHORS,
        1e-3,
        new double[] {
          1.377457, 1.910519, 1.604409, 2.040285, 1.936073, 1.396274, 2.016969, 1.592332
        });
    compare(
        environment,
        InputOrder.NNK,
        1e-3,
        new double[] {
          1.347361, 1.898569, 1.616878, 2.062188, 1.935218, 1.427454, 1.998163, 1.598549
        });
  }

  private static void compare(
      byte[] environment, InputOrder order, double epsilon, double[] expected) {
    double[] exact = twin(order, epsilon).barriers(environment, 0);
    float[] plain = production(order, epsilon, KernelFactories.plain(), environment);
    float[] fast = production(order, epsilon, KernelFactories.fastest(), environment);
    assertThat(fast).isEqualTo(plain);
    for (int d = 0; d < expected.length; d++) {
      assertThat(exact[d]).isCloseTo(expected[d], within(6e-7));
      assertThat((double) plain[d]).isCloseTo(exact[d], within(BUDGET));
    }
  }

  private static byte[] vectorA() {
    Lattice lattice = new Lattice(Crystal.bcc(), 8, 8, 8);
    for (int i = 0; i < 16; i++) {
      for (int j = i & 1; j < 16; j += 2) {
        for (int k = i & 1; k < 16; k += 2) {
          int type = 1 + (7 * i + 11 * j + 13 * k + i * j + j * k * k) % 3;
          lattice.set(i / 2, j / 2, k / 2, i & 1, (byte) type);
        }
      }
    }
    assertThat(lattice.counts()).startsWith(0, 227, 453, 344);
    byte[] environment = new byte[112];
    lattice.gather(4, 4, 4, 0, environment, 0);
    return environment;
  }

  /** AL-39: mean, deviation and range of random equimolar environments. */
  @Test
  void randomEnvironments() {
    java.util.Random random = new java.util.Random(1);
    DoubleTwin twin = twin(InputOrder.AUTHORS, 1e-5);
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int i = 0; i < 60; i++) {
      byte[] environment = new byte[112];
      for (int j = 0; j < 112; j++) {
        environment[j] = (byte) (1 + random.nextInt(3));
      }
      for (double barrier : twin.barriers(environment, i & 1)) {
        sum += barrier;
        squares += barrier * barrier;
        n++;
      }
    }
    assertThat(sum / n).isCloseTo(1.778, within(0.04));
    assertThat(Math.sqrt(squares / n - sum * sum / n / n)).isCloseTo(0.262, within(0.04));
  }
}
