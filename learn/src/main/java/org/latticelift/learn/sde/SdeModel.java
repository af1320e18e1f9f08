package org.latticelift.learn.sde;

import java.util.List;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * A trained latent SDE: one architecture, M parameter sets from independent trainings, the scaling
 * that they need, and the map to all observables.
 *
 * @param architecture shape
 * @param models M parameter sets
 * @param scaling physical to scaled variables
 * @param map trained variables to observables
 * @param history one per parameter set
 * @param factors kappa of each trained variable (ME-26, EX-03); not used in prediction
 * @param epsilon constant on the diagonal in the loss, scaled variables; not used in prediction
 * @param diagnostics what the training found out about its pairs
 * @param resampling what each parameter set was trained on
 */
public record SdeModel(
    SdeArchitecture architecture,
    List<SdeParameters> models,
    SdeScaling scaling,
    MacroscopicMap map,
    List<TrainingHistory> history,
    CovarianceFactors factors,
    double epsilon,
    PairDiagnostics diagnostics,
    Resampling resampling) {
  /**
   * Models of the same pairs, with one kappa.
   *
   * @param architecture shape
   * @param models M parameter sets
   * @param scaling physical to scaled variables
   * @param map trained variables to observables
   * @param history one per parameter set
   * @param kappa factor on the model covariance in the loss
   * @param epsilon constant on the diagonal in the loss, scaled variables
   */
  public SdeModel(
      SdeArchitecture architecture,
      List<SdeParameters> models,
      SdeScaling scaling,
      MacroscopicMap map,
      List<TrainingHistory> history,
      double kappa,
      double epsilon) {
    this(
        architecture,
        models,
        scaling,
        map,
        history,
        CovarianceFactors.uniform(kappa, architecture.dimension()),
        epsilon,
        PairDiagnostics.PLAIN,
        Resampling.none(models.size()));
  }

  /**
   * The factor as one number.
   *
   * @return the geometric mean over the variables
   */
  public double kappa() {
    return factors.mean();
  }

  /**
   * The same model that knows how fast it is.
   *
   * @return with {@link FastestRates} among its diagnostics
   */
  public SdeModel withFastestRates() {
    return new SdeModel(
        architecture,
        models,
        scaling,
        map,
        history,
        factors,
        epsilon,
        diagnostics.withFastestRates(FastestRates.of(this)),
        resampling);
  }

  /**
   * The first parameter sets alone.
   *
   * @param few how many
   * @return a model that has no others
   */
  public SdeModel first(int few) {
    return new SdeModel(
        architecture,
        models.subList(0, few),
        scaling,
        map,
        history.subList(0, Math.min(few, history.size())),
        factors,
        epsilon,
        diagnostics,
        resampling);
  }
}
