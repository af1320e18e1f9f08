package org.latticelift.learn.law;

import java.util.Arrays;
import java.util.stream.Stream;
import org.latticelift.learn.ensemble.Novelty;
import org.latticelift.learn.kernel.PlainSdeKernel;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;

/**
 * Numbers of this program that an exported file compares itself with: steps of all models from the
 * start, at conditions within the trained range, even ones by Runge and Kutta, odd ones by Euler
 * and Maruyama. They come from the readable kernel, not from what is written.
 *
 * @param condition of each step
 * @param step length of each, scaled time
 * @param unit tau at each
 * @param normal numbers of the steps, [steps][models][d]
 * @param state after them, [models][d]
 * @param mean of the observables
 * @param half of their 95 % intervals
 * @param distance of the first model's state from those of the training; NaN where not known
 */
record LawCheck(
    double[] condition,
    double[] step,
    double[] unit,
    double[] normal,
    double[] state,
    double[] mean,
    double[] half,
    double distance) {
  private static final int STEPS = 16;
  private static final double GOLDEN = 0.6180339887498949;

  static LawCheck of(SdeModel model, double[] longest) {
    double shortest = Arrays.stream(longest).min().orElseThrow();
    int d = model.architecture().dimension();
    int models = model.models().size();
    double[] trained = model.scaling().condition();
    double width = trained[trained.length - 1] - trained[0];
    double[] condition = new double[STEPS];
    double[] step = new double[STEPS];
    double[] unit = new double[STEPS];
    double[] normal = new double[STEPS * models * d];
    Arrays.setAll(condition, s -> trained[0] + width * spread(s));
    Arrays.setAll(step, s -> shortest * (1 + spread(s)) / 2);
    Arrays.setAll(unit, s -> model.scaling().timeUnit(condition[s], false));
    Arrays.setAll(normal, i -> Math.sqrt(3) * (2 * spread(i) - 1));
    double[][] states = new double[models][];
    for (int k = 0; k < models; k++) {
      double[] y = start(model);
      PlainSdeKernel kernel =
          new PlainSdeKernel(model.architecture(), model.models().get(k), condition[0], 1);
      for (int s = 0; s < STEPS; s++) {
        int from = (s * models + k) * d;
        double[] numbers = Arrays.copyOfRange(normal, from, from + d);
        StepScheme scheme = s % 2 == 0 ? StepScheme.RUNGE_KUTTA : StepScheme.EULER;
        y = kernel.at(condition[s]).step(y, step[s], numbers, scheme);
      }
      states[k] = y;
    }
    Summary end = Summary.of(model, states);
    double far = new Novelty(model).of(condition[STEPS - 1], states[0]);
    double[] all = Stream.of(states).flatMapToDouble(Arrays::stream).toArray();
    return new LawCheck(condition, step, unit, normal, all, end.mean(), end.half(), far);
  }

  /** All d variables where predictions start. */
  static double[] start(SdeModel model) {
    SdeScaling scaling = model.scaling();
    int[] trained = model.map().independent();
    double[] y = new double[trained.length];
    Arrays.setAll(y, v -> scaling.toScaled(v, model.map().start()[trained[v]]));
    return y;
  }

  /** Numbers that fill the interval from 0 to 1 evenly. */
  private static double spread(int i) {
    double value = (i + 1) * GOLDEN;
    return value - Math.floor(value);
  }
}
