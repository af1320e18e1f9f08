package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class OnsagerTest {
  private final RandomStream stream = new Streams(11).stream(Purpose.CHECK, 1);

  private static double[] state(SdeArchitecture a, RandomStream stream) {
    double[] z = new double[a.dimension()];
    Arrays.setAll(z, i -> stream.normal());
    return z;
  }

  /** V of ME-54 from what the drift leaves. */
  private static double value(PlainSdeKernel kernel, double beta, double[] z) {
    kernel.drift(z);
    double sum = 0;
    for (double component : kernel.vector(SdeProgram.POTENTIAL)) {
      sum += component * component;
    }
    for (double component : z) {
      sum += beta * component * component;
    }
    return sum;
  }

  @Test
  void gradientOfMe55AgreesWithFiniteDifferences() {
    for (SdeArchitecture a : onsager()) {
      PlainSdeKernel kernel = new PlainSdeKernel(a, larger(a), 1700, 1);
      double beta = a.drift().potBeta();
      for (int trial = 0; trial < 20; trial++) {
        double[] z = state(a, stream);
        kernel.drift(z);
        double[] gradient = kernel.vector(SdeProgram.GRADIENT);
        for (int i = 0; i < z.length; i++) {
          double h = 1e-5;
          double[] up = z.clone();
          double[] down = z.clone();
          up[i] += h;
          down[i] -= h;
          double difference = (value(kernel, beta, up) - value(kernel, beta, down)) / (2 * h);
          assertThat(gradient[i]).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
      }
    }
  }

  /** The drift of ME-50 without force, from the matrices written out. */
  @Test
  void dissipationIsPositiveAndConservationAntisymmetric() {
    for (SdeArchitecture a : onsager()) {
      DriftSpec given = a.drift();
      DriftSpec spec =
          new DriftSpec(
              given.kind(), given.hidden(), given.potBeta(), given.dissipation(), false, false);
      SdeArchitecture free = new SdeArchitecture(a.dimension(), a.embedding(), spec, a.diffusion());
      PlainSdeKernel kernel = new PlainSdeKernel(free, larger(free), 1700, 1);
      int d = a.dimension();
      for (int trial = 0; trial < 50; trial++) {
        double[] mu = kernel.drift(state(a, stream));
        double[] g = kernel.vector(SdeProgram.GRADIENT);
        double[] entries = kernel.vector(SdeProgram.MATRIX);
        double[] expected = new double[d];
        double work = 0;
        double rotation = 0;
        for (int i = 0; i < d; i++) {
          for (int j = 0; j < d; j++) {
            double m = i == j ? given.dissipation() : 0;
            for (int k = 0; k <= Math.min(i, j); k++) {
              m += entries[i * d + k] * entries[j * d + k];
            }
            double w = i == j ? 0 : i < j ? entries[i * d + j] : -entries[j * d + i];
            expected[i] -= (m + w) * g[j];
            work += g[i] * m * g[j];
            rotation += g[i] * w * g[j];
          }
        }
        double size = Math.abs(work) + 1;
        assertThat(work).isGreaterThanOrEqualTo(0);
        assertThat(rotation).isCloseTo(0, within(1e-12 * size));
        assertThat(mu).containsExactly(expected, within(1e-11 * size));
      }
    }
  }

  private static List<SdeArchitecture> onsager() {
    return Architectures.networks().stream()
        .filter(a -> a.drift().kind() == DriftKind.ONSAGER)
        .toList();
  }

  /** Weights five times the initial ones, so that every branch of the activation is used. */
  private SdeParameters larger(SdeArchitecture a) {
    float[] flat = SdeParameters.initial(a, stream).flat();
    for (int i = 0; i < flat.length; i++) {
      flat[i] *= 5;
    }
    return SdeParameters.of(a, flat);
  }
}
