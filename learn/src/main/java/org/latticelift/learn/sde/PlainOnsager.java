package org.latticelift.learn.sde;

/** The Onsager drift written as ME-50 and ME-56 stand. */
final class PlainOnsager {
  private final KernelParameters source;
  private final DriftSpec spec;
  private final OnsagerPotential potential;

  PlainOnsager(KernelParameters source, DriftSpec spec) {
    this.source = source;
    this.spec = spec;
    this.potential = new OnsagerPotential(source, spec);
  }

  double[] drift(double[] z) {
    int d = z.length;
    double[] h = potential.hidden(z);
    double[] gradient = potential.gradient(z);
    double[] a =
        KernelParameters.affine(source.get("drift/matrix/W"), source.get("drift/matrix/b"), h);
    double[][] m = dissipation(a, d);
    double[][] w = conservation(a, d);
    double[] mu =
        spec.forcing()
            ? KernelParameters.affine(source.get("drift/force/W"), source.get("drift/force/b"), h)
            : new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double identity = i == j ? spec.dissipation() : 0;
        mu[i] -= (m[i][j] + w[i][j] + identity) * gradient[j];
      }
    }
    return mu;
  }

  /** M = L L^T, L the lower triangle of A. */
  static double[][] dissipation(double[] a, int d) {
    double[][] m = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k <= Math.min(i, j); k++) {
          m[i][j] += a[i * d + k] * a[j * d + k];
        }
      }
    }
    return m;
  }

  /** W = U - U^T, U the strict upper triangle of A. */
  static double[][] conservation(double[] a, int d) {
    double[][] w = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = i + 1; j < d; j++) {
        w[i][j] = a[i * d + j];
        w[j][i] = -a[i * d + j];
      }
    }
    return w;
  }
}
