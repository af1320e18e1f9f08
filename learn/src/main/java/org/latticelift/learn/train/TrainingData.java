package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;

/**
 * The pairs of one training, ready to be fitted.
 *
 * @param increments to train on and to validate with
 * @param targets what the drift is fitted to: the increments less their predictable noise, or the
 *     increments themselves
 * @param twins differences of twins, or null
 * @param measured kappa as it was measured, or null
 * @param factors kappa of each variable, for the increments
 */
record TrainingData(
    Splitter.Parts increments,
    Splitter.Parts targets,
    Splitter.Parts twins,
    MeasuredKappa measured,
    CovarianceFactors factors) {
  /**
   * Prepares some of the pairs.
   *
   * @param chosen of any set of the same pairs those to train on and those to validate with
   * @param joint evolutions that kappa is measured with
   */
  static TrainingData of(
      TrainConfig train, TrainingPairs content, Choice chosen, UnaryOperator<PairSet> joint) {
    Splitter.Parts parts = chosen.of(content.pairs());
    requireValidation(train, parts.validation());
    Splitter.Parts means = content.means() == null ? parts : chosen.of(content.means());
    Splitter.Parts targets =
        variates(train, content) ? means.map(new ControlVariate(means.training())::apply) : means;
    MeasuredKappa measured = measured(train, content, joint, parts, targets);
    CovarianceFactors factors =
        measured != null
            ? measured.factors()
            : CovarianceFactors.uniform(
                train.kappa().resolve(content.patches()) / content.evolved(),
                content.pairs().variables());
    Splitter.Parts twins = content.twins() == null ? null : chosen.of(content.twins());
    return new TrainingData(parts, targets, twins, measured, factors);
  }

  /** Which pairs are trained on. */
  interface Choice {
    Splitter.Parts of(PairSet pairs);
  }

  /** Whether the drift has targets of its own. */
  boolean variates() {
    return targets != increments;
  }

  /** What the diffusion is fitted to. */
  Noise noise() {
    return twins != null ? Noise.TWINS : variates() ? Noise.RESTORED : Noise.RESIDUALS;
  }

  /**
   * The problem of a model on these pairs.
   *
   * @param scaling physical to scaled variables
   * @param architecture shape of the SDE
   * @param patches M of the increments; twins are differences of one
   */
  TrainingProblem problem(
      SdeScaling scaling, SdeArchitecture architecture, long patches, Epsilon epsilon) {
    double constant =
        epsilon.resolve(
            ScaledPairs.of(
                twins == null ? increments.training() : twins.training(), scaling, architecture));
    double[] constants = new double[increments.training().variables()];
    Arrays.fill(constants, constant);
    ScaledPairs training = scaled(Splitter.Parts::training, scaling, architecture);
    LossCovariance form =
        twins == null
            ? new LossCovariance(factors, constants)
            : new LossCovariance(factors.times(patches), constants, training.rates());
    return new TrainingProblem(
        noise(), form, training, scaled(Splitter.Parts::validation, scaling, architecture));
  }

  private ScaledPairs scaled(
      Function<Splitter.Parts, PairSet> part, SdeScaling scaling, SdeArchitecture architecture) {
    ScaledPairs pairs = ScaledPairs.of(part.apply(targets), scaling, architecture);
    return switch (noise()) {
      case RESIDUALS -> pairs;
      case RESTORED -> pairs.restoring(part.apply(increments), scaling);
      case TWINS -> pairs.withNoise(part.apply(twins), scaling);
    };
  }

  private static boolean variates(TrainConfig train, TrainingPairs content) {
    boolean known = content.pairs().martingales() > 0;
    if (train.driftVariates() == DriftVariates.ON && !known) {
      throw LatticeLiftException.badData(
          "control variates without compensators in the pairs",
          "train.drift_variates",
          "auto, off, or pairs with train.pairs: increment of a system that knows its generator",
          "Set train.drift_variates to auto, or evolve.compensator to auto and make the pairs again");
    }
    return known && train.driftVariates() != DriftVariates.OFF;
  }

  private static MeasuredKappa measured(
      TrainConfig train,
      TrainingPairs content,
      UnaryOperator<PairSet> joint,
      Splitter.Parts parts,
      Splitter.Parts targets) {
    boolean possible = content.joint().count() > 0 && !train.pairs().ofPatch();
    if (!train.kappa().measured(possible)) {
      return null;
    }
    if (!possible) {
      throw LatticeLiftException.badData(
          "kappa cannot be measured: the pairs have no joint evolutions, or are naive or of a patch",
          "train.kappa",
          "K, a number, auto, or measured with evolve.joint above 0 and pairs of increments",
          "Set evolve.joint and make the pairs again, or set train.kappa to K");
    }
    return MeasuredKappa.of(parts.training(), targets.training(), joint.apply(content.joint()));
  }

  private static void requireValidation(TrainConfig train, PairSet validation) {
    if (train.earlyStopping() > 0 && validation.count() == 0) {
      throw LatticeLiftException.badData(
          "early stopping without validation pairs",
          "train.early_stopping",
          "0, or pairs to hold out: a validation_fraction above 0 and two groups of pairs",
          "Set train.early_stopping to 0, or raise train.validation_fraction or evolve.samples");
    }
  }
}
