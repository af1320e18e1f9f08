package org.latticelift.learn.sde;

/**
 * The Onsager drift (ME-50 to ME-58) on the rows of a tile. The hidden state h lies directly below
 * the state z, so that the potential's two layers are one product, and so do their gradients; the
 * matrix A and the force f come from one product, too. Factors of 2 of the gradient are folded into
 * the transposed weights.
 */
final class TileOnsager implements TilePart {
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
