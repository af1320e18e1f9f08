package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.PairSet.Split;

/**
 * The polynomials in front of the drift networks of all models of a training, and the region in
 * which they hold.
 *
 * @param form with its region
 * @param coefficients of each model, for each power of u
 */
record DriftBaseline(
    BaselineFit fit, Baseline form, TrainedRegion region, List<List<float[]>> coefficients) {

  /**
   * Fits one polynomial for each model, all moved by as much so that their mean is the fit of all
   * samples. Then the spread of the models says what resamples differ by, and their mean is as
   * certain as all samples make it.
   *
   * @param wanted the form
   * @param samples all of them
   * @param stored the same with the states in which they begin, which the region is to hold
   * @param splits what is fitted and what is held out, for each resample
   * @param ofModels what each model is trained on; the same samples where none are resampled
   */
  static DriftBaseline of(
      Baseline wanted,
      SdeScaling scaling,
      PairSet samples,
      PairSet stored,
      List<Split> splits,
      List<PairSet> ofModels) {
    BaselineFit fit = BaselineFit.choose(wanted, scaling, samples, splits);
    List<List<float[]>> own = ofModels.stream().map(fit::fit).toList();
    List<float[]> whole = fit.fit(samples);
    if (splits.size() > 1) {
      centre(own, whole);
    }
    TrainedRegion region = TrainedRegion.of(fit.baseline(), scaling, stored);
    return new DriftBaseline(fit, fit.within(region.radius(), whole), region, own);
  }

  private static void centre(List<List<float[]>> own, List<float[]> on) {
    for (int power = 0; power < on.size(); power++) {
      for (int at = 0; at < on.get(power).length; at++) {
        double mean = 0;
        for (List<float[]> of : own) {
          mean += of.get(power)[at] / own.size();
        }
        for (List<float[]> of : own) {
          of.get(power)[at] += (float) (on.get(power)[at] - mean);
        }
      }
    }
  }

  /** Pairs with the increments that the polynomial of a model leaves. */
  PairSet left(PairSet pairs, int model) {
    return pairs.without(fit.increments(coefficients.get(model), pairs));
  }

  /**
   * The half of the pairs of each condition in which the polynomial of a model moves the least:
   * those in equilibrium. Which these are depends on the states alone, so their noise is any
   * other's there.
   */
  int[] calm(PairSet pairs, int model) {
    return BaselineFit.calmest(fit.squares(coefficients.get(model), pairs), pairs);
  }

  /**
   * The noise of each condition in equilibrium: what the first model leaves of its calm pairs, mean
   * square of all variables per unit of time and of a single run.
   */
  double[] noise(PairSet pairs) {
    PairSet left = left(pairs, 0).select(calm(pairs, 0));
    double[] deviation = fit.scaling().deviation();
    double[] noise = new double[pairs.values().length];
    for (int k = 0; k < left.count(); k++) {
      int c = left.condition()[k];
      double time = left.dt()[k] / fit.scaling().timeUnit(pairs.values()[c], false);
      double square = 0;
      for (int i = 0; i < deviation.length; i++) {
        square += Math.pow(left.increment(k, i) / deviation[i], 2);
      }
      noise[c] += square * left.runs(k) / time;
    }
    Arrays.setAll(noise, c -> noise[c] / left.rowsAt(c).length);
    return noise;
  }

  /** What is fitted of a model, in the order of its parameters. */
  float[] parameters(int model) {
    List<float[]> all = new ArrayList<>(coefficients.get(model));
    all.addAll(region.parameters());
    float[] flat = new float[all.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : all) {
      System.arraycopy(each, 0, flat, at, each.length);
      at += each.length;
    }
    return flat;
  }
}
