package org.latticelift.learn.certificate;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * Late values of an equation whose drift and noise are corrected. Trajectories have the same noise
 * whatever the correction and the step, so that differences are known far better than values.
 *
 * @param model several parameter sets
 * @param condition one of those trained
 * @param start of all trajectories, scaled variables
 * @param horizon length, scaled time
 * @param range which no trajectory leaves
 * @param steps of predictions; a correction may be integrated with half their length
 * @param trajectories of each parameter set
 * @param streams of the run
 */
record CorrectedEnsemble(
    SdeModel model,
    Condition condition,
    double[] start,
    double horizon,
    StateRange range,
    Steps steps,
    int trajectories,
    Streams streams) {
  /** With a quarter of the parameter sets; where that is less than one, with one of them. */
  CorrectedEnsemble quarter() {
    SdeModel few = model.first(Math.max(1, model.models().size() / 4));
    return new CorrectedEnsemble(
        few, condition, start, horizon, range, steps, trajectories, streams);
  }

  /** Late values with corrections; the noise of a step is that of both its halves. */
  EquilibriumShift run(List<Correction> corrections, boolean halfSteps) {
    return runAll(List.of(corrections), halfSteps).get(0);
  }

  /** Late values with each of several variants of corrections, which one kernel runs together. */
  List<EquilibriumShift> runAll(List<List<Correction>> variants, boolean halfSteps) {
    int models = model.models().size();
    List<EquilibriumShift> late =
        variants.stream()
            .map(any -> new EquilibriumShift(models * trajectories, model.map()))
            .toList();
    for (int k = 0; k < models; k++) {
      run(model.models().get(k), k, variants, halfSteps, late);
    }
    return late;
  }

  private void run(
      SdeParameters parameters,
      int member,
      List<List<Correction>> variants,
      boolean halfSteps,
      List<EquilibriumShift> late) {
    int n = trajectories;
    SdeKernel kernel =
        SdeKernel.batched(model.architecture(), parameters, condition.value(), n * variants.size());
    CorrectedTrajectories z = new CorrectedTrajectories(kernel, n, variants, range, start);
    RandomStream noise = streams.stream(Purpose.CERTIFICATE, condition.key(), member);
    float[][][] half = new float[2][kernel.dimension()][n];
    long count = Math.max(2, (long) Math.ceil(horizon / steps.length()));
    double h = horizon / count;
    for (long s = 0; s < count; s++) {
      draw(noise, half);
      if (halfSteps) {
        z.step(half[0], h / 2, steps.scheme());
        z.step(half[1], h / 2, steps.scheme());
      } else {
        z.step(together(half), h, steps.scheme());
      }
      if (2 * s >= count) {
        add(z, member, late);
      }
    }
  }

  private static void draw(RandomStream noise, float[][][] half) {
    for (float[][] part : half) {
      for (float[] row : part) {
        for (int t = 0; t < row.length; t++) {
          row[t] = (float) noise.normal();
        }
      }
    }
  }

  /** Of both halves, in the first. */
  private static float[][] together(float[][][] half) {
    for (int i = 0; i < half[0].length; i++) {
      for (int t = 0; t < half[0][i].length; t++) {
        half[0][i][t] = (half[0][i][t] + half[1][i][t]) * (float) Math.sqrt(0.5);
      }
    }
    return half[0];
  }

  private void add(CorrectedTrajectories z, int member, List<EquilibriumShift> late) {
    double[] physical = new double[model.architecture().dimension()];
    for (int t = 0; t < late.size() * trajectories; t++) {
      for (int i = 0; i < physical.length; i++) {
        physical[i] = z.value(i, t, model.scaling());
      }
      late.get(t / trajectories)
          .add(member * trajectories + t % trajectories, physical, z.stopped(t));
    }
  }

  /**
   * Trajectories of one parameter set under a drift to which something is added and a noise that is
   * multiplied with something, in scaled variables and time, for several variants of corrections
   * with the same noise. The schemes are those of {@link StepScheme}, whose fast form has no
   * corrections.
   */
  static final class CorrectedTrajectories {
    private final SdeKernel kernel;
    private final List<List<Correction>> variants;
    private final StateRange range;
    private final double[][] factor;
    private final int d;

    /** Trajectories of each variant, and of all together. */
    private final int each;

    private final int n;
    private final float[][] z;
    private final float[][] drift;
    private final float[][] sigma;
    private final float[][] increment;
    private final float[][] end;
    private final float[][] first;
    private final boolean[] stopped;

    /** Trajectories of a kernel at the same state, {@code each} of them for every variant. */
    CorrectedTrajectories(
        SdeKernel kernel,
        int each,
        List<List<Correction>> variants,
        StateRange range,
        double[] start) {
      this.kernel = kernel;
      this.variants = variants;
      this.range = range;
      this.d = kernel.dimension();
      this.each = each;
      this.n = each * variants.size();
      this.factor = new double[variants.size()][d];
      for (int v = 0; v < factor.length; v++) {
        Arrays.fill(factor[v], 1);
        for (Correction correction : variants.get(v)) {
          for (int i = 0; i < d; i++) {
            factor[v][i] *= correction.noise()[i];
          }
        }
      }
      this.z = new float[d][n];
      this.drift = new float[d][n];
      this.sigma = new float[d * d][n];
      this.increment = new float[d][n];
      this.end = new float[d][n];
      this.first = new float[d][n];
      this.stopped = new boolean[n];
      for (int i = 0; i < d; i++) {
        Arrays.fill(z[i], (float) start[i]);
      }
    }

    /** A step ({@code normals}: standard normal numbers of each variant, [d][each]). */
    void step(float[][] normals, double h, StepScheme scheme) {
      kernel.evaluate(n, z, drift, sigma);
      correct(z);
      noise(normals, Math.sqrt(h));
      switch (scheme) {
        case EULER -> euler(h);
        case RUNGE_KUTTA -> threeDrifts((float) h);
      }
      keep();
    }

    /** A state that is no number any more counts as one at the lower border. */
    private void keep() {
      Arrays.fill(stopped, false);
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < n; t++) {
          float kept = Float.isNaN(z[i][t]) ? (float) range.low()[i] : range.within(i, z[i][t]);
          stopped[t] |= kept != z[i][t];
          z[i][t] = kept;
        }
      }
    }

    /** Whether the last step would have left the range. */
    boolean stopped(int trajectory) {
      return stopped[trajectory];
    }

    double value(int variable, int trajectory, SdeScaling scaling) {
      return scaling.toPhysical(variable, z[variable][trajectory]);
    }

    private void euler(double h) {
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < n; t++) {
          z[i][t] = (float) (z[i][t] + h * drift[i][t] + increment[i][t]);
        }
      }
    }

    private void threeDrifts(float h) {
      for (int i = 0; i < d; i++) {
        System.arraycopy(drift[i], 0, first[i], 0, n);
        for (int t = 0; t < n; t++) {
          end[i][t] = z[i][t] + h * drift[i][t] + increment[i][t];
        }
      }
      kernel.drift(n, end, drift);
      correct(end);
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < n; t++) {
          float more = drift[i][t] - first[i][t];
          z[i][t] = (z[i][t] + end[i][t]) / 2 + h / 4 * more;
          end[i][t] += h / 6 * (more - 4 * first[i][t]);
        }
      }
      kernel.drift(n, z, drift);
      correct(z);
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < n; t++) {
          z[i][t] = end[i][t] + 2 * h / 3 * drift[i][t];
        }
      }
    }

    private void correct(float[][] at) {
      double[] state = new double[d];
      double[] offset = new double[d];
      for (int v = 0; v < variants.size(); v++) {
        for (Correction correction : variants.get(v)) {
          double[] terms = new double[correction.terms().count()];
          for (int t = v * each; t < (v + 1) * each; t++) {
            for (int i = 0; i < d; i++) {
              state[i] = at[i][t];
            }
            correction.offset(state, offset);
            correction.terms().values(offset, terms);
            for (int i = 0; i < d; i++) {
              drift[i][t] += (float) correction.delta(i, terms);
            }
          }
        }
      }
    }

    private void noise(float[][] normals, double root) {
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < n; t++) {
          double sum = 0;
          for (int j = 0; j < d; j++) {
            sum += (double) sigma[i * d + j][t] * normals[j][t % each];
          }
          increment[i][t] = (float) (factor[t / each][i] * root * sum);
        }
      }
    }
  }

  /**
   * The states that a corrected equation may reach, in scaled variables: those of the pairs and of
   * the prediction, and half as much again on both sides. Nobody knows an equation farther out. A
   * correction may drive it there, and an explicit step may then grow without bound; at the border
   * a state stays where it is, so that a bias remains a number that is at least so large.
   *
   * @param low d
   * @param high d
   */
  record StateRange(double[] low, double[] high) {
    private static final double MARGIN = 0.5;

    /**
     * Of the start of trajectories, and of the states before increments ({@code states}: [n,d]).
     */
    static StateRange of(double[] states, double[] start) {
      return new StateRange(start, start).with(states);
    }

    /** With further states ({@code states}: [n,d]). */
    StateRange with(double[] states) {
      int d = low.length;
      double[] least = low.clone();
      double[] most = high.clone();
      for (int k = 0; k < states.length; k++) {
        least[k % d] = Math.min(least[k % d], states[k]);
        most[k % d] = Math.max(most[k % d], states[k]);
      }
      return new StateRange(least, most);
    }

    /** Half as much again on both sides. */
    StateRange wider() {
      double[] least = low.clone();
      double[] most = high.clone();
      for (int i = 0; i < least.length; i++) {
        double more = MARGIN * (high[i] - low[i]);
        least[i] -= more;
        most[i] += more;
      }
      return new StateRange(least, most);
    }

    static StateRange everything(int variables) {
      double[] high = new double[variables];
      Arrays.fill(high, Float.MAX_VALUE);
      return new StateRange(Arrays.stream(high).map(x -> -x).toArray(), high);
    }

    /** The nearest value of a variable within. */
    float within(int variable, float value) {
      return (float) Math.max(low[variable], Math.min(high[variable], value));
    }
  }
}
