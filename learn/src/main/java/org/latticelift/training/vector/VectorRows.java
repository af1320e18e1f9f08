package org.latticelift.training.vector;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.training.fused.Softplus;

/** The element-wise loops; {@link VectorShapes} defines this class once per shape. */
final class VectorRows implements BlockRows {
  private static final VectorSpecies<Float> F = VectorShapes.shape(MethodHandles.lookup());
  private static final int V = F.length();

  private static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  @Override
  public void add(int n, float[] a, int atA, float[] y, int atY) {
    for (int t = 0; t < n; t += V) {
      load(y, atY + t).add(load(a, atA + t)).intoArray(y, atY + t);
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
      gate.intoArray(u, t);
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
  public void gatedBack(int n, float[] gate, float[] g, float[] vBar, float[] gBar, float[] uBar) {
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
  public void affine(int n, float factor, float shift, float[] a, int atA, float[] y, int atY) {
    FloatVector f = FloatVector.broadcast(F, factor);
    FloatVector s = FloatVector.broadcast(F, shift);
    for (int t = 0; t < n; t += V) {
      f.fma(load(a, atA + t), s).intoArray(y, atY + t);
    }
  }

  @Override
  public void addDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY) {
    for (int t = 0; t < n; t += V) {
      FloatVector sum = load(y, atY + t);
      for (int k = 0; k < terms; k++) {
        sum = load(a, atA + k * stepA + t).fma(load(b, atB + k * stepB + t), sum);
      }
      sum.intoArray(y, atY + t);
    }
  }

  @Override
  public void subtractDot(
      int n,
      int terms,
      float[] a,
      int atA,
      int stepA,
      float[] b,
      int atB,
      int stepB,
      float[] y,
      int atY) {
    for (int t = 0; t < n; t += V) {
      FloatVector sum = load(y, atY + t);
      for (int k = 0; k < terms; k++) {
        sum = load(a, atA + k * stepA + t).neg().fma(load(b, atB + k * stepB + t), sum);
      }
      sum.intoArray(y, atY + t);
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
    for (int t = 0; t < n; t += V) {
      FloatVector x = load(a, atA + t);
      FloatVector decay = decay(x);
      FloatVector s = decay.div(decay.add(2f));
      FloatVector square = s.mul(s);
      FloatVector p = FloatVector.broadcast(F, Softplus.atanh(0));
      for (int k = 1; k < 7; k++) {
        p = p.fma(square, FloatVector.broadcast(F, Softplus.atanh(k)));
      }
      FloatVector positive = x.blend(zero, x.compare(VectorOperators.LT, zero));
      p.fma(s, positive).intoArray(a, atA + t);
      FloatVector one = FloatVector.broadcast(F, 1f);
      FloatVector numerator = decay.blend(one, x.compare(VectorOperators.GT, zero));
      numerator.div(decay.add(1f)).intoArray(slope, atSlope + t);
    }
  }

  /** exp(-|x|). */
  private static FloatVector decay(FloatVector x) {
    FloatVector limit = FloatVector.broadcast(F, Softplus.LIMIT);
    FloatVector rounder = FloatVector.broadcast(F, Softplus.ROUNDER);
    FloatVector size = x.abs();
    FloatVector clamped = limit.blend(size, size.compare(VectorOperators.LT, limit)).neg();
    FloatVector shifted = clamped.fma(FloatVector.broadcast(F, Softplus.INVERSE_LN2), rounder);
    FloatVector whole = shifted.sub(rounder);
    FloatVector rest = whole.fma(FloatVector.broadcast(F, -Softplus.LN2_HIGH), clamped);
    rest = whole.fma(FloatVector.broadcast(F, -Softplus.LN2_LOW), rest);
    FloatVector p = FloatVector.broadcast(F, Softplus.exp(0));
    for (int k = 1; k < 8; k++) {
      p = p.fma(rest, FloatVector.broadcast(F, Softplus.exp(k)));
    }
    IntVector exponent =
        shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Softplus.MANTISSA_BITS);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }
}
