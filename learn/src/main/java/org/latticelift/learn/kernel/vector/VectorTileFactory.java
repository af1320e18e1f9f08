package org.latticelift.learn.kernel.vector;

import static org.latticelift.learn.kernel.NormalNumbers.ANGLE;
import static org.latticelift.learn.kernel.NormalNumbers.HALF_UNIT;
import static org.latticelift.learn.kernel.NormalNumbers.OUTPUT_ROTATION;
import static org.latticelift.learn.kernel.NormalNumbers.ROTATION;
import static org.latticelift.learn.kernel.NormalNumbers.SHIFT;
import static org.latticelift.learn.kernel.NormalNumbers.SIGN;
import static org.latticelift.learn.kernel.NormalNumbers.SWAP;
import static org.latticelift.learn.kernel.NormalNumbers.UNIT;
import static org.latticelift.learn.kernel.TileMath.ARTANH_11;
import static org.latticelift.learn.kernel.TileMath.ARTANH_13;
import static org.latticelift.learn.kernel.TileMath.ARTANH_15;
import static org.latticelift.learn.kernel.TileMath.ARTANH_3;
import static org.latticelift.learn.kernel.TileMath.ARTANH_5;
import static org.latticelift.learn.kernel.TileMath.ARTANH_7;
import static org.latticelift.learn.kernel.TileMath.ARTANH_9;
import static org.latticelift.learn.kernel.TileMath.COS_2;
import static org.latticelift.learn.kernel.TileMath.COS_4;
import static org.latticelift.learn.kernel.TileMath.COS_6;
import static org.latticelift.learn.kernel.TileMath.COS_8;
import static org.latticelift.learn.kernel.TileMath.EXP_2;
import static org.latticelift.learn.kernel.TileMath.EXP_3;
import static org.latticelift.learn.kernel.TileMath.EXP_4;
import static org.latticelift.learn.kernel.TileMath.EXP_5;
import static org.latticelift.learn.kernel.TileMath.EXP_6;
import static org.latticelift.learn.kernel.TileMath.EXP_7;
import static org.latticelift.learn.kernel.TileMath.HALF_ROOT;
import static org.latticelift.learn.kernel.TileMath.INVERSE_LN2;
import static org.latticelift.learn.kernel.TileMath.LEAST;
import static org.latticelift.learn.kernel.TileMath.LN2_HIGH;
import static org.latticelift.learn.kernel.TileMath.LN2_LOW;
import static org.latticelift.learn.kernel.TileMath.MANTISSA;
import static org.latticelift.learn.kernel.TileMath.ROUNDER;
import static org.latticelift.learn.kernel.TileMath.SIN_3;
import static org.latticelift.learn.kernel.TileMath.SIN_5;
import static org.latticelift.learn.kernel.TileMath.SIN_7;
import static org.latticelift.learn.kernel.TileMath.SIN_9;
import static org.latticelift.learn.kernel.TileMath.TWO_LN2;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.learn.kernel.OnsagerTerms;
import org.latticelift.learn.kernel.SigmaShape;
import org.latticelift.learn.kernel.StepTerms;
import org.latticelift.learn.kernel.TileArithmetic;
import org.latticelift.learn.kernel.TileFactory;
import org.latticelift.learn.kernel.TileWeights;
import org.latticelift.sim.kernel.vector.VectorShape;

/** Tiles with the Vector API. */
public final class VectorTileFactory implements TileFactory {
  private final int bits;
  private final ProductLoops products;
  private final RowLoops rows;
  private final NormalLoops normals;

  /** The shape this machine prefers. */
  public VectorTileFactory() {
    this(VectorShape.preferred().bits());
  }

  /**
   * A given shape ({@code bits}: 128, 256 or 512; slow where the machine does not have it, but
   * right).
   */
  public VectorTileFactory(int bits) {
    VectorShape shape = new VectorShape(bits);
    this.bits = bits;
    this.products = shape.create(MethodHandles.lookup(), ProductLoops.class, VectorProduct.class);
    this.rows = shape.create(MethodHandles.lookup(), RowLoops.class, VectorRows.class);
    this.normals = shape.create(MethodHandles.lookup(), NormalLoops.class, VectorNormals.class);
  }

  @Override
  public String name() {
    return "vector-" + bits;
  }

  @Override
  public TileArithmetic wide() {
    return new VectorTile(ProductLoops.COLUMNS * products.vector(), products, rows, normals);
  }

  @Override
  public TileArithmetic narrow() {
    return new VectorTile(products.vector(), products, rows, normals);
  }

  /** Rows to floats, and the choice between the two widths. */
  static final class VectorTile implements TileArithmetic {
    private final int lanes;
    private final boolean wide;
    private final ProductLoops products;
    private final RowLoops loops;
    private final NormalLoops normals;

    VectorTile(int lanes, ProductLoops products, RowLoops loops, NormalLoops normals) {
      this.lanes = lanes;
      this.wide = lanes > products.vector();
      this.products = products;
      this.loops = loops;
      this.normals = normals;
    }

    @Override
    public int lanes() {
      return lanes;
    }

    @Override
    public void product(TileWeights weights, float[] memory, int x, int y, boolean add) {
      if (wide) {
        products.wide(weights, memory, x * lanes, y * lanes, add);
      } else {
        products.narrow(weights, memory, x * lanes, y * lanes, add);
      }
    }

    @Override
    public void onsager(float[] memory, int u, int h, int rows, boolean add) {
      loops.onsager(memory, u * lanes, h * lanes, rows * lanes, add);
    }

    @Override
    public void multiply(float[] memory, int gate, int x, int y, int rows) {
      loops.multiply(memory, gate * lanes, x * lanes, y * lanes, rows * lanes);
    }

    @Override
    public void addScaled(float[] memory, float factor, int x, int y, int rows) {
      loops.addScaled(memory, factor, x * lanes, y * lanes, rows * lanes);
    }

    @Override
    public void within(float[] memory, float radius, int x, int rows) {
      loops.within(memory, radius, x * lanes, rows, lanes);
    }

    @Override
    public void softplus(float[] memory, int row, float scale) {
      loops.softplus(memory, row * lanes, lanes, scale);
    }

    @Override
    public void contract(float[] memory, OnsagerTerms terms) {
      loops.contract(memory, terms, lanes);
    }

    @Override
    public void step(float[] memory, StepTerms terms, float h) {
      loops.step(memory, terms, h, lanes);
    }

    @Override
    public void normals(int[] state, float[] memory, int row, int pairs, float deviation) {
      normals.fill(state, memory, row * lanes, lanes, pairs, deviation);
    }
  }

  /**
   * The operations of {@link org.latticelift.learn.kernel.NormalNumbers} for one vector shape;
   * {@link VectorShape} defines this class once per shape. About 75 vector instructions, one
   * division and one square root per pair of numbers and vector of trajectories.
   */
  static final class VectorNormals implements NormalLoops {
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
                      first
                          .lanewise(VectorOperators.LSHR, 1)
                          .convertShape(VectorOperators.I2F, F, 0))
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

  /** Normal numbers of all lanes. */
  interface NormalLoops {
    /** Fills pairs of rows, the first row at a given float. */
    void fill(int[] state, float[] m, int to, int lanes, int pairs, float deviation);
  }

  /**
   * Element-wise loops for one vector shape; {@link VectorShape} defines this class once per shape.
   * Each loop is one method on purpose: a call that is not inlined would put every vector on the
   * heap.
   */
  static final class VectorRows implements RowLoops {
    private static final VectorSpecies<Float> F = VectorShape.ofClass(MethodHandles.lookup());

    /**
     * Sums are cast to it before they are stored: their class is otherwise known from profiles
     * only.
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
    public void within(float[] m, float radius, int x, int rows, int lanes) {
      FloatVector one = FloatVector.broadcast(F, 1f);
      for (int t = 0; t < lanes; t += V) {
        FloatVector square = FloatVector.zero(F);
        for (int i = 0; i < rows; i++) {
          FloatVector value = FloatVector.fromArray(F, m, x + i * lanes + t);
          square = value.fma(value, square);
        }
        FloatVector shorter = FloatVector.broadcast(F, radius).div(square.sqrt());
        FloatVector factor =
            one.blend(shorter, square.compare(VectorOperators.GT, radius * radius));
        for (int i = 0; i < rows; i++) {
          int at = x + i * lanes + t;
          FloatVector.fromArray(F, m, at).mul(factor).intoArray(m, at);
        }
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
      int out = terms.drift() * lanes + t;
      FloatVector dissipation = FloatVector.broadcast(F, -terms.dissipation());
      for (int i = 0; i < d; i++) {
        FloatVector mu = FloatVector.fromArray(F, m, out + i * lanes);
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

  /**
   * Everything but products, on tiles of any number of vectors; offsets and lengths count floats.
   */
  interface RowLoops {
    /** Gate and activation of the Onsager network. */
    void onsager(float[] m, int u, int h, int n, boolean add);

    /** y = gate x. */
    void multiply(float[] m, int gate, int x, int y, int n);

    /** y += factor x. */
    void addScaled(float[] m, float factor, int x, int y, int n);

    /** x = x min(1, radius / |x|), a vector of so many rows for each lane. */
    void within(float[] m, float radius, int x, int rows, int lanes);

    /** x = scale softplus(x). */
    void softplus(float[] m, int from, int n, float scale);

    /** The Onsager drift. */
    void contract(float[] m, OnsagerTerms terms, int lanes);

    /** A step of Euler-Maruyama. */
    void step(float[] m, StepTerms terms, float h, int lanes);
  }
}
