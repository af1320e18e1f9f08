package org.latticelift.learn.kernel;

import org.latticelift.sim.kernel.FastestKernel;

/**
 * Dense layers of points side by side, in double precision: element after element, each a row of
 * {@link #LANES} points. Sums run over ascending inputs with fused multiply-adds, so all
 * implementations give the same bits, and a point does not depend on its neighbours.
 */
public interface PointLayers {
  /** Points of a row. */
  int LANES = 32;

  /**
   * y += W x.
   *
   * @param weights [inputs][outputs]
   * @param x [inputs][LANES], not modified
   * @param y [outputs][LANES]
   */
  void add(int outputs, int inputs, double[] weights, double[] x, double[] y);

  /** With vectors where the Vector API is there. */
  static PointLayers fastest() {
    return Plain.FASTEST.get();
  }

  /** Plain Java, several times slower. */
  final class Plain implements PointLayers {
    private static final FastestKernel<PointLayers> FASTEST =
        new FastestKernel<>(PointLayers.class, Plain::new, "plain means, several times slower");

    @Override
    public void add(int outputs, int inputs, double[] weights, double[] x, double[] y) {
      for (int o = 0; o < outputs; o++) {
        for (int k = 0; k < inputs; k++) {
          double w = weights[k * outputs + o];
          for (int l = 0; l < LANES; l++) {
            y[o * LANES + l] = Math.fma(w, x[k * LANES + l], y[o * LANES + l]);
          }
        }
      }
    }
  }
}
