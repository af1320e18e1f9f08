package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.kernel.PlainSdeKernel.OnsagerPotential;
import org.latticelift.learn.kernel.PlainSdeKernel.PlainOnsager;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class OnsagerTest {
  private final RandomStream stream = new Streams(11).stream(Purpose.CHECK, 1);

  @Test
  void gradientOfMe55AgreesWithFiniteDifferences() {
    for (SdeArchitecture a : Architectures.all()) {
      if (a.drift().kind() != DriftKind.ONSAGER) {
        continue;
      }
      SdeParameters p = larger(a);
      OnsagerPotential potential =
          new OnsagerPotential(new KernelParameters(a, p, 1700), a.drift());
      for (int trial = 0; trial < 20; trial++) {
        double[] z = new double[a.dimension()];
        for (int i = 0; i < z.length; i++) {
          z[i] = stream.normal();
        }
        double[] gradient = potential.gradient(z);
        for (int i = 0; i < z.length; i++) {
          double h = 1e-5;
          double[] up = z.clone();
          double[] down = z.clone();
          up[i] += h;
          down[i] -= h;
          double difference = (potential.value(up) - potential.value(down)) / (2 * h);
          assertThat(gradient[i]).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
      }
    }
  }

  @Test
  void dissipationIsPositiveAndConservationAntisymmetric() {
    int d = 5;
    double[] a = new double[d * d];
    for (int trial = 0; trial < 50; trial++) {
      for (int k = 0; k < a.length; k++) {
        a[k] = stream.normal();
      }
      double[][] m = PlainOnsager.dissipation(a, d);
      double[][] w = PlainOnsager.conservation(a, d);
      double[] g = new double[d];
      for (int i = 0; i < d; i++) {
        g[i] = stream.normal();
      }
      double work = 0;
      double rotation = 0;
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          assertThat(m[i][j]).isEqualTo(m[j][i]);
          assertThat(w[i][j]).isEqualTo(-w[j][i]);
          work += g[i] * m[i][j] * g[j];
          rotation += g[i] * w[i][j] * g[j];
        }
      }
      assertThat(work).isGreaterThanOrEqualTo(0);
      assertThat(rotation).isCloseTo(0, within(1e-12));
    }
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
