package org.latticelift.learn.kernel.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.kernel.TileWeights;
import org.latticelift.sim.kernel.vector.VectorShape;

/**
 * Dense layers for one vector shape; {@link VectorShape} defines this class once per shape.
 *
 * <p>In wide tiles eight outputs by three vectors of trajectories are kept in registers where there
 * are 32 of them (shapes of 512 bits), else four by three. Per input that takes 24 multiply-adds, 8
 * broadcasts straight from memory and 3 loads, so the multiply-add units are busy nearly all the
 * time. The loops are written out because only vectors in local variables stay in registers.
 */
final class VectorProduct implements ProductLoops {
  private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());

  /**
   * Sums are cast to it before they are stored: their class is otherwise known from profiles only.
   */
  private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();

  private static final int V = F.length();
  private static final int LANES = COLUMNS * V;
  private static final int GROUP = TileWeights.GROUP;
  private static final boolean EIGHT = V >= 16;
  private static final int PLAIN = 0;
  private static final int ADD = 1;
  private static final int RECTIFY = 2;

  @Override
  public int vector() {
    return V;
  }

  @Override
  public void wide(TileWeights weights, float[] m, int x, int y, boolean add) {
    int mode = mode(weights, add);
    int inputs = weights.inputs();
    int outputs = weights.outputs();
    float[] w = weights.packed();
    int o = 0;
    if (EIGHT) {
      for (; o + 2 * GROUP <= outputs; o += 2 * GROUP) {
        wideEight(w, o * (inputs + 1), inputs, m, x, y + o * LANES, mode);
      }
    }
    for (; o < outputs; o += GROUP) {
      wideFour(w, o * (inputs + 1), inputs, m, x, y + o * LANES, mode);
    }
  }

  @Override
  public void narrow(TileWeights weights, float[] m, int x, int y, boolean add) {
    int mode = mode(weights, add);
    int inputs = weights.inputs();
    int outputs = weights.outputs();
    float[] w = weights.packed();
    int o = 0;
    for (; o + 2 * GROUP <= outputs; o += 2 * GROUP) {
      narrowEight(w, o * (inputs + 1), inputs, m, x, y + o * V, mode);
    }
    for (; o < outputs; o += GROUP) {
      narrowFour(w, o * (inputs + 1), inputs, m, x, y + o * V, mode);
    }
  }

  private static int mode(TileWeights weights, boolean add) {
    return add ? ADD : weights.rectified() ? RECTIFY : PLAIN;
  }

  // Tiles, written by TileSources in the tests of learn/bench: change them there.

  /** Two groups of outputs by three vectors. */
  private static void wideEight(float[] w, int at, int inputs, float[] m, int x, int y, int mode) {
    int next = at + GROUP * (inputs + 1);
    FloatVector a0 = FloatVector.broadcast(F, w[at]);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector b0 = FloatVector.broadcast(F, w[at + 1]);
    FloatVector b1 = b0;
    FloatVector b2 = b0;
    FloatVector c0 = FloatVector.broadcast(F, w[at + 2]);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector d0 = FloatVector.broadcast(F, w[at + 3]);
    FloatVector d1 = d0;
    FloatVector d2 = d0;
    FloatVector e0 = FloatVector.broadcast(F, w[next]);
    FloatVector e1 = e0;
    FloatVector e2 = e0;
    FloatVector f0 = FloatVector.broadcast(F, w[next + 1]);
    FloatVector f1 = f0;
    FloatVector f2 = f0;
    FloatVector g0 = FloatVector.broadcast(F, w[next + 2]);
    FloatVector g1 = g0;
    FloatVector g2 = g0;
    FloatVector h0 = FloatVector.broadcast(F, w[next + 3]);
    FloatVector h1 = h0;
    FloatVector h2 = h0;
    if (mode == ADD) {
      a0 = FloatVector.fromArray(F, m, y);
      a1 = FloatVector.fromArray(F, m, y + V);
      a2 = FloatVector.fromArray(F, m, y + 2 * V);
      b0 = FloatVector.fromArray(F, m, y + LANES);
      b1 = FloatVector.fromArray(F, m, y + LANES + V);
      b2 = FloatVector.fromArray(F, m, y + LANES + 2 * V);
      c0 = FloatVector.fromArray(F, m, y + 2 * LANES);
      c1 = FloatVector.fromArray(F, m, y + 2 * LANES + V);
      c2 = FloatVector.fromArray(F, m, y + 2 * LANES + 2 * V);
      d0 = FloatVector.fromArray(F, m, y + 3 * LANES);
      d1 = FloatVector.fromArray(F, m, y + 3 * LANES + V);
      d2 = FloatVector.fromArray(F, m, y + 3 * LANES + 2 * V);
      e0 = FloatVector.fromArray(F, m, y + 4 * LANES);
      e1 = FloatVector.fromArray(F, m, y + 4 * LANES + V);
      e2 = FloatVector.fromArray(F, m, y + 4 * LANES + 2 * V);
      f0 = FloatVector.fromArray(F, m, y + 5 * LANES);
      f1 = FloatVector.fromArray(F, m, y + 5 * LANES + V);
      f2 = FloatVector.fromArray(F, m, y + 5 * LANES + 2 * V);
      g0 = FloatVector.fromArray(F, m, y + 6 * LANES);
      g1 = FloatVector.fromArray(F, m, y + 6 * LANES + V);
      g2 = FloatVector.fromArray(F, m, y + 6 * LANES + 2 * V);
      h0 = FloatVector.fromArray(F, m, y + 7 * LANES);
      h1 = FloatVector.fromArray(F, m, y + 7 * LANES + V);
      h2 = FloatVector.fromArray(F, m, y + 7 * LANES + 2 * V);
    }
    for (int k = 0; k < inputs; k++) {
      FloatVector x0 = FloatVector.fromArray(F, m, x + k * LANES);
      FloatVector x1 = FloatVector.fromArray(F, m, x + k * LANES + V);
      FloatVector x2 = FloatVector.fromArray(F, m, x + k * LANES + 2 * V);
      FloatVector w0 = FloatVector.broadcast(F, w[at + GROUP * k + 4]);
      a0 = w0.fma(x0, a0);
      a1 = w0.fma(x1, a1);
      a2 = w0.fma(x2, a2);
      FloatVector w1 = FloatVector.broadcast(F, w[at + GROUP * k + 5]);
      b0 = w1.fma(x0, b0);
      b1 = w1.fma(x1, b1);
      b2 = w1.fma(x2, b2);
      FloatVector w2 = FloatVector.broadcast(F, w[at + GROUP * k + 6]);
      c0 = w2.fma(x0, c0);
      c1 = w2.fma(x1, c1);
      c2 = w2.fma(x2, c2);
      FloatVector w3 = FloatVector.broadcast(F, w[at + GROUP * k + 7]);
      d0 = w3.fma(x0, d0);
      d1 = w3.fma(x1, d1);
      d2 = w3.fma(x2, d2);
      FloatVector w4 = FloatVector.broadcast(F, w[next + GROUP * k + 4]);
      e0 = w4.fma(x0, e0);
      e1 = w4.fma(x1, e1);
      e2 = w4.fma(x2, e2);
      FloatVector w5 = FloatVector.broadcast(F, w[next + GROUP * k + 5]);
      f0 = w5.fma(x0, f0);
      f1 = w5.fma(x1, f1);
      f2 = w5.fma(x2, f2);
      FloatVector w6 = FloatVector.broadcast(F, w[next + GROUP * k + 6]);
      g0 = w6.fma(x0, g0);
      g1 = w6.fma(x1, g1);
      g2 = w6.fma(x2, g2);
      FloatVector w7 = FloatVector.broadcast(F, w[next + GROUP * k + 7]);
      h0 = w7.fma(x0, h0);
      h1 = w7.fma(x1, h1);
      h2 = w7.fma(x2, h2);
    }
    if (mode == RECTIFY) {
      FloatVector zero = FloatVector.zero(F);
      a0 = a0.blend(zero, a0.compare(VectorOperators.LT, zero));
      a1 = a1.blend(zero, a1.compare(VectorOperators.LT, zero));
      a2 = a2.blend(zero, a2.compare(VectorOperators.LT, zero));
      b0 = b0.blend(zero, b0.compare(VectorOperators.LT, zero));
      b1 = b1.blend(zero, b1.compare(VectorOperators.LT, zero));
      b2 = b2.blend(zero, b2.compare(VectorOperators.LT, zero));
      c0 = c0.blend(zero, c0.compare(VectorOperators.LT, zero));
      c1 = c1.blend(zero, c1.compare(VectorOperators.LT, zero));
      c2 = c2.blend(zero, c2.compare(VectorOperators.LT, zero));
      d0 = d0.blend(zero, d0.compare(VectorOperators.LT, zero));
      d1 = d1.blend(zero, d1.compare(VectorOperators.LT, zero));
      d2 = d2.blend(zero, d2.compare(VectorOperators.LT, zero));
      e0 = e0.blend(zero, e0.compare(VectorOperators.LT, zero));
      e1 = e1.blend(zero, e1.compare(VectorOperators.LT, zero));
      e2 = e2.blend(zero, e2.compare(VectorOperators.LT, zero));
      f0 = f0.blend(zero, f0.compare(VectorOperators.LT, zero));
      f1 = f1.blend(zero, f1.compare(VectorOperators.LT, zero));
      f2 = f2.blend(zero, f2.compare(VectorOperators.LT, zero));
      g0 = g0.blend(zero, g0.compare(VectorOperators.LT, zero));
      g1 = g1.blend(zero, g1.compare(VectorOperators.LT, zero));
      g2 = g2.blend(zero, g2.compare(VectorOperators.LT, zero));
      h0 = h0.blend(zero, h0.compare(VectorOperators.LT, zero));
      h1 = h1.blend(zero, h1.compare(VectorOperators.LT, zero));
      h2 = h2.blend(zero, h2.compare(VectorOperators.LT, zero));
    }
    CLASS.cast(a0).intoArray(m, y);
    CLASS.cast(a1).intoArray(m, y + V);
    CLASS.cast(a2).intoArray(m, y + 2 * V);
    CLASS.cast(b0).intoArray(m, y + LANES);
    CLASS.cast(b1).intoArray(m, y + LANES + V);
    CLASS.cast(b2).intoArray(m, y + LANES + 2 * V);
    CLASS.cast(c0).intoArray(m, y + 2 * LANES);
    CLASS.cast(c1).intoArray(m, y + 2 * LANES + V);
    CLASS.cast(c2).intoArray(m, y + 2 * LANES + 2 * V);
    CLASS.cast(d0).intoArray(m, y + 3 * LANES);
    CLASS.cast(d1).intoArray(m, y + 3 * LANES + V);
    CLASS.cast(d2).intoArray(m, y + 3 * LANES + 2 * V);
    CLASS.cast(e0).intoArray(m, y + 4 * LANES);
    CLASS.cast(e1).intoArray(m, y + 4 * LANES + V);
    CLASS.cast(e2).intoArray(m, y + 4 * LANES + 2 * V);
    CLASS.cast(f0).intoArray(m, y + 5 * LANES);
    CLASS.cast(f1).intoArray(m, y + 5 * LANES + V);
    CLASS.cast(f2).intoArray(m, y + 5 * LANES + 2 * V);
    CLASS.cast(g0).intoArray(m, y + 6 * LANES);
    CLASS.cast(g1).intoArray(m, y + 6 * LANES + V);
    CLASS.cast(g2).intoArray(m, y + 6 * LANES + 2 * V);
    CLASS.cast(h0).intoArray(m, y + 7 * LANES);
    CLASS.cast(h1).intoArray(m, y + 7 * LANES + V);
    CLASS.cast(h2).intoArray(m, y + 7 * LANES + 2 * V);
  }

  /** One group of outputs by three vectors. */
  private static void wideFour(float[] w, int at, int inputs, float[] m, int x, int y, int mode) {
    FloatVector a0 = FloatVector.broadcast(F, w[at]);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector b0 = FloatVector.broadcast(F, w[at + 1]);
    FloatVector b1 = b0;
    FloatVector b2 = b0;
    FloatVector c0 = FloatVector.broadcast(F, w[at + 2]);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector d0 = FloatVector.broadcast(F, w[at + 3]);
    FloatVector d1 = d0;
    FloatVector d2 = d0;
    if (mode == ADD) {
      a0 = FloatVector.fromArray(F, m, y);
      a1 = FloatVector.fromArray(F, m, y + V);
      a2 = FloatVector.fromArray(F, m, y + 2 * V);
      b0 = FloatVector.fromArray(F, m, y + LANES);
      b1 = FloatVector.fromArray(F, m, y + LANES + V);
      b2 = FloatVector.fromArray(F, m, y + LANES + 2 * V);
      c0 = FloatVector.fromArray(F, m, y + 2 * LANES);
      c1 = FloatVector.fromArray(F, m, y + 2 * LANES + V);
      c2 = FloatVector.fromArray(F, m, y + 2 * LANES + 2 * V);
      d0 = FloatVector.fromArray(F, m, y + 3 * LANES);
      d1 = FloatVector.fromArray(F, m, y + 3 * LANES + V);
      d2 = FloatVector.fromArray(F, m, y + 3 * LANES + 2 * V);
    }
    for (int k = 0; k < inputs; k++) {
      FloatVector x0 = FloatVector.fromArray(F, m, x + k * LANES);
      FloatVector x1 = FloatVector.fromArray(F, m, x + k * LANES + V);
      FloatVector x2 = FloatVector.fromArray(F, m, x + k * LANES + 2 * V);
      FloatVector w0 = FloatVector.broadcast(F, w[at + GROUP * k + 4]);
      a0 = w0.fma(x0, a0);
      a1 = w0.fma(x1, a1);
      a2 = w0.fma(x2, a2);
      FloatVector w1 = FloatVector.broadcast(F, w[at + GROUP * k + 5]);
      b0 = w1.fma(x0, b0);
      b1 = w1.fma(x1, b1);
      b2 = w1.fma(x2, b2);
      FloatVector w2 = FloatVector.broadcast(F, w[at + GROUP * k + 6]);
      c0 = w2.fma(x0, c0);
      c1 = w2.fma(x1, c1);
      c2 = w2.fma(x2, c2);
      FloatVector w3 = FloatVector.broadcast(F, w[at + GROUP * k + 7]);
      d0 = w3.fma(x0, d0);
      d1 = w3.fma(x1, d1);
      d2 = w3.fma(x2, d2);
    }
    if (mode == RECTIFY) {
      FloatVector zero = FloatVector.zero(F);
      a0 = a0.blend(zero, a0.compare(VectorOperators.LT, zero));
      a1 = a1.blend(zero, a1.compare(VectorOperators.LT, zero));
      a2 = a2.blend(zero, a2.compare(VectorOperators.LT, zero));
      b0 = b0.blend(zero, b0.compare(VectorOperators.LT, zero));
      b1 = b1.blend(zero, b1.compare(VectorOperators.LT, zero));
      b2 = b2.blend(zero, b2.compare(VectorOperators.LT, zero));
      c0 = c0.blend(zero, c0.compare(VectorOperators.LT, zero));
      c1 = c1.blend(zero, c1.compare(VectorOperators.LT, zero));
      c2 = c2.blend(zero, c2.compare(VectorOperators.LT, zero));
      d0 = d0.blend(zero, d0.compare(VectorOperators.LT, zero));
      d1 = d1.blend(zero, d1.compare(VectorOperators.LT, zero));
      d2 = d2.blend(zero, d2.compare(VectorOperators.LT, zero));
    }
    CLASS.cast(a0).intoArray(m, y);
    CLASS.cast(a1).intoArray(m, y + V);
    CLASS.cast(a2).intoArray(m, y + 2 * V);
    CLASS.cast(b0).intoArray(m, y + LANES);
    CLASS.cast(b1).intoArray(m, y + LANES + V);
    CLASS.cast(b2).intoArray(m, y + LANES + 2 * V);
    CLASS.cast(c0).intoArray(m, y + 2 * LANES);
    CLASS.cast(c1).intoArray(m, y + 2 * LANES + V);
    CLASS.cast(c2).intoArray(m, y + 2 * LANES + 2 * V);
    CLASS.cast(d0).intoArray(m, y + 3 * LANES);
    CLASS.cast(d1).intoArray(m, y + 3 * LANES + V);
    CLASS.cast(d2).intoArray(m, y + 3 * LANES + 2 * V);
  }

  /** Two groups of outputs by one vector. */
  private static void narrowEight(
      float[] w, int at, int inputs, float[] m, int x, int y, int mode) {
    int next = at + GROUP * (inputs + 1);
    FloatVector a0 = FloatVector.broadcast(F, w[at]);
    FloatVector b0 = FloatVector.broadcast(F, w[at + 1]);
    FloatVector c0 = FloatVector.broadcast(F, w[at + 2]);
    FloatVector d0 = FloatVector.broadcast(F, w[at + 3]);
    FloatVector e0 = FloatVector.broadcast(F, w[next]);
    FloatVector f0 = FloatVector.broadcast(F, w[next + 1]);
    FloatVector g0 = FloatVector.broadcast(F, w[next + 2]);
    FloatVector h0 = FloatVector.broadcast(F, w[next + 3]);
    if (mode == ADD) {
      a0 = FloatVector.fromArray(F, m, y);
      b0 = FloatVector.fromArray(F, m, y + V);
      c0 = FloatVector.fromArray(F, m, y + 2 * V);
      d0 = FloatVector.fromArray(F, m, y + 3 * V);
      e0 = FloatVector.fromArray(F, m, y + 4 * V);
      f0 = FloatVector.fromArray(F, m, y + 5 * V);
      g0 = FloatVector.fromArray(F, m, y + 6 * V);
      h0 = FloatVector.fromArray(F, m, y + 7 * V);
    }
    for (int k = 0; k < inputs; k++) {
      FloatVector x0 = FloatVector.fromArray(F, m, x + k * V);
      FloatVector w0 = FloatVector.broadcast(F, w[at + GROUP * k + 4]);
      a0 = w0.fma(x0, a0);
      FloatVector w1 = FloatVector.broadcast(F, w[at + GROUP * k + 5]);
      b0 = w1.fma(x0, b0);
      FloatVector w2 = FloatVector.broadcast(F, w[at + GROUP * k + 6]);
      c0 = w2.fma(x0, c0);
      FloatVector w3 = FloatVector.broadcast(F, w[at + GROUP * k + 7]);
      d0 = w3.fma(x0, d0);
      FloatVector w4 = FloatVector.broadcast(F, w[next + GROUP * k + 4]);
      e0 = w4.fma(x0, e0);
      FloatVector w5 = FloatVector.broadcast(F, w[next + GROUP * k + 5]);
      f0 = w5.fma(x0, f0);
      FloatVector w6 = FloatVector.broadcast(F, w[next + GROUP * k + 6]);
      g0 = w6.fma(x0, g0);
      FloatVector w7 = FloatVector.broadcast(F, w[next + GROUP * k + 7]);
      h0 = w7.fma(x0, h0);
    }
    if (mode == RECTIFY) {
      FloatVector zero = FloatVector.zero(F);
      a0 = a0.blend(zero, a0.compare(VectorOperators.LT, zero));
      b0 = b0.blend(zero, b0.compare(VectorOperators.LT, zero));
      c0 = c0.blend(zero, c0.compare(VectorOperators.LT, zero));
      d0 = d0.blend(zero, d0.compare(VectorOperators.LT, zero));
      e0 = e0.blend(zero, e0.compare(VectorOperators.LT, zero));
      f0 = f0.blend(zero, f0.compare(VectorOperators.LT, zero));
      g0 = g0.blend(zero, g0.compare(VectorOperators.LT, zero));
      h0 = h0.blend(zero, h0.compare(VectorOperators.LT, zero));
    }
    CLASS.cast(a0).intoArray(m, y);
    CLASS.cast(b0).intoArray(m, y + V);
    CLASS.cast(c0).intoArray(m, y + 2 * V);
    CLASS.cast(d0).intoArray(m, y + 3 * V);
    CLASS.cast(e0).intoArray(m, y + 4 * V);
    CLASS.cast(f0).intoArray(m, y + 5 * V);
    CLASS.cast(g0).intoArray(m, y + 6 * V);
    CLASS.cast(h0).intoArray(m, y + 7 * V);
  }

  /** One group of outputs by one vector. */
  private static void narrowFour(float[] w, int at, int inputs, float[] m, int x, int y, int mode) {
    FloatVector a0 = FloatVector.broadcast(F, w[at]);
    FloatVector b0 = FloatVector.broadcast(F, w[at + 1]);
    FloatVector c0 = FloatVector.broadcast(F, w[at + 2]);
    FloatVector d0 = FloatVector.broadcast(F, w[at + 3]);
    if (mode == ADD) {
      a0 = FloatVector.fromArray(F, m, y);
      b0 = FloatVector.fromArray(F, m, y + V);
      c0 = FloatVector.fromArray(F, m, y + 2 * V);
      d0 = FloatVector.fromArray(F, m, y + 3 * V);
    }
    for (int k = 0; k < inputs; k++) {
      FloatVector x0 = FloatVector.fromArray(F, m, x + k * V);
      FloatVector w0 = FloatVector.broadcast(F, w[at + GROUP * k + 4]);
      a0 = w0.fma(x0, a0);
      FloatVector w1 = FloatVector.broadcast(F, w[at + GROUP * k + 5]);
      b0 = w1.fma(x0, b0);
      FloatVector w2 = FloatVector.broadcast(F, w[at + GROUP * k + 6]);
      c0 = w2.fma(x0, c0);
      FloatVector w3 = FloatVector.broadcast(F, w[at + GROUP * k + 7]);
      d0 = w3.fma(x0, d0);
    }
    if (mode == RECTIFY) {
      FloatVector zero = FloatVector.zero(F);
      a0 = a0.blend(zero, a0.compare(VectorOperators.LT, zero));
      b0 = b0.blend(zero, b0.compare(VectorOperators.LT, zero));
      c0 = c0.blend(zero, c0.compare(VectorOperators.LT, zero));
      d0 = d0.blend(zero, d0.compare(VectorOperators.LT, zero));
    }
    CLASS.cast(a0).intoArray(m, y);
    CLASS.cast(b0).intoArray(m, y + V);
    CLASS.cast(c0).intoArray(m, y + 2 * V);
    CLASS.cast(d0).intoArray(m, y + 3 * V);
  }

  // End of the tiles.
}
