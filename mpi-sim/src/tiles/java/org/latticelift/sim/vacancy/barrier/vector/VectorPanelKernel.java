package org.latticelift.sim.vacancy.barrier.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.kernel.SpecialisedClass;
import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.PolynomialExp;

/**
 * The inner loops, for one vector shape and one length of rows. {@link KernelShape#kernel} makes a
 * copy of this class per shape and length, so that both are constants.
 *
 * <p>Products of whole rows: eight rows by two vectors are kept in registers where there are 32 of
 * them (shapes of 512 bits), else twice four rows by two vectors. Per input that costs 16
 * multiply-adds, 8 broadcasts and 2 loads of weights, so multiply-adds bound it: 96 % of the peak
 * of the core. Products without zeros: two rows by four vectors, 8 multiply-adds, 2 broadcasts and
 * 4 loads; what is left out saves 34 % of the multiply-adds of the published network, 22 % of the
 * time. A pair of table positions costs 16 loads with addition and 16 index look-ups; it is bound
 * by loads, which take twice as long where a vector crosses the border of a cache line. Rows of
 * weights therefore begin 64 bytes after the beginning of their array, and never cross one if Java
 * places objects at multiples of 64 bytes, as the launcher tells it to. {@code
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
  private static final KernelShape SHAPE =
      SpecialisedClass.constants(MethodHandles.lookup(), KernelShape.class);
  private static final VectorSpecies<Float> F = SHAPE.species();
  private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int STRIDE = SHAPE.stride();
  private static final int V = F.length();
  private static final int PANEL = 2 * V;
  private static final int FIRST = WeightPanel.FIRST;
  private static final int BLOCK = NetworkArithmetic.BLOCK;
  private static final int HALF = BLOCK / 2;
  private static final boolean WIDE = V >= 16;
  private static final int SIGN = Integer.SIZE - 1;
  private static final long LOW_WORD = 0xffffffffL;

  /** A bit for each lane of two vectors. */
  private static final int[] LANES = lanes();

  private static int[] lanes() {
    int[] bits = new int[PANEL];
    for (int i = 0; i < PANEL; i++) {
      bits[i] = 1 << i;
    }
    return bits;
  }

  @Override
  public void table(int[] rows, int[] pairs, WeightPanel panel, int step, float[] y, int to) {
    if (WIDE) {
      tableEight(rows, pairs, 0, panel, step, y, to);
    } else {
      tableFour(rows, pairs, 0, panel, step, y, to);
      tableFour(rows, pairs, HALF, panel, step, y, to + HALF * STRIDE);
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

  // Tiles, written by TileSources in the tests of learn/bench: change them there.

  private static void tableEight(
      int[] rows, int[] pairs, int row, WeightPanel panel, int step, float[] y, int to) {
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
    for (int i = row, k = FIRST; i < pairs.length; i += BLOCK, k += step) {
      int t0 = k + rows[pairs[i]];
      a0 = FloatVector.fromArray(F, table, t0).add(a0);
      c0 = FloatVector.fromArray(F, table, t0 + V).add(c0);
      int t1 = k + rows[pairs[i + 1]];
      a1 = FloatVector.fromArray(F, table, t1).add(a1);
      c1 = FloatVector.fromArray(F, table, t1 + V).add(c1);
      int t2 = k + rows[pairs[i + 2]];
      a2 = FloatVector.fromArray(F, table, t2).add(a2);
      c2 = FloatVector.fromArray(F, table, t2 + V).add(c2);
      int t3 = k + rows[pairs[i + 3]];
      a3 = FloatVector.fromArray(F, table, t3).add(a3);
      c3 = FloatVector.fromArray(F, table, t3 + V).add(c3);
      int t4 = k + rows[pairs[i + 4]];
      a4 = FloatVector.fromArray(F, table, t4).add(a4);
      c4 = FloatVector.fromArray(F, table, t4 + V).add(c4);
      int t5 = k + rows[pairs[i + 5]];
      a5 = FloatVector.fromArray(F, table, t5).add(a5);
      c5 = FloatVector.fromArray(F, table, t5 + V).add(c5);
      int t6 = k + rows[pairs[i + 6]];
      a6 = FloatVector.fromArray(F, table, t6).add(a6);
      c6 = FloatVector.fromArray(F, table, t6 + V).add(c6);
      int t7 = k + rows[pairs[i + 7]];
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
      int[] rows, int[] pairs, int row, WeightPanel panel, int step, float[] y, int to) {
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
    for (int i = row, k = FIRST; i < pairs.length; i += BLOCK, k += step) {
      int t0 = k + rows[pairs[i]];
      a0 = FloatVector.fromArray(F, table, t0).add(a0);
      c0 = FloatVector.fromArray(F, table, t0 + V).add(c0);
      int t1 = k + rows[pairs[i + 1]];
      a1 = FloatVector.fromArray(F, table, t1).add(a1);
      c1 = FloatVector.fromArray(F, table, t1 + V).add(c1);
      int t2 = k + rows[pairs[i + 2]];
      a2 = FloatVector.fromArray(F, table, t2).add(a2);
      c2 = FloatVector.fromArray(F, table, t2 + V).add(c2);
      int t3 = k + rows[pairs[i + 3]];
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

  /** One loop on purpose: the compiler keeps vectors in registers through one, not through two. */
  @Override
  public void addActive(
      float[] x, int at, long active, WeightPanel panel, int input, float[] y, int to) {
    float[] w = panel.weight();
    int begin = FIRST + 2 * input * PANEL;
    FloatVector a0 = FloatVector.fromArray(F, y, to);
    FloatVector a1 = FloatVector.fromArray(F, y, to + V);
    FloatVector a2 = FloatVector.fromArray(F, y, to + 2 * V);
    FloatVector a3 = FloatVector.fromArray(F, y, to + 3 * V);
    FloatVector b0 = FloatVector.fromArray(F, y, to + STRIDE);
    FloatVector b1 = FloatVector.fromArray(F, y, to + STRIDE + V);
    FloatVector b2 = FloatVector.fromArray(F, y, to + STRIDE + 2 * V);
    FloatVector b3 = FloatVector.fromArray(F, y, to + STRIDE + 3 * V);
    for (long left = active; left != 0; left &= left - 1) {
      int k = Long.numberOfTrailingZeros(left);
      int row = begin + 2 * k * PANEL;
      FloatVector x0 = FloatVector.broadcast(F, x[at + k]);
      FloatVector x1 = FloatVector.broadcast(F, x[at + STRIDE + k]);
      FloatVector w0 = FloatVector.fromArray(F, w, row);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
      FloatVector w1 = FloatVector.fromArray(F, w, row + V);
      a1 = x0.fma(w1, a1);
      b1 = x1.fma(w1, b1);
      FloatVector w2 = FloatVector.fromArray(F, w, row + 2 * V);
      a2 = x0.fma(w2, a2);
      b2 = x1.fma(w2, b2);
      FloatVector w3 = FloatVector.fromArray(F, w, row + 3 * V);
      a3 = x0.fma(w3, a3);
      b3 = x1.fma(w3, b3);
    }
    CLASS.cast(a0).intoArray(y, to);
    CLASS.cast(a1).intoArray(y, to + V);
    CLASS.cast(a2).intoArray(y, to + 2 * V);
    CLASS.cast(a3).intoArray(y, to + 3 * V);
    CLASS.cast(b0).intoArray(y, to + STRIDE);
    CLASS.cast(b1).intoArray(y, to + STRIDE + V);
    CLASS.cast(b2).intoArray(y, to + STRIDE + 2 * V);
    CLASS.cast(b3).intoArray(y, to + STRIDE + 3 * V);
  }

  // End of the tiles.

  @Override
  public void bias(WeightPanel panel, float[] y, int to) {
    for (int i = 0; i < 2 * PANEL; i += V) {
      FloatVector b = FloatVector.fromArray(F, panel.bias(), i);
      CLASS.cast(b).intoArray(y, to + i);
      CLASS.cast(b).intoArray(y, to + STRIDE + i);
    }
  }

  /** Positive floats are positive as integers, so minus the integer has its sign bit set. */
  @Override
  public void relu(float[] values, int at, int count, long[] active, int word) {
    FloatVector zero = FloatVector.zero(F);
    IntVector low = IntVector.fromArray(I, LANES, 0);
    IntVector high = IntVector.fromArray(I, LANES, V);
    for (int i = 0; i < count; i += PANEL) {
      int p = at + i;
      int q = p + STRIDE;
      FloatVector p0 = FloatVector.fromArray(F, values, p);
      FloatVector p1 = FloatVector.fromArray(F, values, p + V);
      FloatVector q0 = FloatVector.fromArray(F, values, q);
      FloatVector q1 = FloatVector.fromArray(F, values, q + V);
      p0 = zero.blend(p0, p0.compare(VectorOperators.GT, zero));
      p1 = zero.blend(p1, p1.compare(VectorOperators.GT, zero));
      q0 = zero.blend(q0, q0.compare(VectorOperators.GT, zero));
      q1 = zero.blend(q1, q1.compare(VectorOperators.GT, zero));
      p0.intoArray(values, p);
      p1.intoArray(values, p + V);
      q0.intoArray(values, q);
      q1.intoArray(values, q + V);
      IntVector any0 = p0.reinterpretAsInts().or(q0.reinterpretAsInts()).neg();
      IntVector any1 = p1.reinterpretAsInts().or(q1.reinterpretAsInts()).neg();
      IntVector bits0 = any0.lanewise(VectorOperators.ASHR, SIGN).and(low);
      IntVector bits1 = any1.lanewise(VectorOperators.ASHR, SIGN).and(high);
      long bits = bits0.or(bits1).reduceLanes(VectorOperators.OR) & LOW_WORD;
      int into = word + i / Long.SIZE;
      active[into] = (i % Long.SIZE == 0 ? 0 : active[into]) | bits << i;
    }
  }

  /**
   * One method on purpose: a call that is not inlined would put every vector on the heap.
   * StoredArrays without sign are limited as integers, which have the same order.
   */
  @Override
  public void silu(float[] values, int at, int count) {
    IntVector limit = FloatVector.broadcast(F, PolynomialExp.LIMIT).reinterpretAsInts();
    FloatVector rounder = FloatVector.broadcast(F, PolynomialExp.ROUNDER);
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int i = at; i < at + count; i += V) {
      FloatVector x = FloatVector.fromArray(F, values, i);
      IntVector minus = x.neg().reinterpretAsInts();
      IntVector size = minus.and(Integer.MAX_VALUE).min(limit);
      FloatVector c = size.or(minus.and(Integer.MIN_VALUE)).reinterpretAsFloats();
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
