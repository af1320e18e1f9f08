package org.latticelift.learn.sde;

import java.util.Arrays;

/** The diffusion matrix in its four modes on the rows of a tile (ME-46, DI-37). */
final class TileDiffusion implements TilePart {
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
