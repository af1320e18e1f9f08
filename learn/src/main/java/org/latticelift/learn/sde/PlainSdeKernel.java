package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;

/** Readable twin of {@link TiledSdeKernel}: one trajectory at a time, in double precision. */
final class PlainSdeKernel implements SdeKernel {
  private final SdeArchitecture architecture;
  private final KernelParameters source;
  private final int block;

  PlainSdeKernel(
      SdeArchitecture architecture, SdeParameters parameters, double condition, int block) {
    this.architecture = architecture;
    this.source = new KernelParameters(architecture, parameters, condition);
    this.block = block;
  }

  @Override
  public int dimension() {
    return architecture.dimension();
  }

  @Override
  public int block() {
    return block;
  }

  @Override
  public void evaluate(int count, float[][] z, float[][] drift, float[][] sigma) {
    double[] state = new double[dimension()];
    for (int t = 0; t < count; t++) {
      for (int i = 0; i < state.length; i++) {
        state[i] = z[i][t];
      }
      store(drift(state), drift, t);
      store(sigma(state), sigma, t);
    }
  }

  private static void store(double[] from, float[][] to, int t) {
    for (int i = 0; i < from.length; i++) {
      to[i][t] = (float) from[i];
    }
  }

  private double[] drift(double[] z) {
    DriftSpec spec = architecture.drift();
    return switch (spec.kind()) {
      case ONSAGER -> new PlainOnsager(source, spec).drift(z);
      case PLAIN -> network("drift", spec.hidden(), z);
      case LINEAR ->
          KernelParameters.affine(source.get("drift/linear/W"), source.get("drift/linear/b"), z);
    };
  }

  private double[] sigma(double[] z) {
    DiffusionSpec spec = architecture.diffusion();
    int d = z.length;
    double[] raw = spec.mode().network() ? network("diffusion", spec.hidden(), z) : constant();
    double[] sigma = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double value = spec.mode().full() ? raw[i * d + j] : i == j ? raw[i] : 0;
        if (spec.lower()) {
          value = j > i ? 0 : j == i ? softplus(value) : value;
        }
        sigma[i * d + j] = spec.scale() * value;
      }
    }
    return sigma;
  }

  private double[] constant() {
    float[] values = source.get("diffusion/value");
    double[] copy = new double[values.length];
    Arrays.setAll(copy, i -> values[i]);
    return copy;
  }

  private double[] network(String prefix, List<Integer> hidden, double[] z) {
    double[] x =
        KernelParameters.affine(source.get(prefix + "/hidden0/W_z"), source.firstBias(prefix), z);
    for (int l = 1; l <= hidden.size(); l++) {
      String name = prefix + (l < hidden.size() ? "/hidden" + l : "/output");
      double[] rectified = Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
      x = KernelParameters.affine(source.get(name + "/W"), source.get(name + "/b"), rectified);
    }
    return x;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
