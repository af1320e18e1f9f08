package org.latticelift.learn.sde.vector;

import static org.latticelift.learn.sde.TileMath.ARTANH_11;
import static org.latticelift.learn.sde.TileMath.ARTANH_13;
import static org.latticelift.learn.sde.TileMath.ARTANH_15;
import static org.latticelift.learn.sde.TileMath.ARTANH_3;
import static org.latticelift.learn.sde.TileMath.ARTANH_5;
import static org.latticelift.learn.sde.TileMath.ARTANH_7;
import static org.latticelift.learn.sde.TileMath.ARTANH_9;
import static org.latticelift.learn.sde.TileMath.EXP_2;
import static org.latticelift.learn.sde.TileMath.EXP_3;
import static org.latticelift.learn.sde.TileMath.EXP_4;
import static org.latticelift.learn.sde.TileMath.EXP_5;
import static org.latticelift.learn.sde.TileMath.EXP_6;
import static org.latticelift.learn.sde.TileMath.EXP_7;
import static org.latticelift.learn.sde.TileMath.INVERSE_LN2;
import static org.latticelift.learn.sde.TileMath.LEAST;
import static org.latticelift.learn.sde.TileMath.LN2_HIGH;
import static org.latticelift.learn.sde.TileMath.LN2_LOW;
import static org.latticelift.learn.sde.TileMath.MANTISSA;
import static org.latticelift.learn.sde.TileMath.ROUNDER;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.sde.OnsagerTerms;
import org.latticelift.learn.sde.SigmaShape;
import org.latticelift.learn.sde.StepTerms;
import org.latticelift.sim.kernel.vector.VectorShape;

/**
 * Element-wise loops for one vector shape; {@link VectorShape} defines this class once per shape.
 * Each loop is one method on purpose: a call that is not inlined would put every vector on the
 * heap.
 */
final class VectorRows implements RowLoops {
  private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());

  /**
   * Sums are cast to it before they are stored: their class is otherwise known from profiles only.
   */
  private static final Class<? extends FloatVector> CLASS = FloatVector.zero(F).getClass();

  private static final int V = F.length();
  private static final float HALF = 0.5f;

  @Override
  public void onsager(float[] m, int u, int h, int n, boolean add) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector half = FloatVector.broadcast(F, HALF);
    for (int i = 0; i < n; i += V) {
      FloatVector v = FloatVector.fromArray(F, m, u + i);
      FloatVector c = v.blend(zero, v.compare(VectorOperators.LT, zero));
      c = c.blend(half, c.compare(VectorOperators.GT, half));
      FloatVector f = c.mul(v.add(v).sub(c));
      CLASS.cast(c).intoArray(m, u + i);
      if (add) {
        FloatVector.fromArray(F, m, h + i).add(f).intoArray(m, h + i);
      } else {
        CLASS.cast(f).intoArray(m, h + i);
      }
    }
  }

  @Override
  public void multiply(float[] m, int gate, int x, int y, int n) {
    for (int i = 0; i < n; i += V) {
      FloatVector g = FloatVector.fromArray(F, m, gate + i);
      g.mul(FloatVector.fromArray(F, m, x + i)).intoArray(m, y + i);
    }
  }

  @Override
  public void addScaled(float[] m, float factor, int x, int y, int n) {
    FloatVector a = FloatVector.broadcast(F, factor);
    for (int i = 0; i < n; i += V) {
      FloatVector v = FloatVector.fromArray(F, m, x + i);
      a.fma(v, FloatVector.fromArray(F, m, y + i)).intoArray(m, y + i);
    }
  }

  @Override
  public void softplus(float[] m, int from, int n, float scale) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector two = FloatVector.broadcast(F, 2f);
    FloatVector least = FloatVector.broadcast(F, LEAST);
    FloatVector rounder = FloatVector.broadcast(F, ROUNDER);
    for (int i = from; i < from + n; i += V) {
      FloatVector x = FloatVector.fromArray(F, m, i);
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
      FloatVector a =
          FloatVector.broadcast(F, ARTANH_15).fma(q, FloatVector.broadcast(F, ARTANH_13));
      a = a.fma(q, FloatVector.broadcast(F, ARTANH_11));
      a = a.fma(q, FloatVector.broadcast(F, ARTANH_9));
      a = a.fma(q, FloatVector.broadcast(F, ARTANH_7));
      a = a.fma(q, FloatVector.broadcast(F, ARTANH_5));
      a = a.fma(q, FloatVector.broadcast(F, ARTANH_3));
      a = a.mul(q).fma(s, s);
      FloatVector ramp = x.blend(zero, x.compare(VectorOperators.LT, zero));
      two.fma(a, ramp).mul(FloatVector.broadcast(F, scale)).intoArray(m, i);
    }
  }

  @Override
  public void contract(float[] m, OnsagerTerms terms, int lanes) {
    for (int t = 0; t < lanes; t += V) {
      lower(m, terms, lanes, t);
      drift(m, terms, lanes, t);
    }
  }

  /** work = L^T g. */
  private static void lower(float[] m, OnsagerTerms terms, int lanes, int t) {
    int d = terms.d();
    int a = terms.a() * lanes + t;
    int g = terms.gradient() * lanes + t;
    int work = terms.work() * lanes + t;
    for (int j = 0; j < d; j++) {
      FloatVector u = FloatVector.zero(F);
      for (int i = j; i < d; i++) {
        FloatVector entry = FloatVector.fromArray(F, m, a + (i * d + j) * lanes);
        u = entry.fma(FloatVector.fromArray(F, m, g + i * lanes), u);
      }
      CLASS.cast(u).intoArray(m, work + j * lanes);
    }
  }

  private static void drift(float[] m, OnsagerTerms terms, int lanes, int t) {
    int d = terms.d();
    int a = terms.a() * lanes + t;
    int g = terms.gradient() * lanes + t;
    int work = terms.work() * lanes + t;
    int force = terms.force() * lanes + t;
    int out = terms.drift() * lanes + t;
    FloatVector dissipation = FloatVector.broadcast(F, -terms.dissipation());
    for (int i = 0; i < d; i++) {
      FloatVector mu = FloatVector.fromArray(F, m, force + i * lanes);
      mu = dissipation.fma(FloatVector.fromArray(F, m, g + i * lanes), mu);
      for (int j = 0; j <= i; j++) {
        FloatVector entry = FloatVector.fromArray(F, m, a + (i * d + j) * lanes);
        mu = entry.fma(FloatVector.fromArray(F, m, work + j * lanes).neg(), mu);
      }
      for (int j = 0; j < i; j++) {
        FloatVector entry = FloatVector.fromArray(F, m, a + (j * d + i) * lanes);
        mu = entry.fma(FloatVector.fromArray(F, m, g + j * lanes), mu);
      }
      for (int j = i + 1; j < d; j++) {
        FloatVector entry = FloatVector.fromArray(F, m, a + (i * d + j) * lanes);
        mu = entry.fma(FloatVector.fromArray(F, m, g + j * lanes).neg(), mu);
      }
      CLASS.cast(mu).intoArray(m, out + i * lanes);
    }
  }

  @Override
  public void step(float[] m, StepTerms terms, float h, int lanes) {
    int d = terms.d();
    SigmaShape shape = terms.shape();
    FloatVector length = FloatVector.broadcast(F, h);
    for (int t = 0; t < lanes; t += V) {
      int sigma = terms.sigma() * lanes + t;
      int noise = terms.noise() * lanes + t;
      for (int i = 0; i < d; i++) {
        int at = (terms.z() + i) * lanes + t;
        FloatVector mu = FloatVector.fromArray(F, m, (terms.drift() + i) * lanes + t);
        FloatVector z = length.fma(mu, FloatVector.fromArray(F, m, at));
        int end = shape.end(i, d);
        for (int j = shape.first(i); j < end; j++) {
          FloatVector s = FloatVector.fromArray(F, m, sigma + shape.at(i, j, d) * lanes);
          z = s.fma(FloatVector.fromArray(F, m, noise + j * lanes), z);
        }
        CLASS.cast(z).intoArray(m, at);
      }
    }
  }
}
