package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.learn.train.gradient.LossCovariance;

/**
 * The phases of a training. Plain pairs need one. With control variates (EX-05) the first fits the
 * drift to increments of less variance, with a covariance that is not kept, and the second fits the
 * diffusion to the increments themselves and that drift. With twins (EX-04) the second fits it to
 * their differences.
 *
 * @param scaling physical to scaled variables
 * @param architecture shape of the SDE
 * @param factors kappa of each variable, for the increments
 * @param onePatch kappa of each variable for a single patch, for the differences of twins
 */
record PhasePlan(
    SdeScaling scaling,
    SdeArchitecture architecture,
    CovarianceFactors factors,
    CovarianceFactors onePatch) {
  /**
   * What explains everything must not make the likelihood diverge: at least this share of the
   * variance of the increments is taken for noise of the drift's targets.
   */
  private static final double FLOOR = 1e-3;

  /** One phase: drift and diffusion from the same increments (ME-36). */
  List<TrainingPhase> plain(Splitter.Parts increments, Epsilon epsilon) {
    return List.of(all(increments, epsilon));
  }

  private TrainingPhase all(Splitter.Parts increments, Epsilon epsilon) {
    ScaledPairs training = scaled(increments.training());
    double[] constants = new double[training.variables()];
    Arrays.fill(constants, epsilon.resolve(training));
    return new TrainingPhase(
        Fitted.ALL,
        new LossCovariance(factors, constants),
        training,
        scaled(increments.validation()));
  }

  /**
   * The drift from targets of its own.
   *
   * @param increments that the targets replace
   * @param targets increments of equal mean and less variance
   */
  private TrainingPhase drift(Splitter.Parts increments, Splitter.Parts targets, Epsilon epsilon) {
    double[] before = scaled(increments.training()).variances();
    ScaledPairs training = scaled(targets.training());
    double[] left = training.variances();
    double[] kappa = factors.kappa();
    double[] constants = new double[left.length];
    double smallest = epsilon.resolve(training);
    for (int i = 0; i < left.length; i++) {
      constants[i] = Math.max(smallest, FLOOR * before[i]);
      if (before[i] > 0) {
        kappa[i] *= Math.max(FLOOR, left[i] / before[i]);
      }
    }
    return new TrainingPhase(
        Fitted.ALL,
        new LossCovariance(new CovarianceFactors(kappa), constants),
        training,
        scaled(targets.validation()));
  }

  /**
   * Two phases.
   *
   * @param increments for the diffusion, unless there are twins
   * @param targets for the drift; the increments themselves if there is nothing better
   * @param twins differences of twins for the diffusion, or null
   */
  List<TrainingPhase> phases(
      Splitter.Parts increments, Splitter.Parts targets, Splitter.Parts twins, Epsilon epsilon) {
    List<TrainingPhase> phases = new ArrayList<>();
    phases.add(
        targets == increments ? all(increments, epsilon) : drift(increments, targets, epsilon));
    Splitter.Parts noise = twins == null ? increments : twins;
    ScaledPairs training = scaled(noise.training());
    double[] constants = new double[training.variables()];
    Arrays.fill(constants, epsilon.resolve(training));
    phases.add(
        new TrainingPhase(
            twins == null ? Fitted.DIFFUSION : Fitted.DIFFERENCES,
            new LossCovariance(twins == null ? factors : onePatch, constants),
            training,
            scaled(noise.validation())));
    return phases;
  }

  private ScaledPairs scaled(PairSet pairs) {
    return ScaledPairs.of(pairs, scaling, architecture);
  }
}
