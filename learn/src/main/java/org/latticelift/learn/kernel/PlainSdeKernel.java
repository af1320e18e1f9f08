package org.latticelift.learn.kernel;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.kernel.Steps.StepScheme;
import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;

/** Readable twin of {@link TiledSdeKernel}: one trajectory at a time, in double precision. */
public final class PlainSdeKernel implements SdeKernel {
  private final SdeArchitecture architecture;
  private final KernelParameters source;
  private final int block;

  /** One parameter set at one condition ({@code block}: most trajectories per call). */
  public PlainSdeKernel(
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

  /**
   * A step as {@link SdeTile} makes it, in double precision ({@code normal}: d normal numbers;
   * zeros for a step without noise); the state after it.
   */
  public double[] step(double[] z, double h, double[] normal, StepScheme scheme) {
    int d = z.length;
    double[] k1 = drift(z);
    double[] sigma = sigma(z);
    double[] y = new double[d];
    double[] noise = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        noise[i] += sigma[i * d + j] * Math.sqrt(h) * normal[j];
      }
      y[i] = z[i] + h * k1[i] + noise[i];
    }
    if (scheme == StepScheme.EULER) {
      return y;
    }
    double[] k2 = drift(y);
    double[] middle = new double[d];
    Arrays.setAll(middle, i -> (z[i] + y[i]) / 2 + h / 4 * (k2[i] - k1[i]));
    double[] k3 = drift(middle);
    double[] end = new double[d];
    Arrays.setAll(end, i -> y[i] + h / 6 * (k2[i] - 5 * k1[i] + 4 * k3[i]));
    return end;
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

  /** The Onsager drift written as ME-50 and ME-56 stand. */
  public static final class PlainOnsager {
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
    public static double[][] dissipation(double[] a, int d) {
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
    public static double[][] conservation(double[] a, int d) {
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

  /**
   * The potential V(z) of ME-54 and its exact gradient ME-55 at one temperature, in double
   * precision and written as the formulas stand.
   */
  public static final class OnsagerPotential {
    private final KernelParameters source;
    private final int layers;
    private final double beta;

    public OnsagerPotential(KernelParameters source, DriftSpec spec) {
      this.source = source;
      this.layers = spec.hidden().size();
      this.beta = spec.potBeta();
    }

    /** What both the value and the gradient need. */
    private record Forward(double[][] slope, double[] h, double[] p) {}

    public double value(double[] z) {
      double sum = 0;
      for (double component : forward(z).p) {
        sum += component * component;
      }
      for (double component : z) {
        sum += beta * component * component;
      }
      return sum;
    }

    public double[] gradient(double[] z) {
      Forward f = forward(z);
      double[] g = transposed(source.get("drift/potential/W"), f.p, f.h.length);
      for (int l = layers - 1; l > 0; l--) {
        double[] through =
            transposed(source.get("drift/hidden" + l + "/W"), product(f.slope[l], g), g.length);
        g = sum(g, through);
      }
      double[] first =
          transposed(source.get("drift/hidden0/W_z"), product(f.slope[0], g), z.length);
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
}
