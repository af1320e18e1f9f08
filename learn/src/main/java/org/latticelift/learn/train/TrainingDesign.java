package org.latticelift.learn.train;

import java.util.List;
import java.util.function.Supplier;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.PairDiagnostics;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.sim.random.RandomStream;

/**
 * What is trained, and on what: the estimator that a configuration and its pairs make.
 *
 * @param architecture shape of the SDE
 * @param choice scaling of variables and time
 * @param factors kappa of each variable, for the increments
 * @param epsilon constant on the diagonal, scaled variables
 * @param phases of the training of each model
 * @param diagnostics what was found out about the pairs
 */
record TrainingDesign(
    SdeArchitecture architecture,
    Scalings.Choice choice,
    CovarianceFactors factors,
    double epsilon,
    List<TrainingPhase> phases,
    PairDiagnostics diagnostics) {
  /**
   * Designs the training.
   *
   * @param split opens the stream that assigns pairs to training and validation
   */
  static TrainingDesign of(
      SdeConfig sde, TrainConfig train, TrainingPairs content, Supplier<RandomStream> split) {
    Splitter.Parts parts = Splitter.split(content.pairs(), train.validationFraction(), split.get());
    requireValidation(train, parts.validation());
    boolean variates = variates(train, content);
    Splitter.Parts targets =
        variates ? parts.map(new ControlVariate(parts.training())::apply) : parts;
    int d = content.pairs().variables();
    MeasuredKappa measured = measured(train, content, parts, targets);
    CovarianceFactors factors =
        measured != null
            ? measured.factors()
            : CovarianceFactors.uniform(
                train.kappa().resolve(content.patches()) / content.evolved(), d);
    Scalings.Choice choice =
        Scalings.choose(parts.training(), factors.mean(), sde.scaling(), sde.timeUnit())
            .in(content.quantities());
    SdeArchitecture architecture = sde.architecture(d, choice);
    PhasePlan plan =
        new PhasePlan(choice.scaling(), architecture, factors, times(factors, content.evolved()));
    Splitter.Parts twins =
        content.twins() == null
            ? null
            : Splitter.split(content.twins(), train.validationFraction(), split.get());
    List<TrainingPhase> phases =
        variates || twins != null
            ? plan.phases(parts, targets, twins, train.epsilon())
            : plan.plain(parts, train.epsilon());
    double epsilon =
        train.epsilon().resolve(ScaledPairs.of(parts.training(), choice.scaling(), architecture));
    PairDiagnostics diagnostics =
        new PairDiagnostics(
            content.evolved(),
            variates
                ? ControlVariate.varianceLeft(parts.training(), targets.training())
                : new double[0][],
            measured != null ? measured.error() : new double[0]);
    return new TrainingDesign(architecture, choice, factors, epsilon, phases, diagnostics);
  }

  private static CovarianceFactors times(CovarianceFactors factors, long patches) {
    double[] kappa = factors.kappa();
    for (int i = 0; i < kappa.length; i++) {
      kappa[i] *= patches;
    }
    return new CovarianceFactors(kappa);
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
      TrainConfig train, TrainingPairs content, Splitter.Parts parts, Splitter.Parts targets) {
    boolean possible = content.joint().count() > 0 && train.pairs() != PairForm.NAIVE;
    if (!train.kappa().measured(possible)) {
      return null;
    }
    if (!possible) {
      throw LatticeLiftException.badData(
          "kappa cannot be measured: the pairs have no joint evolutions, or are naive",
          "train.kappa",
          "K, a number, auto, or measured with evolve.joint above 0 and pairs that are not naive",
          "Set evolve.joint and make the pairs again, or set train.kappa to K");
    }
    return MeasuredKappa.of(parts.training(), targets.training(), content.joint());
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

  /** What a user should know of it: one line for each condition and for kappa; none if plain. */
  List<String> remarks(TrainingPairs content) {
    return TrainingRemarks.of(this, content);
  }
}
