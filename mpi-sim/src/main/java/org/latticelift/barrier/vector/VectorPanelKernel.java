package org.latticelift.barrier.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.barrier.NetworkArithmetic;
import org.latticelift.barrier.PolynomialExp;

/**
 * The inner loops, for one vector shape and one length of rows; panels are two vectors wide. {@link
 * VectorShapes} defines this class once per shape and length, so that both are constants.
 *
 * <p>Eight rows by two vectors are kept in registers where there are 32 of them (shapes of 512
 * bits), else twice four rows by two vectors. Per input a product costs 16 multiply-adds, 8
 * broadcasts and 2 loads of weights, so multiply-adds bound it: 80 to 85 % of the peak of the core.
 * A table position costs 16 loads with addition and 8 index look-ups; it is bound by loads, which
 * take twice as long where a vector crosses the border of a cache line. Rows of weights therefore
 * begin 64 bytes after the beginning of their array, and never cross one if Java places objects at
 * multiples of 64 bytes, as the launcher tells it to: a table then takes a third less time. {@code
 * BarrierKernelBenchmark} measures the whole.
 *
 * <p>The loops are written out because only vectors in local variables stay in registers, and not
 * unrolled any further because the compiler would then give up inlining somewhere in the middle and
 * make objects of vectors. Sums are the argument of an addition, never the object it is called on:
 * the compiler knows the class of a vector just loaded, but that of a sum only from a profile,
 * which is of no use where shapes are mixed. So sums are stored as their sum with minus zero, which
 * has the same bits.
 */
final class VectorPanelKernel implements PanelKernel {
  private static final KernelShape SHAPE = shape();
  private static final VectorSpecies<Float> F = SHAPE.species();
  private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();
  private static final int STRIDE = SHAPE.stride();
  private static final int V = F.length();
  private static final int PANEL = 2 * V;
  private static final int FIRST = WeightPanel.FIRST;
  private static final int BLOCK = NetworkArithmetic.BLOCK;
  private static final int HALF = BLOCK / 2;
  private static final boolean WIDE = V >= 16;

  /** What this copy of the class was made for. */
  private static KernelShape shape() {
    try {
      return MethodHandles.classData(MethodHandles.lookup(), "_", KernelShape.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void table(int[] codes, int[] lab, WeightPanel panel, int step, float[] y, int to) {
    if (WIDE) {
      tableEight(codes, lab, 0, panel, step, y, to);
    } else {
      tableFour(codes, lab, 0, panel, step, y, to);
      tableFour(codes, lab, HALF, panel, step, y, to + HALF * STRIDE);
    }
  }

  @Override
  public void product(float[] x, int at, WeightPanel panel, float[] y, int to) {
    if (WIDE) {
      productEight(x, at, panel, y, to);
    } else {
      productFour(x, at, panel, y, to);
      productFour(x, at + HALF * STRIDE, panel, y, to + HALF * STRIDE);
    }
  }

  private static void tableEight(
      int[] codes, int[] lab, int row, WeightPanel panel, int step, float[] y, int to) {
    float[] table = panel.weight();
    FloatVector b0 = FloatVector.fromArray(F, panel.bias(), 0);
    FloatVector b1 = FloatVector.fromArray(F, panel.bias(), V);
    FloatVector a0 = b0;
    FloatVector c0 = b1;
    FloatVector a1 = b0;
    FloatVector c1 = b1;
    FloatVector a2 = b0;
    FloatVector c2 = b1;
    FloatVector a3 = b0;
    FloatVector c3 = b1;
    FloatVector a4 = b0;
    FloatVector c4 = b1;
    FloatVector a5 = b0;
    FloatVector c5 = b1;
    FloatVector a6 = b0;
    FloatVector c6 = b1;
    FloatVector a7 = b0;
    FloatVector c7 = b1;
    for (int i = row, k = FIRST; i < lab.length; i += BLOCK, k += step) {
      int t0 = k + codes[lab[i]];
      a0 = FloatVector.fromArray(F, table, t0).add(a0);
      c0 = FloatVector.fromArray(F, table, t0 + V).add(c0);
      int t1 = k + codes[lab[i + 1]];
      a1 = FloatVector.fromArray(F, table, t1).add(a1);
      c1 = FloatVector.fromArray(F, table, t1 + V).add(c1);
      int t2 = k + codes[lab[i + 2]];
      a2 = FloatVector.fromArray(F, table, t2).add(a2);
      c2 = FloatVector.fromArray(F, table, t2 + V).add(c2);
      int t3 = k + codes[lab[i + 3]];
      a3 = FloatVector.fromArray(F, table, t3).add(a3);
      c3 = FloatVector.fromArray(F, table, t3 + V).add(c3);
      int t4 = k + codes[lab[i + 4]];
      a4 = FloatVector.fromArray(F, table, t4).add(a4);
      c4 = FloatVector.fromArray(F, table, t4 + V).add(c4);
      int t5 = k + codes[lab[i + 5]];
      a5 = FloatVector.fromArray(F, table, t5).add(a5);
      c5 = FloatVector.fromArray(F, table, t5 + V).add(c5);
      int t6 = k + codes[lab[i + 6]];
      a6 = FloatVector.fromArray(F, table, t6).add(a6);
      c6 = FloatVector.fromArray(F, table, t6 + V).add(c6);
      int t7 = k + codes[lab[i + 7]];
      a7 = FloatVector.fromArray(F, table, t7).add(a7);
      c7 = FloatVector.fromArray(F, table, t7 + V).add(c7);
    }
    CLASS.cast(a0).intoArray(y, to);
    CLASS.cast(c0).intoArray(y, to + V);
    CLASS.cast(a1).intoArray(y, to + 1 * STRIDE);
    CLASS.cast(c1).intoArray(y, to + 1 * STRIDE + V);
    CLASS.cast(a2).intoArray(y, to + 2 * STRIDE);
    CLASS.cast(c2).intoArray(y, to + 2 * STRIDE + V);
    CLASS.cast(a3).intoArray(y, to + 3 * STRIDE);
    CLASS.cast(c3).intoArray(y, to + 3 * STRIDE + V);
    CLASS.cast(a4).intoArray(y, to + 4 * STRIDE);
    CLASS.cast(c4).intoArray(y, to + 4 * STRIDE + V);
    CLASS.cast(a5).intoArray(y, to + 5 * STRIDE);
    CLASS.cast(c5).intoArray(y, to + 5 * STRIDE + V);
    CLASS.cast(a6).intoArray(y, to + 6 * STRIDE);
    CLASS.cast(c6).intoArray(y, to + 6 * STRIDE + V);
    CLASS.cast(a7).intoArray(y, to + 7 * STRIDE);
    CLASS.cast(c7).intoArray(y, to + 7 * STRIDE + V);
  }

  private static void tableFour(
      int[] codes, int[] lab, int row, WeightPanel panel, int step, float[] y, int to) {
    float[] table = panel.weight();
    FloatVector b0 = FloatVector.fromArray(F, panel.bias(), 0);
    FloatVector b1 = FloatVector.fromArray(F, panel.bias(), V);
    FloatVector a0 = b0;
    FloatVector c0 = b1;
    FloatVector a1 = b0;
    FloatVector c1 = b1;
    FloatVector a2 = b0;
    FloatVector c2 = b1;
    FloatVector a3 = b0;
    FloatVector c3 = b1;
    for (int i = row, k = FIRST; i < lab.length; i += BLOCK, k += step) {
      int t0 = k + codes[lab[i]];
      a0 = FloatVector.fromArray(F, table, t0).add(a0);
      c0 = FloatVector.fromArray(F, table, t0 + V).add(c0);
      int t1 = k + codes[lab[i + 1]];
      a1 = FloatVector.fromArray(F, table, t1).add(a1);
      c1 = FloatVector.fromArray(F, table, t1 + V).add(c1);
      int t2 = k + codes[lab[i + 2]];
      a2 = FloatVector.fromArray(F, table, t2).add(a2);
      c2 = FloatVector.fromArray(F, table, t2 + V).add(c2);
      int t3 = k + codes[lab[i + 3]];
      a3 = FloatVector.fromArray(F, table, t3).add(a3);
      c3 = FloatVector.fromArray(F, table, t3 + V).add(c3);
    }
    CLASS.cast(a0).intoArray(y, to);
    CLASS.cast(c0).intoArray(y, to + V);
    CLASS.cast(a1).intoArray(y, to + 1 * STRIDE);
    CLASS.cast(c1).intoArray(y, to + 1 * STRIDE + V);
    CLASS.cast(a2).intoArray(y, to + 2 * STRIDE);
    CLASS.cast(c2).intoArray(y, to + 2 * STRIDE + V);
    CLASS.cast(a3).intoArray(y, to + 3 * STRIDE);
    CLASS.cast(c3).intoArray(y, to + 3 * STRIDE + V);
  }

  private static void productEight(float[] x, int at, WeightPanel panel, float[] y, int to) {
    float[] w = panel.weight();
    FloatVector b0 = FloatVector.fromArray(F, panel.bias(), 0);
    FloatVector b1 = FloatVector.fromArray(F, panel.bias(), V);
    FloatVector a0 = b0;
    FloatVector c0 = b1;
    FloatVector a1 = b0;
    FloatVector c1 = b1;
    FloatVector a2 = b0;
    FloatVector c2 = b1;
    FloatVector a3 = b0;
    FloatVector c3 = b1;
    FloatVector a4 = b0;
    FloatVector c4 = b1;
    FloatVector a5 = b0;
    FloatVector c5 = b1;
    FloatVector a6 = b0;
    FloatVector c6 = b1;
    FloatVector a7 = b0;
    FloatVector c7 = b1;
    int inputs = panel.inputs();
    for (int k = 0; k < inputs; k++) {
      FloatVector w0 = FloatVector.fromArray(F, w, FIRST + k * PANEL);
      FloatVector w1 = FloatVector.fromArray(F, w, FIRST + k * PANEL + V);
      FloatVector x0 = FloatVector.broadcast(F, x[at + k]);
      a0 = x0.fma(w0, a0);
      c0 = x0.fma(w1, c0);
      FloatVector x1 = FloatVector.broadcast(F, x[at + 1 * STRIDE + k]);
      a1 = x1.fma(w0, a1);
      c1 = x1.fma(w1, c1);
      FloatVector x2 = FloatVector.broadcast(F, x[at + 2 * STRIDE + k]);
      a2 = x2.fma(w0, a2);
      c2 = x2.fma(w1, c2);
      FloatVector x3 = FloatVector.broadcast(F, x[at + 3 * STRIDE + k]);
      a3 = x3.fma(w0, a3);
      c3 = x3.fma(w1, c3);
      FloatVector x4 = FloatVector.broadcast(F, x[at + 4 * STRIDE + k]);
      a4 = x4.fma(w0, a4);
      c4 = x4.fma(w1, c4);
      FloatVector x5 = FloatVector.broadcast(F, x[at + 5 * STRIDE + k]);
      a5 = x5.fma(w0, a5);
      c5 = x5.fma(w1, c5);
      FloatVector x6 = FloatVector.broadcast(F, x[at + 6 * STRIDE + k]);
      a6 = x6.fma(w0, a6);
      c6 = x6.fma(w1, c6);
      FloatVector x7 = FloatVector.broadcast(F, x[at + 7 * STRIDE + k]);
      a7 = x7.fma(w0, a7);
      c7 = x7.fma(w1, c7);
    }
    CLASS.cast(a0).intoArray(y, to);
    CLASS.cast(c0).intoArray(y, to + V);
    CLASS.cast(a1).intoArray(y, to + 1 * STRIDE);
    CLASS.cast(c1).intoArray(y, to + 1 * STRIDE + V);
    CLASS.cast(a2).intoArray(y, to + 2 * STRIDE);
    CLASS.cast(c2).intoArray(y, to + 2 * STRIDE + V);
    CLASS.cast(a3).intoArray(y, to + 3 * STRIDE);
    CLASS.cast(c3).intoArray(y, to + 3 * STRIDE + V);
    CLASS.cast(a4).intoArray(y, to + 4 * STRIDE);
    CLASS.cast(c4).intoArray(y, to + 4 * STRIDE + V);
    CLASS.cast(a5).intoArray(y, to + 5 * STRIDE);
    CLASS.cast(c5).intoArray(y, to + 5 * STRIDE + V);
    CLASS.cast(a6).intoArray(y, to + 6 * STRIDE);
    CLASS.cast(c6).intoArray(y, to + 6 * STRIDE + V);
    CLASS.cast(a7).intoArray(y, to + 7 * STRIDE);
    CLASS.cast(c7).intoArray(y, to + 7 * STRIDE + V);
  }

  private static void productFour(float[] x, int at, WeightPanel panel, float[] y, int to) {
    float[] w = panel.weight();
    FloatVector b0 = FloatVector.fromArray(F, panel.bias(), 0);
    FloatVector b1 = FloatVector.fromArray(F, panel.bias(), V);
    FloatVector a0 = b0;
    FloatVector c0 = b1;
    FloatVector a1 = b0;
    FloatVector c1 = b1;
    FloatVector a2 = b0;
    FloatVector c2 = b1;
    FloatVector a3 = b0;
    FloatVector c3 = b1;
    int inputs = panel.inputs();
    for (int k = 0; k < inputs; k++) {
      FloatVector w0 = FloatVector.fromArray(F, w, FIRST + k * PANEL);
      FloatVector w1 = FloatVector.fromArray(F, w, FIRST + k * PANEL + V);
      FloatVector x0 = FloatVector.broadcast(F, x[at + k]);
      a0 = x0.fma(w0, a0);
      c0 = x0.fma(w1, c0);
      FloatVector x1 = FloatVector.broadcast(F, x[at + 1 * STRIDE + k]);
      a1 = x1.fma(w0, a1);
      c1 = x1.fma(w1, c1);
      FloatVector x2 = FloatVector.broadcast(F, x[at + 2 * STRIDE + k]);
      a2 = x2.fma(w0, a2);
      c2 = x2.fma(w1, c2);
      FloatVector x3 = FloatVector.broadcast(F, x[at + 3 * STRIDE + k]);
      a3 = x3.fma(w0, a3);
      c3 = x3.fma(w1, c3);
    }
    CLASS.cast(a0).intoArray(y, to);
    CLASS.cast(c0).intoArray(y, to + V);
    CLASS.cast(a1).intoArray(y, to + 1 * STRIDE);
    CLASS.cast(c1).intoArray(y, to + 1 * STRIDE + V);
    CLASS.cast(a2).intoArray(y, to + 2 * STRIDE);
    CLASS.cast(c2).intoArray(y, to + 2 * STRIDE + V);
    CLASS.cast(a3).intoArray(y, to + 3 * STRIDE);
    CLASS.cast(c3).intoArray(y, to + 3 * STRIDE + V);
  }

  @Override
  public void relu(float[] values, int at, int count) {
    FloatVector zero = FloatVector.zero(F);
    for (int i = at; i < at + count; i += V) {
      FloatVector v = FloatVector.fromArray(F, values, i);
      zero.blend(v, v.compare(VectorOperators.GT, zero)).intoArray(values, i);
    }
  }

  /** One method on purpose: a call that is not inlined would put every vector on the heap. */
  @Override
  public void silu(float[] values, int at, int count) {
    FloatVector limit = FloatVector.broadcast(F, PolynomialExp.LIMIT);
    FloatVector rounder = FloatVector.broadcast(F, PolynomialExp.ROUNDER);
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int i = at; i < at + count; i += V) {
      FloatVector x = FloatVector.fromArray(F, values, i);
      FloatVector c = x.neg();
      c = limit.neg().blend(c, c.compare(VectorOperators.GT, limit.neg()));
      c = limit.blend(c, c.compare(VectorOperators.LT, limit));
      FloatVector shifted = c.fma(FloatVector.broadcast(F, PolynomialExp.INVERSE_LN2), rounder);
      FloatVector whole = shifted.sub(rounder);
      FloatVector r = whole.fma(FloatVector.broadcast(F, -PolynomialExp.LN2_HIGH), c);
      r = whole.fma(FloatVector.broadcast(F, -PolynomialExp.LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(F, PolynomialExp.C7);
      p = p.fma(r, FloatVector.broadcast(F, PolynomialExp.C6));
      p = p.fma(r, FloatVector.broadcast(F, PolynomialExp.C5));
      p = p.fma(r, FloatVector.broadcast(F, PolynomialExp.C4));
      p = p.fma(r, FloatVector.broadcast(F, PolynomialExp.C3));
      p = p.fma(r, FloatVector.broadcast(F, PolynomialExp.C2));
      p = p.fma(r, one).fma(r, one);
      IntVector scale =
          shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, PolynomialExp.MANTISSA_BITS);
      FloatVector exp = p.reinterpretAsInts().add(scale).reinterpretAsFloats();
      x.div(exp.add(one)).intoArray(values, i);
    }
  }
}
