package org.latticelift.learn.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.learn.kernel.Operation;
import org.latticelift.learn.kernel.PointLayers;
import org.latticelift.learn.kernel.SdeProgram;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Weights;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;

/**
 * Steps without noise by the operations of an exported file, in double precision, of {@link
 * PointLayers#LANES} points side by side, each at a condition of its own. Not changed after
 * construction; a {@link Points} is for one thread.
 */
final class MeanKernel {
  private static final int LANES = PointLayers.LANES;

  private final SdeArchitecture architecture;
  private final PointLayers layers;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Code> fold;
  private final List<Code> drift;

  /**
   * An operation on places of vectors; -1 for none.
   *
   * @param weights of each model; none where it needs none
   */
  private record Code(
      Operation.Kind kind,
      int to,
      int with,
      int from,
      double factor,
      int inputs,
      double[][] weights) {}

  MeanKernel(SdeModel model, PointLayers layers) {
    SdeProgram program = new SdeProgram(model.architecture(), model.models());
    this.architecture = model.architecture();
    this.layers = layers;
    Stream.of(program.vectors(), program.folded())
        .forEach(
            vectors ->
                vectors.forEach(
                    (name, length) -> {
                      places.put(name, lengths.size());
                      lengths.add(length);
                    }));
    Set<String> read =
        program.drift().stream().map(Operation::from).collect(Collectors.toUnmodifiableSet());
    this.drift = program.drift().stream().map(each -> code(program, each)).toList();
    this.fold =
        program.fold().stream()
            .filter(each -> !program.folded().containsKey(each.to()) || read.contains(each.to()))
            .map(each -> code(program, each))
            .toList();
  }

  private Code code(SdeProgram program, Operation operation) {
    Weights weights = program.weights(operation.with());
    return new Code(
        operation.kind(),
        places.get(operation.to()),
        places.getOrDefault(operation.with(), -1),
        places.getOrDefault(operation.from(), -1),
        operation.factor(),
        weights == null ? 0 : weights.inputs(),
        weights == null
            ? new double[0][]
            : weights.values().stream().map(MeanKernel::widened).toArray(double[][]::new));
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  /** Points side by side; rows of elements, as {@link PointLayers} has them. */
  final class Points {
    private final double[][] vectors =
        lengths.stream().map(length -> new double[length * LANES]).toArray(double[][]::new);
    private final double[] input = vectors[places.get(SdeProgram.INPUT)];
    private final double[] state = vectors[places.get(SdeProgram.STATE)];
    private final double[] mu = vectors[places.get(SdeProgram.DRIFT)];
    private final double[] first = new double[mu.length];
    private final double[] second = new double[mu.length];
    private final double[] work = new double[mu.length];
    private final double[] inner = new double[mu.length];

    /**
     * A step of one model.
     *
     * @param condition of each point
     * @param h length of each step, scaled time; 0 for a point that stays
     * @param z states [d][LANES], overwritten
     */
    void step(int model, StepScheme scheme, double[] condition, double[] h, double[] z) {
      for (int l = 0; l < LANES; l++) {
        input[l] = architecture.input(condition[l]);
      }
      fold.forEach(each -> run(each, model));
      drift(model, z, first);
      for (int v = 0; v < z.length; v++) {
        work[v] = z[v] + h[v % LANES] * first[v];
      }
      if (scheme == StepScheme.EULER) {
        System.arraycopy(work, 0, z, 0, z.length);
        return;
      }
      drift(model, work, second);
      for (int v = 0; v < z.length; v++) {
        work[v] = 0.5 * (z[v] + work[v]) + 0.25 * h[v % LANES] * (second[v] - first[v]);
      }
      drift(model, work, mu);
      for (int v = 0; v < z.length; v++) {
        z[v] += h[v % LANES] / 6 * (first[v] + second[v] + 4 * mu[v]);
      }
    }

    private void drift(int model, double[] z, double[] to) {
      System.arraycopy(z, 0, state, 0, z.length);
      for (Code each : drift) {
        run(each, model);
      }
      System.arraycopy(mu, 0, to, 0, to.length);
    }

    private void run(Code code, int model) {
      double[] to = vectors[code.to];
      double[] with = code.with < 0 ? to : vectors[code.with];
      double[] from = code.from < 0 ? to : vectors[code.from];
      double factor = code.factor;
      switch (code.kind) {
        case ZERO -> Arrays.fill(to, 0);
        case BIAS -> bias(code.weights[model], to);
        case FOLDED -> System.arraycopy(from, 0, to, 0, to.length);
        case PRODUCT -> layers.add(to.length / LANES, code.inputs, code.weights[model], from, to);
        case RELU -> relu(to);
        case ACTIVATE -> activate(with, to);
        case TIMES -> times(factor, from, to);
        case WITHIN -> within(factor, to);
        case INVERSE -> inverse(to);
        case SCALE -> scale(factor, to);
        case ADD -> add(factor, from, to);
        case CONTRACT -> contract(factor, with, from, to);
        case ROUND -> round(to);
        default -> throw new IllegalStateException(code.kind + " in a drift");
      }
    }

    private static void bias(double[] b, double[] y) {
      for (int i = 0; i < b.length; i++) {
        Arrays.fill(y, i * LANES, (i + 1) * LANES, b[i]);
      }
    }

    private static void relu(double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.max(y[i], 0);
      }
    }

    private static void activate(double[] u, double[] y) {
      for (int i = 0; i < u.length; i++) {
        double c = Math.min(Math.max(u[i], 0), 0.5);
        y[i] += c * (2 * u[i] - c);
        u[i] = c;
      }
    }

    private static void times(double factor, double[] x, double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] *= factor * x[i];
      }
    }

    private static void within(double radius, double[] y) {
      for (int l = 0; l < LANES; l++) {
        double square = 0;
        for (int i = l; i < y.length; i += LANES) {
          square += y[i] * y[i];
        }
        double by = square > radius * radius ? radius / Math.sqrt(square) : 1;
        for (int i = l; i < y.length; i += LANES) {
          y[i] *= by;
        }
      }
    }

    private static void inverse(double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] = 1 / y[i];
      }
    }

    private static void scale(double factor, double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] *= factor;
      }
    }

    private static void add(double factor, double[] x, double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] += factor * x[i];
      }
    }

    private static void round(double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) y[i];
      }
    }

    /** to -= (L L^T + W + c I) g. */
    private void contract(double c, double[] a, double[] g, double[] to) {
      int d = to.length / LANES;
      Arrays.fill(inner, 0);
      for (int j = 0; j < d; j++) {
        for (int i = j; i < d; i++) {
          multiply(1, a, i * d + j, g, i, inner, j);
        }
      }
      add(-c, g, to);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          multiply(-1, a, i * d + j, inner, j, to, i);
        }
        for (int j = 0; j < i; j++) {
          multiply(1, a, j * d + i, g, j, to, i);
        }
        for (int j = i + 1; j < d; j++) {
          multiply(-1, a, i * d + j, g, j, to, i);
        }
      }
    }

    private static void multiply(
        double sign, double[] a, int rowOfA, double[] b, int rowOfB, double[] to, int row) {
      int atA = rowOfA * LANES;
      int atB = rowOfB * LANES;
      int at = row * LANES;
      for (int l = 0; l < LANES; l++) {
        to[at + l] += sign * a[atA + l] * b[atB + l];
      }
    }
  }
}
