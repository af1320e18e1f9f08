package org.latticelift.sde;

/**
 * Structure-of-arrays kernel. Cost per trajectory and call: two operations per weight (three times
 * that for the Onsager potential, whose gradient runs backwards through the layers); no allocation.
 * The alloy's networks (ME-63) take 1.6 microseconds per trajectory and step, a fifth of the plain
 * twin; {@code SdeKernelBenchmark} measures it.
 */
final class BatchedSdeKernel implements SdeKernel {
  private final int dimension;
  private final int block;
  private final BatchedPart drift;
  private final BatchedPart diffusion;

  BatchedSdeKernel(
      SdeArchitecture architecture, SdeParameters parameters, double kelvin, int block) {
    this.dimension = architecture.dimension();
    this.block = block;
    KernelParameters p = new KernelParameters(architecture, parameters, kelvin);
    this.drift =
        architecture.drift().kind() == DriftKind.PLAIN
            ? BatchedNetwork.of(p, "drift", architecture.drift().hidden(), dimension, block)
            : new BatchedOnsager(p, architecture.drift(), dimension, block);
    this.diffusion = new BatchedDiffusion(p, architecture.diffusion(), dimension, block);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int block() {
    return block;
  }

  @Override
  public void evaluate(int count, float[][] z, float[][] mu, float[][] sigma) {
    drift.evaluate(count, z, mu);
    diffusion.evaluate(count, z, sigma);
  }
}
