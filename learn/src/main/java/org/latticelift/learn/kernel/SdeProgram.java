package org.latticelift.learn.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.kernel.SigmaShape.OnsagerTerms;
import org.latticelift.learn.kernel.SigmaShape.StepTerms;
import org.latticelift.learn.kernel.TileFactories.TileArithmetic;
import org.latticelift.learn.kernel.TileMath.TileWeights;
import org.latticelift.learn.kernel.TileMath.TileWeights.TileRows;
import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.latticelift.learn.sde.ParameterLayout.Matrix;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;

/**
 * Drift and diffusion of one parameter set at one temperature, laid out as products on the rows of
 * a tile. Not changed after construction; any number of tiles and threads share it.
 *
 * <p>Cost per trajectory and step: the plain networks of ME-44 and ME-46 with d = 4 take 18 196
 * multiply-adds (drift 8 704, diffusion 9 472, the rest sigma dW and mu h), the alloy's (AL-80)
 * with d = 6 take 11 142 (Onsager drift 4 316, diffusion 6 784); the temperature enters through
 * folded biases and costs nothing. All of it is register-tiled products with the weights broadcast
 * and trajectories in lanes, so a core whose peak is 280 GFLOP/s could do 7.7 and 12.6 million
 * trajectory-steps per second; 65 % of the peak is 5.0 and 8.2 million. Random numbers take 1 to 2
 * % of the time, what is no product 15 % with the Onsager network and 5 % without. A wide tile of
 * 48 trajectories takes 30 or 54 KiB, of which a layer touches at most 24 in the first-level cache;
 * 75 or 45 KiB of weights stream past it from the second level, 23 operations per byte. {@code
 * SdeKernelBenchmark} and {@code bench ensemble} measure it.
 */
public final class SdeProgram {
  private final int dimension;
  private final SigmaShape shape;
  private final int rows;
  private final StepTerms terms;
  private final TilePart drift;
  private final TilePart diffusion;

  /**
   * Lays out the networks ({@code condition}: value of the condition's parameter, such as a
   * temperature in K).
   */
  public SdeProgram(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    KernelParameters p = new KernelParameters(architecture, parameters, condition);
    DriftSpec spec = architecture.drift();
    int d = architecture.dimension();
    this.dimension = d;
    this.shape = SigmaShape.of(architecture.diffusion());
    TileRows layout = new TileRows();
    int h = spec.kind() == DriftKind.ONSAGER ? layout.take(spec.hidden().get(0)) : 0;
    int z = layout.take(d);
    int mu = layout.take(d);
    int sigma = layout.take(d * d);
    int noise = layout.take(d + 1);
    int kept = layout.take(3 * d);
    this.terms = new StepTerms(d, shape, z, mu, sigma, noise, kept);
    TileRows forDrift = layout.copy();
    TileRows forDiffusion = layout.copy();
    this.drift =
        switch (spec.kind()) {
          case ONSAGER -> new TileOnsager(p, spec, forDrift, h, z, mu);
          case PLAIN -> new TileNetwork(p, "drift", spec.hidden(), new float[0], forDrift, z, mu);
          case LINEAR -> new TileLinear(p.matrix("drift/linear"), p.bias("drift/linear"), z, mu);
        };
    this.diffusion = new TileDiffusion(p, architecture.diffusion(), d, forDiffusion, z, sigma);
    this.rows = Math.max(forDrift.used(), forDiffusion.used());
  }

  private SdeProgram(SdeProgram other, KernelParameters parameters) {
    this.dimension = other.dimension;
    this.shape = other.shape;
    this.rows = other.rows;
    this.terms = other.terms;
    this.drift = other.drift.at(parameters);
    this.diffusion = other.diffusion.at(parameters);
  }

  /**
   * The same parameter set at another condition; all weights are shared, so this takes microseconds
   * ({@code architecture}: shape of the SDE, the one this was made of; {@code parameters}: its
   * parameters, those this was made of), as a new one, bit for bit.
   */
  public SdeProgram at(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    return new SdeProgram(this, new KernelParameters(architecture, parameters, condition));
  }

  public int dimension() {
    return dimension;
  }

  /**
   * Work of a step: the weights of all layers once, those of the Onsager potential twice, the
   * contraction of the Onsager matrices, and the product of sigma with the noise. Not counted are
   * activations and random numbers. Returns floating-point operations per trajectory and step, two
   * per multiply-add.
   */
  public long operations() {
    long entries = 0;
    for (int i = 0; i < dimension; i++) {
      entries += shape.end(i, dimension) - shape.first(i);
    }
    return 2 * (drift.multiplyAdds() + diffusion.multiplyAdds() + entries + dimension);
  }

  int rows() {
    return rows;
  }

  StepTerms terms() {
    return terms;
  }

  void prepare(TileArithmetic arithmetic, float[] memory) {
    drift.prepare(arithmetic, memory);
    diffusion.prepare(arithmetic, memory);
  }

  void drift(TileArithmetic arithmetic, float[] memory) {
    drift.evaluate(arithmetic, memory);
  }

  void diffusion(TileArithmetic arithmetic, float[] memory) {
    diffusion.evaluate(arithmetic, memory);
  }

  /** The linear drift on the rows of a tile: one product (LC-05). */
  static final class TileLinear implements TilePart {
    private final TileWeights weights;
    private final long multiplyAdds;
    private final int z;
    private final int out;

    TileLinear(Matrix matrix, float[] bias, int z, int out) {
      this.weights = TileWeights.of(matrix, bias);
      this.multiplyAdds = (long) matrix.rows() * matrix.columns();
      this.z = z;
      this.out = out;
    }

    @Override
    public void evaluate(TileArithmetic arithmetic, float[] memory) {
      arithmetic.product(weights, memory, z, out, false);
    }

    @Override
    public long multiplyAdds() {
      return multiplyAdds;
    }
  }

  /** The diffusion matrix in its four modes on the rows of a tile (ME-46, DI-37). */
  static final class TileDiffusion implements TilePart {
    private final int d;
    private final SigmaShape shape;
    private final boolean positive;
    private final float scale;
    private final int sigma;
    private final float[] constant;
    private final TileNetwork network;

    TileDiffusion(KernelParameters p, DiffusionSpec spec, int d, TileRows rows, int z, int sigma) {
      this.d = d;
      this.shape = SigmaShape.of(spec);
      this.positive = spec.lower();
      this.scale = (float) spec.scale();
      this.sigma = sigma;
      boolean learned = spec.mode().network();
      this.constant = learned ? null : constant(p.get("diffusion/value"));
      this.network =
          learned
              ? new TileNetwork(p, "diffusion", spec.hidden(), factors(spec), rows, z, sigma)
              : null;
    }

    private TileDiffusion(TileDiffusion other, KernelParameters p) {
      this.d = other.d;
      this.shape = other.shape;
      this.positive = other.positive;
      this.scale = other.scale;
      this.sigma = other.sigma;
      this.constant = other.constant;
      this.network = other.network.at(p);
    }

    @Override
    public TileDiffusion at(KernelParameters p) {
      return network == null ? this : new TileDiffusion(this, p);
    }

    /** The scale, where nothing comes between it and the output layer. */
    private float[] factors(DiffusionSpec spec) {
      float[] factors = new float[spec.outputs(d)];
      Arrays.fill(factors, scale);
      for (int i = 0; i < d && positive; i++) {
        factors[shape.at(i, i, d)] = 1;
      }
      return factors;
    }

    private float[] constant(float[] values) {
      float[] entries = new float[values.length];
      for (int k = 0; k < entries.length; k++) {
        entries[k] = scale * values[k];
      }
      for (int i = 0; i < d && positive; i++) {
        int diagonal = shape.at(i, i, d);
        entries[diagonal] = scale * TileMath.softplus(values[diagonal]);
      }
      return entries;
    }

    @Override
    public void prepare(TileArithmetic arithmetic, float[] memory) {
      if (network == null) {
        int lanes = arithmetic.lanes();
        for (int k = 0; k < constant.length; k++) {
          Arrays.fill(memory, (sigma + k) * lanes, (sigma + k + 1) * lanes, constant[k]);
        }
      }
    }

    @Override
    public void evaluate(TileArithmetic arithmetic, float[] memory) {
      if (network != null) {
        network.evaluate(arithmetic, memory);
        for (int i = 0; i < d && positive; i++) {
          arithmetic.softplus(memory, sigma + shape.at(i, i, d), scale);
        }
      }
    }

    @Override
    public long multiplyAdds() {
      return network == null ? 0 : network.multiplyAdds();
    }
  }

  /**
   * The Onsager drift (ME-50 to ME-58) on the rows of a tile. The hidden state h lies directly
   * below the state z, so that the potential's two layers are one product, and so do their
   * gradients; the matrix A and the force f come from one product, too. Factors of 2 of the
   * gradient are folded into the transposed weights.
   */
  static final class TileOnsager implements TilePart {
    private final int width;
    private final int h;
    private final int z;
    private final int p;
    private final int back;
    private final int through;
    private final int[] gate;
    private final TileWeights[] hidden;
    private final TileWeights[] hiddenBack;
    private final TileWeights potential;
    private final TileWeights potentialBack;
    private final TileWeights matrix;
    private final float pull;
    private final OnsagerTerms terms;
    private final long multiplyAdds;

    /**
     * @param h rows for the hidden state; those of the state follow
     * @param drift rows of the result
     */
    TileOnsager(KernelParameters source, DriftSpec spec, TileRows rows, int h, int z, int drift) {
      int layers = spec.hidden().size();
      int d = source.get("drift/potential_linear/b").length;
      this.width = TileWeights.padded(spec.hidden().get(0));
      this.h = h;
      this.z = z;
      this.pull = (float) (2 * spec.potBeta());
      this.hidden = new TileWeights[layers];
      this.hiddenBack = new TileWeights[layers];
      this.gate = new int[layers];
      for (int l = 0; l < layers; l++) {
        Matrix w = l == 0 ? source.first("drift") : source.matrix("drift/hidden" + l);
        float[] b = l == 0 ? source.firstBias("drift") : source.bias("drift/hidden" + l);
        hidden[l] = TileWeights.of(w, b);
        hiddenBack[l] = TileWeights.of(w.transposed().scaled(2));
        gate[l] = rows.take(width);
      }
      Matrix potentials = potentials(source);
      this.potential = TileWeights.of(potentials, potentialBias(source));
      this.potentialBack = TileWeights.of(potentials.transposed().scaled(2));
      this.matrix = matrix(source, spec, d);
      this.p = rows.take(d);
      this.back = rows.take(width + d);
      this.through = rows.take(width);
      int a = rows.take(d * d + d);
      this.terms =
          new OnsagerTerms(
              d, (float) spec.dissipation(), a, a + d * d, back + width, rows.take(d), drift);
      this.multiplyAdds = count(spec.hidden().get(0), layers, d, spec.forcing());
    }

    private TileOnsager(TileOnsager other, KernelParameters source) {
      this.width = other.width;
      this.h = other.h;
      this.z = other.z;
      this.p = other.p;
      this.back = other.back;
      this.through = other.through;
      this.gate = other.gate;
      this.hidden = other.hidden.clone();
      this.hidden[0] = other.hidden[0].withBias(source.firstBias("drift"));
      this.hiddenBack = other.hiddenBack;
      this.potential = other.potential;
      this.potentialBack = other.potentialBack;
      this.matrix = other.matrix;
      this.pull = other.pull;
      this.terms = other.terms;
      this.multiplyAdds = other.multiplyAdds;
    }

    @Override
    public TileOnsager at(KernelParameters source) {
      return new TileOnsager(this, source);
    }

    private Matrix potentials(KernelParameters source) {
      return source
          .matrix("drift/potential")
          .widened(width)
          .beside(source.matrix("drift/potential_linear"));
    }

    private static float[] potentialBias(KernelParameters source) {
      float[] sum = source.bias("drift/potential").clone();
      float[] linear = source.bias("drift/potential_linear");
      for (int i = 0; i < sum.length; i++) {
        sum[i] += linear[i];
      }
      return sum;
    }

    /** A and f; without forcing f has weights of zero. */
    private static TileWeights matrix(KernelParameters source, DriftSpec spec, int d) {
      Matrix a = source.matrix("drift/matrix");
      Matrix f =
          spec.forcing() ? source.matrix("drift/force") : Matrix.of(new float[d * a.columns()], d);
      float[] b = java.util.Arrays.copyOf(source.bias("drift/matrix"), d * d + d);
      if (spec.forcing()) {
        System.arraycopy(source.bias("drift/force"), 0, b, d * d, d);
      }
      return TileWeights.of(a.above(f), b);
    }

    private static long count(long width, int layers, int d, boolean forcing) {
      long forward = width * d + (layers - 1) * width * width + d * (width + d);
      long heads = width * d * d + (forcing ? width * d : 0);
      long contraction = (long) d * (d + 1) + (long) d * (d - 1) + 2L * d;
      return 2 * forward + heads + contraction;
    }

    @Override
    public void evaluate(TileArithmetic arithmetic, float[] memory) {
      forward(arithmetic, memory);
      gradient(arithmetic, memory);
      arithmetic.product(matrix, memory, h, terms.a(), false);
      arithmetic.contract(memory, terms);
    }

    private void forward(TileArithmetic arithmetic, float[] memory) {
      for (int l = 0; l < hidden.length; l++) {
        arithmetic.product(hidden[l], memory, l == 0 ? z : h, gate[l], false);
        arithmetic.onsager(memory, gate[l], h, width, l > 0);
      }
      arithmetic.product(potential, memory, h, p, false);
    }

    /** Backwards through the layers (ME-55). */
    private void gradient(TileArithmetic arithmetic, float[] memory) {
      arithmetic.product(potentialBack, memory, p, back, false);
      for (int l = hidden.length - 1; l >= 0; l--) {
        arithmetic.multiply(memory, gate[l], back, through, width);
        int to = l == 0 ? terms.gradient() : back;
        arithmetic.product(hiddenBack[l], memory, through, to, true);
      }
      arithmetic.addScaled(memory, pull, z, terms.gradient(), terms.d());
    }

    @Override
    public long multiplyAdds() {
      return multiplyAdds;
    }
  }

  /** A fully connected ReLU network with linear output (ME-44, ME-46). */
  static final class TileNetwork implements TilePart {
    /** A layer that reads rows from x and writes rows from y. */
    private record Layer(TileWeights weights, long multiplyAdds, int x, int y) {}

    private final String name;
    private final List<Layer> layers = new ArrayList<>();

    /**
     * @param name {@code drift} or {@code diffusion}
     * @param factors factor on each output; empty: none
     * @param rows for the hidden layers, two regions in turn
     * @param z rows of the state
     * @param out rows of the outputs
     */
    TileNetwork(
        KernelParameters p,
        String name,
        List<Integer> widths,
        float[] factors,
        TileRows rows,
        int z,
        int out) {
      this.name = name;
      int widest = widths.stream().mapToInt(Integer::intValue).max().orElseThrow();
      int even = rows.take(widest);
      int odd = rows.take(widest);
      int x = z;
      for (int l = 0; l < widths.size(); l++) {
        int y = l % 2 == 0 ? even : odd;
        String layer = name + "/hidden" + l;
        Matrix weight = l == 0 ? p.first(name) : p.matrix(layer);
        float[] bias = l == 0 ? p.firstBias(name) : p.bias(layer);
        add(weight, TileWeights.of(weight, bias).withRelu(), x, y);
        x = y;
      }
      Matrix last = p.matrix(name + "/output");
      float[] bias = p.bias(name + "/output").clone();
      for (int o = 0; o < factors.length; o++) {
        bias[o] *= factors[o];
      }
      add(last, TileWeights.of(last.rowsScaled(factors), bias), x, out);
    }

    private TileNetwork(TileNetwork other, KernelParameters p) {
      this.name = other.name;
      Layer first = other.layers.get(0);
      layers.addAll(other.layers);
      layers.set(
          0,
          new Layer(
              first.weights.withBias(p.firstBias(name)), first.multiplyAdds, first.x, first.y));
    }

    @Override
    public TileNetwork at(KernelParameters p) {
      return new TileNetwork(this, p);
    }

    private void add(Matrix weight, TileWeights packed, int x, int y) {
      layers.add(new Layer(packed, (long) weight.rows() * weight.columns(), x, y));
    }

    @Override
    public void evaluate(TileArithmetic arithmetic, float[] memory) {
      for (int l = 0; l < layers.size(); l++) {
        Layer layer = layers.get(l);
        arithmetic.product(layer.weights, memory, layer.x, layer.y, false);
      }
    }

    @Override
    public long multiplyAdds() {
      return layers.stream().mapToLong(Layer::multiplyAdds).sum();
    }
  }

  /**
   * A function of the state on the rows of a tile; holds no state, any number of tiles share it.
   */
  interface TilePart {
    /** Writes what does not depend on the state, once per tile. */
    default void prepare(TileArithmetic arithmetic, float[] memory) {}

    /**
     * The same part at another condition, which enters by the biases of first layers alone;
     * whatever else there is, is shared ({@code parameters}: of the same parameter set at the other
     * condition).
     */
    default TilePart at(KernelParameters parameters) {
      return this;
    }

    void evaluate(TileArithmetic arithmetic, float[] memory);

    /** Multiply-adds per trajectory. */
    long multiplyAdds();
  }
}
