package org.latticelift.learn.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;

/**
 * Readable twin of {@link TiledSdeKernel}: carries out the operations of a program one after the
 * other, for one trajectory at a time, in double precision.
 */
public final class PlainSdeKernel implements SdeKernel {
  private final SdeProgram program;
  private final Map<String, double[]> vectors = new HashMap<>();
  private final int block;

  /** One parameter set at one condition ({@code block}: most trajectories per call). */
  public PlainSdeKernel(
      SdeArchitecture architecture, SdeParameters parameters, double condition, int block) {
    this(new SdeProgram(architecture, List.of(parameters)), condition, block);
  }

  private PlainSdeKernel(SdeProgram program, double condition, int block) {
    this.program = program;
    this.block = block;
    program.vectors().forEach((name, length) -> vectors.put(name, new double[length]));
    program.folded().forEach((name, length) -> vectors.put(name, new double[length]));
    vectors.get(SdeProgram.INPUT)[0] = program.input(condition);
    run(program.fold());
  }

  /** The same parameter set at another condition. */
  public PlainSdeKernel at(double condition) {
    return new PlainSdeKernel(program, condition, block);
  }

  /**
   * The biases of first layers at a condition, by name: single precision, so that all kernels have
   * the same ones. The program has one parameter set.
   */
  public static Map<String, float[]> fold(SdeProgram program, double condition) {
    PlainSdeKernel kernel = new PlainSdeKernel(program, condition, 1);
    Map<String, float[]> folded = new HashMap<>();
    for (String name : program.folded().keySet()) {
      double[] wide = kernel.vectors.get(name);
      float[] bias = new float[wide.length];
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) wide[i];
      }
      folded.put(name, bias);
    }
    return folded;
  }

  @Override
  public int dimension() {
    return program.dimension();
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

  double[] drift(double[] z) {
    return result(z, program.drift(), SdeProgram.DRIFT);
  }

  /** sigma at a state, row-major. */
  double[] sigma(double[] z) {
    return result(z, program.diffusion(), SdeProgram.SIGMA);
  }

  private double[] result(double[] z, List<Operation> operations, String name) {
    System.arraycopy(z, 0, vectors.get(SdeProgram.STATE), 0, z.length);
    run(operations);
    return vectors.get(name).clone();
  }

  /** What a vector holds after the last evaluation. */
  double[] vector(String name) {
    return vectors.get(name).clone();
  }

  private void run(List<Operation> operations) {
    for (Operation each : operations) {
      double[] to = vectors.get(each.to());
      double[] from = vectors.get(each.from());
      double factor = each.factor();
      switch (each.kind()) {
        case ZERO -> Arrays.fill(to, 0);
        case BIAS -> bias(program.weights(each.with()), to);
        case FOLDED -> System.arraycopy(from, 0, to, 0, to.length);
        case PRODUCT -> product(program.weights(each.with()), from, to);
        case RELU -> Arrays.setAll(to, i -> Math.max(to[i], 0));
        case ACTIVATE -> activate(vectors.get(each.with()), to);
        case TIMES -> Arrays.setAll(to, i -> factor * from[i] * to[i]);
        case WITHIN -> within(factor, to);
        case INVERSE -> Arrays.setAll(to, i -> 1 / to[i]);
        case SCALE -> Arrays.setAll(to, i -> factor * to[i]);
        case ADD -> Arrays.setAll(to, i -> to[i] + factor * from[i]);
        case CONTRACT -> contract(factor, vectors.get(each.with()), from, to);
        case MATRIX -> matrix(factor, from, to);
        case ROUND -> Arrays.setAll(to, i -> (float) to[i]);
      }
    }
  }

  private static void bias(Weights weights, double[] to) {
    float[] values = weights.values().get(0);
    Arrays.setAll(to, i -> values[i]);
  }

  private static void product(Weights weights, double[] x, double[] to) {
    float[] values = weights.values().get(0);
    for (int o = 0; o < weights.outputs(); o++) {
      for (int i = 0; i < weights.inputs(); i++) {
        to[o] += (double) values[i * weights.outputs() + o] * x[i];
      }
    }
  }

  private static void activate(double[] u, double[] to) {
    for (int i = 0; i < u.length; i++) {
      double c = Math.min(Math.max(u[i], 0), 0.5);
      to[i] += c * (2 * u[i] - c);
      u[i] = c;
    }
  }

  private static void within(double radius, double[] to) {
    double square = 0;
    for (double value : to) {
      square += value * value;
    }
    double by = square > radius * radius ? radius / Math.sqrt(square) : 1;
    Arrays.setAll(to, i -> by * to[i]);
  }

  private static void contract(double c, double[] a, double[] g, double[] to) {
    int d = to.length;
    double[] inner = new double[d];
    for (int j = 0; j < d; j++) {
      for (int i = j; i < d; i++) {
        inner[j] += a[i * d + j] * g[i];
      }
    }
    for (int i = 0; i < d; i++) {
      to[i] -= c * g[i];
      for (int j = 0; j <= i; j++) {
        to[i] -= a[i * d + j] * inner[j];
      }
      for (int j = 0; j < i; j++) {
        to[i] += a[j * d + i] * g[j];
      }
      for (int j = i + 1; j < d; j++) {
        to[i] -= a[i * d + j] * g[j];
      }
    }
  }

  private void matrix(double scale, double[] entries, double[] to) {
    int d = dimension();
    SigmaShape shape = program.shape();
    for (int i = 0; i < d; i++) {
      for (int j = shape.first(i); j < shape.end(i, d); j++) {
        double value = entries[shape.at(i, j, d)];
        to[i * d + j] = scale * (program.positive() && i == j ? softplus(value) : value);
      }
    }
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
