package org.latticelift.learn.sde;

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
   * Lays out the networks.
   *
   * @param architecture shape of the SDE
   * @param parameters its parameters
   * @param condition value of the condition's parameter, such as a temperature in K
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
   * The same parameter set at another condition; all weights are shared, so this takes
   * microseconds.
   *
   * @param architecture shape of the SDE, the one this was made of
   * @param parameters its parameters, those this was made of
   * @param condition value of the condition's parameter
   * @return as a new one, bit for bit
   */
  public SdeProgram at(SdeArchitecture architecture, SdeParameters parameters, double condition) {
    return new SdeProgram(this, new KernelParameters(architecture, parameters, condition));
  }

  /**
   * Latent dimension.
   *
   * @return d
   */
  public int dimension() {
    return dimension;
  }

  /**
   * Work of a step: the weights of all layers once, those of the Onsager potential twice, the
   * contraction of the Onsager matrices, and the product of sigma with the noise. Not counted are
   * activations and random numbers.
   *
   * @return floating-point operations per trajectory and step, two per multiply-add
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
}
