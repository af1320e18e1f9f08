package org.latticelift.learn.train.gradient.vector;

import static org.latticelift.learn.kernel.TileMath.ARTANH_11;
import static org.latticelift.learn.kernel.TileMath.ARTANH_13;
import static org.latticelift.learn.kernel.TileMath.ARTANH_15;
import static org.latticelift.learn.kernel.TileMath.ARTANH_3;
import static org.latticelift.learn.kernel.TileMath.ARTANH_5;
import static org.latticelift.learn.kernel.TileMath.ARTANH_7;
import static org.latticelift.learn.kernel.TileMath.ARTANH_9;
import static org.latticelift.learn.kernel.TileMath.EXP_2;
import static org.latticelift.learn.kernel.TileMath.EXP_3;
import static org.latticelift.learn.kernel.TileMath.EXP_4;
import static org.latticelift.learn.kernel.TileMath.EXP_5;
import static org.latticelift.learn.kernel.TileMath.EXP_6;
import static org.latticelift.learn.kernel.TileMath.EXP_7;
import static org.latticelift.learn.kernel.TileMath.INVERSE_LN2;
import static org.latticelift.learn.kernel.TileMath.LEAST;
import static org.latticelift.learn.kernel.TileMath.LN2_HIGH;
import static org.latticelift.learn.kernel.TileMath.LN2_LOW;
import static org.latticelift.learn.kernel.TileMath.MANTISSA;
import static org.latticelift.learn.kernel.TileMath.ROUNDER;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.train.gradient.ArithmeticProvider;
import org.latticelift.learn.train.gradient.Block;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.BlockArithmetic.Rows;
import org.latticelift.sim.kernel.vector.VectorShape;

/** Arithmetic with the Vector API. */
public final class VectorProvider implements ArithmeticProvider {
  private final VectorShape shape;

  /** The shape this machine prefers. */
  public VectorProvider() {
    this(VectorShape.preferred());
  }

  /**
   * A given shape ({@code bits}: 128, 256 or 512; slow where the machine does not have it, but
   * right).
   */
  public VectorProvider(int bits) {
    this(new VectorShape(bits));
  }

  private VectorProvider(VectorShape shape) {
    this.shape = shape;
  }

  @Override
  public BlockArithmetic<float[]> create() {
    @SuppressWarnings("unchecked")
    BlockArithmetic<float[]> made =
        shape.create(MethodHandles.lookup(), BlockArithmetic.class, VectorArithmetic.class);
    return made;
  }

  /**
   * Block arithmetic with vectors; moves of values that no vector helps with are plain loops.
   * {@link VectorShape} defines this class once per shape.
   */
  static final class VectorArithmetic implements BlockArithmetic<float[]> {
    private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());

    /**
     * Sums are cast to it before they are stored: their class is otherwise known from profiles
     * only.
     */
    private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();

    private static final int V = F.length();
    private static final int TILE = 8;

    private final BlockProducts products =
        new VectorShape(F.vectorBitSize())
            .create(MethodHandles.lookup(), BlockProducts.class, VectorProducts.class);

    @Override
    public String name() {
      return "vector-" + F.vectorBitSize();
    }

    private static FloatVector load(float[] a, int at) {
      return FloatVector.fromArray(F, a, at);
    }

    @Override
    public void gather(float[] source, int columns, int[] order, int n, Block<float[]> ofY) {
      float[] y = ofY.data();
      for (int t = 0; t < n; t++) {
        int from = order[t] * columns;
        int to = ofY.offset() + t * ofY.stride();
        for (int c = 0; c < columns; c += V) {
          load(source, from + c).intoArray(y, to + c);
        }
      }
    }

    @Override
    public void add(int n, float[] a, int atA, float[] y, int atY) {
      int whole = n / LANES * LANES;
      for (int t = 0; t < whole; t += V) {
        load(y, atY + t).add(load(a, atA + t)).intoArray(y, atY + t);
      }
      for (int t = whole; t < n; t++) {
        y[atY + t] += a[atA + t];
      }
    }

    @Override
    public void relu(int n, float[] x) {
      FloatVector zero = FloatVector.zero(F);
      for (int t = 0; t < n; t += V) {
        FloatVector v = load(x, t);
        v.blend(zero, v.compare(VectorOperators.LT, zero)).intoArray(x, t);
      }
    }

    @Override
    public void reluBack(int n, float[] y, float[] gradient) {
      FloatVector zero = FloatVector.zero(F);
      for (int t = 0; t < n; t += V) {
        VectorMask<Float> positive = load(y, t).compare(VectorOperators.GT, zero);
        zero.blend(load(gradient, t), positive).intoArray(gradient, t);
      }
    }

    @Override
    public void gate(int n, float[] u, float[] h, float[] y) {
      FloatVector zero = FloatVector.zero(F);
      FloatVector half = FloatVector.broadcast(F, 0.5f);
      for (int t = 0; t < n; t += V) {
        FloatVector x = load(u, t);
        FloatVector low = x.blend(zero, x.compare(VectorOperators.LT, zero));
        FloatVector gate = low.blend(half, low.compare(VectorOperators.GT, half));
        CLASS.cast(gate).intoArray(u, t);
        gate.fma(x.add(x).sub(gate), load(h, t)).intoArray(y, t);
      }
    }

    @Override
    public void gated(int n, float[] gate, float[] g, float[] v) {
      for (int t = 0; t < n; t += V) {
        FloatVector c = load(gate, t);
        c.add(c).mul(load(g, t)).intoArray(v, t);
      }
    }

    @Override
    public void gatedBack(
        int n, float[] gate, float[] g, float[] vBar, float[] gBar, float[] uBar) {
      FloatVector zero = FloatVector.zero(F);
      FloatVector half = FloatVector.broadcast(F, 0.5f);
      for (int t = 0; t < n; t += V) {
        FloatVector c = load(gate, t);
        FloatVector twice = load(vBar, t);
        twice = twice.add(twice);
        c.fma(twice, load(gBar, t)).intoArray(gBar, t);
        FloatVector curved = twice.mul(load(g, t));
        VectorMask<Float> inside =
            c.compare(VectorOperators.GT, zero).and(c.compare(VectorOperators.LT, half));
        zero.blend(curved, inside).intoArray(uBar, t);
      }
    }

    @Override
    public void multiply(int n, float[] a, int atA, float[] b, int atB, float[] y, int atY) {
      for (int t = 0; t < n; t += V) {
        load(a, atA + t).mul(load(b, atB + t)).intoArray(y, atY + t);
      }
    }

    @Override
    public void affine(int n, double factor, double shift, float[] a, int atA, float[] y, int atY) {
      FloatVector f = FloatVector.broadcast(F, (float) factor);
      FloatVector s = FloatVector.broadcast(F, (float) shift);
      for (int t = 0; t < n; t += V) {
        f.fma(load(a, atA + t), s).intoArray(y, atY + t);
      }
    }

    @Override
    public void addDot(int n, int terms, Rows<float[]> a, Rows<float[]> b, float[] y, int atY) {
      float[] left = a.data();
      float[] right = b.data();
      for (int t = 0; t < n; t += V) {
        FloatVector sum = load(y, atY + t);
        for (int k = 0; k < terms; k++) {
          sum =
              load(left, a.at() + k * a.step() + t)
                  .fma(load(right, b.at() + k * b.step() + t), sum);
        }
        CLASS.cast(sum).intoArray(y, atY + t);
      }
    }

    @Override
    public void subtractDot(
        int n, int terms, Rows<float[]> a, Rows<float[]> b, float[] y, int atY) {
      float[] left = a.data();
      float[] right = b.data();
      for (int t = 0; t < n; t += V) {
        FloatVector sum = load(y, atY + t);
        for (int k = 0; k < terms; k++) {
          sum =
              load(left, a.at() + k * a.step() + t)
                  .neg()
                  .fma(load(right, b.at() + k * b.step() + t), sum);
        }
        CLASS.cast(sum).intoArray(y, atY + t);
      }
    }

    @Override
    public void invert(int n, float[] a, int atA, float[] y, int atY) {
      FloatVector one = FloatVector.broadcast(F, 1f);
      for (int t = 0; t < n; t += V) {
        one.div(load(a, atA + t)).intoArray(y, atY + t);
      }
    }

    @Override
    public void softplus(int n, float[] a, int atA, float[] slope, int atSlope) {
      FloatVector zero = FloatVector.zero(F);
      FloatVector one = FloatVector.broadcast(F, 1f);
      FloatVector two = FloatVector.broadcast(F, 2f);
      FloatVector least = FloatVector.broadcast(F, LEAST);
      FloatVector rounder = FloatVector.broadcast(F, ROUNDER);
      for (int t = 0; t < n; t += V) {
        FloatVector x = load(a, atA + t);
        FloatVector c = x.abs().neg();
        c = c.blend(least, c.compare(VectorOperators.LT, least));
        FloatVector shifted = c.fma(FloatVector.broadcast(F, INVERSE_LN2), rounder);
        FloatVector whole = shifted.sub(rounder);
        FloatVector r = whole.fma(FloatVector.broadcast(F, -LN2_HIGH), c);
        r = whole.fma(FloatVector.broadcast(F, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(F, EXP_7).fma(r, FloatVector.broadcast(F, EXP_6));
        p = p.fma(r, FloatVector.broadcast(F, EXP_5));
        p = p.fma(r, FloatVector.broadcast(F, EXP_4));
        p = p.fma(r, FloatVector.broadcast(F, EXP_3));
        p = p.fma(r, FloatVector.broadcast(F, EXP_2));
        p = p.fma(r, one).fma(r, one);
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA);
        FloatVector e = p.reinterpretAsInts().add(power).reinterpretAsFloats();
        FloatVector s = e.div(e.add(two));
        FloatVector q = s.mul(s);
        p = FloatVector.broadcast(F, ARTANH_15).fma(q, FloatVector.broadcast(F, ARTANH_13));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_11));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_9));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_7));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_5));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_3));
        p = p.mul(q).fma(s, s);
        FloatVector ramp = x.blend(zero, x.compare(VectorOperators.LT, zero));
        two.fma(p, ramp).intoArray(a, atA + t);
        FloatVector numerator = e.blend(one, x.compare(VectorOperators.GT, zero));
        numerator.div(e.add(one)).intoArray(slope, atSlope + t);
      }
    }

    @Override
    public float[] allocate(int length) {
      return new float[length];
    }

    @Override
    public double get(float[] values, int at) {
      return values[at];
    }

    @Override
    public void fill(float[] values, int at, int count, double value) {
      Arrays.fill(values, at, at + count, (float) value);
    }

    @Override
    public void copy(float[] from, int at, int step, float[] to, int toAt, int toStep, int count) {
      if (step == 1 && toStep == 1) {
        System.arraycopy(from, at, to, toAt, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        to[toAt + i * toStep] = from[at + i * step];
      }
    }

    @Override
    public void product(
        int n, Block<float[]> x, int inputs, float[] w, int width, float[] bias, Block<float[]> y) {
      products.product(n, x, inputs, w, width, new Block<>(bias, 0, 0), y);
    }

    @Override
    public void addProduct(
        int n, Block<float[]> x, int inputs, float[] w, int width, Block<float[]> y) {
      products.product(n, x, inputs, w, width, y, y);
    }

    @Override
    public void addOuter(
        int n, Block<float[]> left, int m, Block<float[]> right, int width, float[] sum) {
      products.outer(n, left, (m + TILE - 1) / TILE * TILE, right, width, sum);
    }

    @Override
    public void addColumnSums(int n, Block<float[]> x, int width, float[] sum) {
      products.columnSums(n, x, width, sum);
    }

    @Override
    public void toRows(int n, Block<float[]> x, int columns, float[] to, int at) {
      float[] data = x.data();
      for (int t = 0; t < n; t++) {
        int from = x.offset() + t * x.stride();
        int row = at + t;
        for (int c = 0; c < columns; c++) {
          to[row + c * SAMPLES] = data[from + c];
        }
      }
    }

    @Override
    public void toBlock(int n, float[] from, int at, int columns, Block<float[]> y) {
      float[] data = y.data();
      int stride = y.stride();
      for (int t = 0; t < n; t++) {
        int to = y.offset() + t * stride;
        for (int c = 0; c < columns; c++) {
          data[to + c] = from[at + c * SAMPLES + t];
        }
      }
    }
  }
}
