package org.latticelift.learn.sde;

/**
 * The potential V(z) of ME-54 and its exact gradient ME-55 at one temperature, in double precision
 * and written as the formulas stand.
 */
final class OnsagerPotential {
  private final KernelParameters source;
  private final int layers;
  private final double beta;

  OnsagerPotential(KernelParameters source, DriftSpec spec) {
    this.source = source;
    this.layers = spec.hidden().size();
    this.beta = spec.potBeta();
  }

  /** What both the value and the gradient need. */
  private record Forward(double[][] slope, double[] h, double[] p) {}

  double value(double[] z) {
    double sum = 0;
    for (double component : forward(z).p) {
      sum += component * component;
    }
    for (double component : z) {
      sum += beta * component * component;
    }
    return sum;
  }

  double[] gradient(double[] z) {
    Forward f = forward(z);
    double[] g = transposed(source.get("drift/potential/W"), f.p, f.h.length);
    for (int l = layers - 1; l > 0; l--) {
      double[] through =
          transposed(source.get("drift/hidden" + l + "/W"), product(f.slope[l], g), g.length);
      g = sum(g, through);
    }
    double[] first = transposed(source.get("drift/hidden0/W_z"), product(f.slope[0], g), z.length);
    double[] direct = transposed(source.get("drift/potential_linear/W"), f.p, z.length);
    double[] gradient = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      gradient[i] = 2 * (first[i] + direct[i]) + 2 * beta * z[i];
    }
    return gradient;
  }

  /** The hidden state h of ME-53. */
  double[] hidden(double[] z) {
    return forward(z).h;
  }

  private Forward forward(double[] z) {
    double[][] slope = new double[layers][];
    double[] u =
        KernelParameters.affine(source.get("drift/hidden0/W_z"), source.firstBias("drift"), z);
    slope[0] = slope(u);
    double[] h = activation(u);
    for (int l = 1; l < layers; l++) {
      u = affine("drift/hidden" + l, h);
      slope[l] = slope(u);
      h = sum(activation(u), h);
    }
    double[] p = sum(affine("drift/potential", h), affine("drift/potential_linear", z));
    return new Forward(slope, h, p);
  }

  private double[] affine(String name, double[] x) {
    return KernelParameters.affine(source.get(name + "/W"), source.get(name + "/b"), x);
  }

  private static double relu(double u) {
    return Math.max(u, 0);
  }

  private static double[] activation(double[] u) {
    double[] y = new double[u.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = relu(u[i]) * relu(u[i]) - relu(u[i] - 0.5) * relu(u[i] - 0.5);
    }
    return y;
  }

  private static double[] slope(double[] u) {
    double[] y = new double[u.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 2 * relu(u[i]) - 2 * relu(u[i] - 0.5);
    }
    return y;
  }

  private static double[] transposed(float[] weight, double[] x, int inputs) {
    double[] y = new double[inputs];
    for (int o = 0; o < x.length; o++) {
      for (int i = 0; i < inputs; i++) {
        y[i] += (double) weight[o * inputs + i] * x[o];
      }
    }
    return y;
  }

  private static double[] product(double[] a, double[] b) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i] * b[i];
    }
    return y;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = a[i] + b[i];
    }
    return y;
  }
}
