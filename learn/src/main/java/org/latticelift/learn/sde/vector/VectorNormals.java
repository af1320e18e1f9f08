package org.latticelift.learn.sde.vector;

import static org.latticelift.learn.sde.NormalNumbers.ANGLE;
import static org.latticelift.learn.sde.NormalNumbers.HALF_UNIT;
import static org.latticelift.learn.sde.NormalNumbers.OUTPUT_ROTATION;
import static org.latticelift.learn.sde.NormalNumbers.ROTATION;
import static org.latticelift.learn.sde.NormalNumbers.SHIFT;
import static org.latticelift.learn.sde.NormalNumbers.SIGN;
import static org.latticelift.learn.sde.NormalNumbers.SWAP;
import static org.latticelift.learn.sde.NormalNumbers.UNIT;
import static org.latticelift.learn.sde.TileMath.ARTANH_3;
import static org.latticelift.learn.sde.TileMath.ARTANH_5;
import static org.latticelift.learn.sde.TileMath.ARTANH_7;
import static org.latticelift.learn.sde.TileMath.ARTANH_9;
import static org.latticelift.learn.sde.TileMath.COS_2;
import static org.latticelift.learn.sde.TileMath.COS_4;
import static org.latticelift.learn.sde.TileMath.COS_6;
import static org.latticelift.learn.sde.TileMath.COS_8;
import static org.latticelift.learn.sde.TileMath.HALF_ROOT;
import static org.latticelift.learn.sde.TileMath.MANTISSA;
import static org.latticelift.learn.sde.TileMath.SIN_3;
import static org.latticelift.learn.sde.TileMath.SIN_5;
import static org.latticelift.learn.sde.TileMath.SIN_7;
import static org.latticelift.learn.sde.TileMath.SIN_9;
import static org.latticelift.learn.sde.TileMath.TWO_LN2;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.kernel.vector.VectorShape;

/**
 * The operations of {@link org.latticelift.learn.sde.NormalNumbers} for one vector shape; {@link
 * VectorShape} defines this class once per shape. About 75 vector instructions, one division and
 * one square root per pair of numbers and vector of trajectories.
 */
final class VectorNormals implements NormalLoops {
  private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int V = F.length();

  /** One method on purpose: a call that is not inlined would put every vector on the heap. */
  @Override
  public void fill(int[] state, float[] m, int to, int lanes, int pairs, float deviation) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector scale = FloatVector.broadcast(F, deviation);
    for (int t = 0; t < lanes; t += V) {
      IntVector a = IntVector.fromArray(I, state, t);
      IntVector b = IntVector.fromArray(I, state, lanes + t);
      IntVector c = IntVector.fromArray(I, state, 2 * lanes + t);
      IntVector d = IntVector.fromArray(I, state, 3 * lanes + t);
      for (int pair = 0; pair < pairs; pair++) {
        IntVector sum = a.add(d);
        IntVector first =
            sum.lanewise(VectorOperators.LSHL, OUTPUT_ROTATION)
                .or(sum.lanewise(VectorOperators.LSHR, Integer.SIZE - OUTPUT_ROTATION))
                .add(a);
        IntVector shifted = b.lanewise(VectorOperators.LSHL, SHIFT);
        c = c.lanewise(VectorOperators.XOR, a);
        d = d.lanewise(VectorOperators.XOR, b);
        b = b.lanewise(VectorOperators.XOR, c);
        a = a.lanewise(VectorOperators.XOR, d);
        c = c.lanewise(VectorOperators.XOR, shifted);
        d =
            d.lanewise(VectorOperators.LSHL, ROTATION)
                .or(d.lanewise(VectorOperators.LSHR, Integer.SIZE - ROTATION));
        sum = a.add(d);
        IntVector second =
            sum.lanewise(VectorOperators.LSHL, OUTPUT_ROTATION)
                .or(sum.lanewise(VectorOperators.LSHR, Integer.SIZE - OUTPUT_ROTATION))
                .add(a);
        shifted = b.lanewise(VectorOperators.LSHL, SHIFT);
        c = c.lanewise(VectorOperators.XOR, a);
        d = d.lanewise(VectorOperators.XOR, b);
        b = b.lanewise(VectorOperators.XOR, c);
        a = a.lanewise(VectorOperators.XOR, d);
        c = c.lanewise(VectorOperators.XOR, shifted);
        d =
            d.lanewise(VectorOperators.LSHL, ROTATION)
                .or(d.lanewise(VectorOperators.LSHR, Integer.SIZE - ROTATION));

        FloatVector u =
            ((FloatVector)
                    first.lanewise(VectorOperators.LSHR, 1).convertShape(VectorOperators.I2F, F, 0))
                .fma(FloatVector.broadcast(F, UNIT), FloatVector.broadcast(F, HALF_UNIT));
        IntVector bits = u.reinterpretAsInts();
        IntVector exponent = bits.sub(HALF_ROOT).lanewise(VectorOperators.ASHR, MANTISSA);
        FloatVector f =
            bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA))
                .reinterpretAsFloats()
                .sub(one);
        FloatVector s = f.div(f.add(FloatVector.broadcast(F, 2f)));
        FloatVector q = s.mul(s);
        FloatVector p =
            FloatVector.broadcast(F, ARTANH_9).fma(q, FloatVector.broadcast(F, ARTANH_7));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_5));
        p = p.fma(q, FloatVector.broadcast(F, ARTANH_3));
        p = p.mul(q).fma(s, s);
        FloatVector radius =
            ((FloatVector) exponent.convertShape(VectorOperators.I2F, F, 0))
                .fma(FloatVector.broadcast(F, -TWO_LN2), p.mul(FloatVector.broadcast(F, -4f)))
                .lanewise(VectorOperators.SQRT)
                .mul(scale);

        FloatVector x =
            ((FloatVector)
                    second
                        .lanewise(VectorOperators.LSHL, 2)
                        .convertShape(VectorOperators.I2F, F, 0))
                .mul(FloatVector.broadcast(F, ANGLE));
        q = x.mul(x);
        p = FloatVector.broadcast(F, SIN_9).fma(q, FloatVector.broadcast(F, SIN_7));
        p = p.fma(q, FloatVector.broadcast(F, SIN_5));
        p = p.fma(q, FloatVector.broadcast(F, SIN_3));
        FloatVector sine = p.mul(q).fma(x, x);
        p = FloatVector.broadcast(F, COS_8).fma(q, FloatVector.broadcast(F, COS_6));
        p = p.fma(q, FloatVector.broadcast(F, COS_4));
        p = p.fma(q, FloatVector.broadcast(F, COS_2));
        FloatVector cosine = p.fma(q, one);
        VectorMask<Float> swap = second.and(SWAP).compare(VectorOperators.NE, 0).cast(F);
        IntVector sign = second.and(SIGN);
        int at = to + 2 * pair * lanes + t;
        cosine
            .blend(sine, swap)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, sign)
            .reinterpretAsFloats()
            .mul(radius)
            .intoArray(m, at);
        sine.blend(cosine, swap)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, sign)
            .reinterpretAsFloats()
            .mul(radius)
            .intoArray(m, at + lanes);
      }
      a.intoArray(state, t);
      b.intoArray(state, lanes + t);
      c.intoArray(state, 2 * lanes + t);
      d.intoArray(state, 3 * lanes + t);
    }
  }
}
