package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.train.GraphLoss.GaussianLoss;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** The batched elimination against an explicit inverse and determinant (ME-29, ME-30). */
class GaussianLossTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 8})
  void agreesWithExplicitInverse(int d) {
    int batch = 37;
    double kappa = 8;
    double epsilon = 1e-3;
    RandomStream stream = new Streams(9).stream(Purpose.CHECK, d);
    float[] r = normals(stream, batch * d, 0.3);
    float[] s = normals(stream, batch * d * d, 1);
    float[] dt = new float[batch];
    for (int b = 0; b < batch; b++) {
      dt[b] = (float) (0.01 + 0.05 * stream.uniform());
    }
    double expected = 0;
    for (int b = 0; b < batch; b++) {
      expected += single(r, s, dt[b], b, d, kappa, epsilon);
    }
    try (NDManager manager = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      NDArray loss =
          new GaussianLoss(LossCovariance.uniform(kappa, epsilon, d))
              .sum(
                  manager.create(r, new Shape(batch, d)),
                  manager.create(s, new Shape(batch, d, d)),
                  manager.create(dt, new Shape(batch, 1)));
      assertThat((double) loss.getFloat())
          .isCloseTo(expected, within(1e-3 * (batch + Math.abs(expected))));
    }
  }

  private static double single(
      float[] r, float[] s, double dt, int b, int d, double kappa, double epsilon) {
    RealMatrix sigma = new Array2DRowRealMatrix(d, d);
    RealVector residual = new ArrayRealVector(d);
    for (int i = 0; i < d; i++) {
      residual.setEntry(i, r[b * d + i]);
      for (int j = 0; j < d; j++) {
        sigma.setEntry(i, j, s[(b * d + i) * d + j]);
      }
    }
    RealMatrix a = sigma.multiplyTransposed(sigma).scalarMultiply(kappa * dt);
    for (int i = 0; i < d; i++) {
      a.addToEntry(i, i, epsilon);
    }
    LUDecomposition lu = new LUDecomposition(a);
    return residual.dotProduct(lu.getSolver().getInverse().operate(residual))
        + Math.log(Math.abs(lu.getDeterminant()));
  }

  private static float[] normals(RandomStream stream, int n, double scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * stream.normal());
    }
    return values;
  }
}
