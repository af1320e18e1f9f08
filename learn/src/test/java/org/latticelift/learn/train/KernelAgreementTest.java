package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.GraphLoss.SdeGraph;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** The Java kernels against the engine's forward pass: 1e-5 relative to the largest entry. */
class KernelAgreementTest {
  private static final int COUNT = 67;
  private static final double KELVIN = 1700;

  static java.util.List<SdeArchitecture> architectures() {
    return Architectures.networks();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void kernelsMatchTheEngine(SdeArchitecture a) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 2);
    SdeParameters parameters = SdeParameters.initial(a, stream);
    int d = a.dimension();
    float[][] z = new float[d][COUNT];
    float[] rows = new float[COUNT * d];
    for (int t = 0; t < COUNT; t++) {
      for (int i = 0; i < d; i++) {
        z[i][t] = (float) stream.normal();
        rows[t * d + i] = z[i][t];
      }
    }
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      NDArray flat = root.create(parameters.flat());
      NDArray condition =
          root.full(new Shape(COUNT, 1), (float) SdeArchitecture.normalised(KELVIN));
      SdeGraph.Output out =
          new SdeGraph(a)
              .bind(root, flat)
              .forward(root.create(rows, new Shape(COUNT, d)), condition);
      float[] drift = out.drift().toFloatArray();
      float[] sigma = out.sigma().toFloatArray();
      compare(SdeKernel.batched(a, parameters, KELVIN, COUNT), z, drift, sigma);
      compare(SdeKernel.plain(a, parameters, KELVIN, COUNT), z, drift, sigma);
    }
  }

  private static void compare(SdeKernel kernel, float[][] z, float[] drift, float[] sigma) {
    int d = kernel.dimension();
    float[][] mu = new float[d][COUNT];
    float[][] s = new float[d * d][COUNT];
    kernel.evaluate(COUNT, z, mu, s);
    check(mu, drift);
    check(s, sigma);
  }

  private static void check(float[][] actual, float[] expected) {
    double scale = 0;
    for (float e : expected) {
      scale = Math.max(scale, Math.abs(e));
    }
    for (int t = 0; t < COUNT; t++) {
      for (int i = 0; i < actual.length; i++) {
        assertThat((double) actual[i][t])
            .isCloseTo(expected[t * actual.length + i], within(1e-5 * scale));
      }
    }
  }
}
