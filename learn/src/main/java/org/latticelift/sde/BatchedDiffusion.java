package org.latticelift.sde;

/** The diffusion matrix in its four modes, for a block of trajectories (ME-46, DI-37). */
final class BatchedDiffusion implements BatchedPart {
  private final DiffusionSpec spec;
  private final int dimension;
  private final BatchedNetwork network;
  private final float[] constant;
  private final float[][] diagonal;

  BatchedDiffusion(KernelParameters p, DiffusionSpec spec, int dimension, int block) {
    this.spec = spec;
    this.dimension = dimension;
    boolean learned = spec.mode().network();
    this.network =
        learned
            ? BatchedNetwork.of(p, "diffusion", spec.hidden(), spec.outputs(dimension), block)
            : null;
    this.constant = learned ? null : p.get("diffusion/value");
    this.diagonal = new float[dimension][];
  }

  @Override
  public void evaluate(int n, float[][] z, float[][] sigma) {
    if (spec.mode().full()) {
      raw(n, z, sigma);
    } else {
      for (int i = 0; i < dimension; i++) {
        diagonal[i] = sigma[i * dimension + i];
      }
      raw(n, z, diagonal);
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        finish(n, i, j, sigma[i * dimension + j]);
      }
    }
  }

  private void raw(int n, float[][] z, float[][] out) {
    if (network != null) {
      network.evaluate(n, z, out);
      return;
    }
    for (int k = 0; k < constant.length; k++) {
      java.util.Arrays.fill(out[k], 0, n, constant[k]);
    }
  }

  private void finish(int n, int i, int j, float[] entry) {
    boolean absent = spec.mode().full() ? spec.lower() && j > i : j != i;
    if (absent) {
      Rows.clear(n, entry);
      return;
    }
    if (spec.lower() && i == j) {
      Rows.softplus(n, entry);
    }
    Rows.scale(n, (float) spec.scale(), entry);
  }
}
