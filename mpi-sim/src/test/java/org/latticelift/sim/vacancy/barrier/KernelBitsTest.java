package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.DenseLayer;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.PolynomialExp;
import org.latticelift.sim.vacancy.barrier.vector.VectorKernelFactory;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Every kernel gives the bits of the plain twin, whatever the widths, the batch and the shape. */
class KernelBitsTest {
  private static final int[][] WIDTHS = {
    {1}, {3, 5}, {16, 16}, {17, 33}, {32, 32}, {31, 64, 7}, {64, 64, 64}, {100, 20, 48}
  };

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void bodyCentredCubic(int bits) {
    compare(Crystal.bcc(), 3, new VectorKernelFactory(bits));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void faceCentredCubic(int bits) {
    compare(Crystal.fcc(), 4, new VectorKernelFactory(bits));
  }

  private static void compare(Crystal crystal, int species, DenseKernelFactory factory) {
    Random random = new Random(7);
    for (Activation activation : Activation.values()) {
      for (int[] widths : WIDTHS) {
        BarrierWeights weights =
            RandomWeights.oneHot(crystal, species, activation, random.nextLong(), widths);
        for (int count : new int[] {1, 1 + random.nextInt(12)}) {
          byte[] environments = RandomWeights.environments(random, crystal, species, count);
          int[] basis = random.ints(count, 0, crystal.basisCount()).toArray();
          float[] expected = batch(weights, crystal, KernelFactories.plain(), environments, basis);
          assertThat(batch(weights, crystal, factory, environments, basis)).isEqualTo(expected);
          assertThat(single(weights, crystal, factory, environments, basis)).isEqualTo(expected);
          closeToDouble(weights, crystal, environments, basis, expected);
        }
      }
    }
  }

  /** No crystal here has such an environment, but a user's may. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void anOddNumberOfPositionsWithoutSymmetry(int bits) {
    Random random = new Random(13);
    int sites = 7;
    HopBlock hops = HopBlockTest.withoutSymmetry(sites, random);
    for (Activation activation : Activation.values()) {
      NetworkParameters network = random(random, sites, activation, 70, 33);
      byte[] codes = new byte[sites];
      for (int i = 0; i < sites; i++) {
        codes[i] = (byte) random.nextInt(network.codes());
      }
      float[] expected = new float[8];
      float[] found = new float[8];
      KernelFactories.plain()
          .create(network)
          .evaluate(1, codes, new int[1], new HopBlock[] {hops}, expected);
      new VectorKernelFactory(bits)
          .create(network)
          .evaluate(1, codes, new int[1], new HopBlock[] {hops}, found);
      assertThat(found).isEqualTo(expected);
      assertThat(expected).doesNotHaveDuplicates();
    }
  }

  private static NetworkParameters random(
      Random random, int sites, Activation activation, int first, int second) {
    int codes = 3;
    DenseLayer dense =
        new DenseLayer(first, second, numbers(random, first * second), numbers(random, second));
    return new NetworkParameters(
        sites,
        codes,
        first,
        numbers(random, sites * codes * first),
        numbers(random, first),
        List.of(dense),
        numbers(random, second),
        0.5f,
        activation);
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Long enough that the just-in-time compiler replaces all of both kernels on the way. */
  @Test
  @Tag("law")
  void compiledCodeGivesTheSameBits() {
    Random random = new Random(11);
    for (Activation activation : Activation.values()) {
      BarrierWeights weights = RandomWeights.oneHot(Crystal.bcc(), 3, activation, 5, 64, 33, 64);
      BarrierKernel plain = model(weights, Crystal.bcc(), KernelFactories.plain()).newKernel();
      BarrierKernel fast = model(weights, Crystal.bcc(), KernelFactories.fastest()).newKernel();
      float[] expected = new float[8];
      float[] found = new float[8];
      for (int i = 0; i < 100_000; i++) {
        byte[] environment = RandomWeights.environments(random, Crystal.bcc(), 3, 1);
        plain.barriers(environment, 0, i & 1, expected, 0);
        fast.barriers(environment, 0, i & 1, found, 0);
        assertThat(java.util.Arrays.equals(found, expected)).as("environment %d", i).isTrue();
      }
    }
  }

  /**
   * Vectors that the compiler cannot keep in registers would be objects. Kernels of several shapes
   * run first, so that profiles of what they share say nothing; the network with 96 neurons is one
   * that nothing else has compiled code for.
   */
  @Test
  @Tag("law")
  void compiledCodeAllocatesNothing() {
    for (int bits : new int[] {128, 256, 128, 256}) {
      allocated(new VectorKernelFactory(bits), Activation.RELU, 48, 48);
    }
    DenseKernelFactory fastest = KernelFactories.fastest();
    assertThat(allocated(fastest, Activation.RELU, 128, 128, 128, 128)).isLessThan(20_000);
    assertThat(allocated(fastest, Activation.SILU, 64, 64, 64)).isLessThan(20_000);
    assertThat(allocated(fastest, Activation.SILU, 32, 32)).isLessThan(20_000);
    assertThat(allocated(fastest, Activation.SILU, 96, 96)).isLessThan(20_000);
  }

  /** Bytes that 2000 evaluations allocate after 60 000 others. */
  private static long allocated(DenseKernelFactory factory, Activation activation, int... widths) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    byte[] environments = RandomWeights.environments(new Random(3), Crystal.bcc(), 3, 64);
    float[] barriers = new float[8];
    BarrierWeights weights = RandomWeights.oneHot(Crystal.bcc(), 3, activation, 5, widths);
    BarrierKernel kernel = model(weights, Crystal.bcc(), factory).newKernel();
    long before = 0;
    for (int i = 0; i < 62_000; i++) {
      if (i == 60_000) {
        before = threads.getThreadAllocatedBytes(thread);
      }
      kernel.barriers(environments, i % 64 * 112, 0, barriers, 0);
    }
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  private static NetworkBarrier model(
      BarrierWeights weights, Crystal crystal, DenseKernelFactory factory) {
    return new NetworkBarrier(
        "test", weights, crystal, Optional.empty(), Optional.empty(), factory);
  }

  private static float[] batch(
      BarrierWeights weights,
      Crystal crystal,
      DenseKernelFactory factory,
      byte[] environments,
      int[] basis) {
    float[] barriers = new float[basis.length * crystal.hopCount()];
    model(weights, crystal, factory)
        .newKernel()
        .barriers(basis.length, environments, basis, barriers);
    return barriers;
  }

  private static float[] single(
      BarrierWeights weights,
      Crystal crystal,
      DenseKernelFactory factory,
      byte[] environments,
      int[] basis) {
    BarrierKernel kernel = model(weights, crystal, factory).newKernel();
    float[] barriers = new float[basis.length * crystal.hopCount()];
    for (int i = 0; i < basis.length; i++) {
      kernel.barriers(
          environments, i * crystal.environmentSize(), basis[i], barriers, i * crystal.hopCount());
    }
    return barriers;
  }

  private static void closeToDouble(
      BarrierWeights weights, Crystal crystal, byte[] environments, int[] basis, float[] barriers) {
    DoubleTwin twin = new DoubleTwin(weights, crystal, Optional.empty(), Optional.empty());
    int size = crystal.environmentSize();
    for (int i = 0; i < basis.length; i++) {
      byte[] one = java.util.Arrays.copyOfRange(environments, i * size, (i + 1) * size);
      double[] expected = twin.barriers(one, basis[i]);
      for (int d = 0; d < expected.length; d++) {
        double barrier = barriers[i * expected.length + d];
        if (Double.isInfinite(expected[d])) {
          assertThat(barrier).isEqualTo(Double.POSITIVE_INFINITY);
        } else {
          assertThat(barrier).isCloseTo(expected[d], within(5e-6));
        }
      }
    }
  }

  /** The exponential is within 2 units in the last place, and the same everywhere. */
  @Test
  void exponential() {
    double worst = 0;
    for (int i = -870_000; i <= 870_000; i += 7) {
      float x = i * 1e-4f;
      double exact = Math.exp(x);
      double error = Math.abs(PolynomialExp.exp(x) - exact) / Math.ulp((float) exact);
      worst = Math.max(worst, error);
    }
    assertThat(worst).isLessThan(2);
    assertThat(PolynomialExp.exp(0)).isEqualTo(1f);
    assertThat(PolynomialExp.exp(1e30f)).isEqualTo(PolynomialExp.exp(87f)).isFinite();
    assertThat(PolynomialExp.exp(-1e30f)).isEqualTo(PolynomialExp.exp(-87f)).isPositive();
    assertThat(PolynomialExp.silu(-200f)).isCloseTo(0f, within(1e-30f));
    assertThat(PolynomialExp.silu(200f)).isEqualTo(200f);
  }
}
