package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.TurnedPairs;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/**
 * Increments at one condition in the scaled variables and time of a model.
 *
 * @param variables d
 * @param state before, [n,d]
 * @param increment [n,d]
 * @param duration [n]
 * @param martingale increments of the observables less the integral of the generator, whose mean is
 *     zero whatever the state (EX-05), [n,m]; empty where it is not known
 * @param meanIncrement by the mean of several evolutions of each state, [n,d]; empty where there is
 *     one
 * @param meanMartingale of these, [n,m]
 */
record Increments(
    int variables,
    double[] state,
    double[] increment,
    double[] duration,
    double[] martingale,
    double[] meanIncrement,
    double[] meanMartingale) {
  private static final double[] NONE = {};

  /** Of one evolution each, without martingales. */
  Increments(int variables, double[] state, double[] increment, double[] duration) {
    this(variables, state, increment, duration, NONE);
  }

  Increments(
      int variables, double[] state, double[] increment, double[] duration, double[] martingale) {
    this(variables, state, increment, duration, martingale, NONE, NONE);
  }

  /** The means of all evolutions, which know the drift best; their variance is not that of one. */
  Increments mean() {
    return meanIncrement.length == 0
        ? this
        : new Increments(variables, state, meanIncrement, duration, meanMartingale);
  }

  /** Number of martingales of each, or 0. */
  int martingales() {
    return count() == 0 ? 0 : martingale.length / count();
  }

  int count() {
    return duration.length;
  }

  /** Those of the pairs of a file. */
  static Increments pairs(Path path, SdeModel model, Condition condition) {
    try (PairsFile file = PairsFile.open(path)) {
      Increments one = pairs(file, PairColumn.Z1, PairColumn.COMPENSATOR, model, condition);
      if (!file.has(PairColumn.MEAN_Z1)) {
        return one;
      }
      Increments mean =
          pairs(file, PairColumn.MEAN_Z1, PairColumn.MEAN_COMPENSATOR, model, condition);
      return new Increments(
          one.variables,
          one.state,
          one.increment,
          one.duration,
          one.martingale,
          mean.increment,
          mean.martingale);
    }
  }

  private static Increments pairs(
      PairsFile file,
      PairColumn after,
      PairColumn compensator,
      SdeModel model,
      Condition condition) {
    JointPairs pairs = pairs(file, after, compensator);
    TurnedPairs turned =
        model
            .diagnostics()
            .transition()
            .turned(file, after, model.map().independent(), asked(file, condition));
    return of(model, condition, file.conditions(), pairs, turned, file.runs());
  }

  private static IntPredicate asked(PairsFile file, Condition condition) {
    int index = file.conditions().indexOf(condition);
    return c -> c == index;
  }

  private static JointPairs pairs(PairsFile file, PairColumn after, PairColumn compensator) {
    return new JointPairs(
        file.doubles(PairColumn.Z0),
        file.doubles(after),
        file.doubles(PairColumn.DT),
        file.ints(PairColumn.CONDITION),
        file.has(compensator) ? file.doubles(compensator) : NONE);
  }

  /** The states before the increments of {@link #pairs}, [n,d], without fitting a transition. */
  static double[] states(Path path, SdeModel model, Condition condition) {
    try (PairsFile file = PairsFile.open(path)) {
      JointPairs pairs = pairs(file, PairColumn.Z1, PairColumn.COMPENSATOR);
      TurnedPairs stored = new TurnedPairs(pairs.z0(), pairs.z1());
      return of(model, condition, file.conditions(), pairs, stored, file.runs()).state;
    }
  }

  /** Those of the joint evolutions of a file; may be none. */
  static Increments joint(Path path, SdeModel model, Condition condition) {
    try (PairsFile file = PairsFile.open(path)) {
      JointPairs joint = file.joint();
      TurnedPairs turned =
          model
              .diagnostics()
              .transition()
              .turnedJoint(file, model.map().independent(), asked(file, condition));
      double[] one = new double[joint.count()];
      Arrays.fill(one, 1);
      return of(model, condition, file.conditions(), joint, turned, one);
    }
  }

  /**
   * Scales the increments of one condition. A mean of several runs counts as one run that goes on
   * as many times as long. Martingales are those of the stored increments.
   *
   * @param all stored pairs
   * @param turned their states as the model takes them
   * @param runs number of small runs that each pair is the mean of
   */
  private static Increments of(
      SdeModel model,
      Condition condition,
      List<Condition> conditions,
      JointPairs all,
      TurnedPairs turned,
      double[] runs) {
    SdeScaling scaling = model.scaling();
    double unit = scaling.timeUnit(condition.value(), false);
    int[] independent = model.map().independent();
    int d = independent.length;
    int n = all.count();
    int m = n == 0 ? 0 : all.z0().length / n;
    int width = n == 0 ? 0 : all.compensator().length / n;
    int martingales = (int) Arrays.stream(independent).filter(i -> i < width).count();
    int[] rows =
        IntStream.range(0, n)
            .filter(k -> conditions.get(all.condition()[k]).equals(condition))
            .toArray();
    Increments found =
        new Increments(
            d,
            new double[rows.length * d],
            new double[rows.length * d],
            new double[rows.length],
            new double[rows.length * martingales]);
    for (int at = 0; at < rows.length; at++) {
      int k = rows[at];
      found.duration[at] = runs[k] * all.dt()[k] / unit;
      int known = 0;
      for (int i = 0; i < d; i++) {
        int column = k * m + independent[i];
        double increment = runs[k] * (turned.after()[column] - turned.before()[column]);
        found.state[at * d + i] = scaling.toScaled(i, turned.before()[column]);
        found.increment[at * d + i] = increment / scaling.deviation()[i];
        if (independent[i] < width) {
          double expected = all.compensator()[k * width + independent[i]];
          found.martingale[at * martingales + known++] =
              (all.z1()[column] - all.z0()[column] - expected) / scaling.deviation()[i];
        }
      }
    }
    return found;
  }
}
