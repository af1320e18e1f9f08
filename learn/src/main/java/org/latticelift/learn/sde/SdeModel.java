package org.latticelift.learn.sde;

import java.util.List;

/**
 * A trained latent SDE: one architecture, M parameter sets from independent trainings, the scaling
 * that they need, and the map to all observables.
 *
 * @param architecture shape
 * @param models M parameter sets
 * @param scaling physical to scaled variables
 * @param map trained variables to observables
 * @param history one per parameter set
 * @param kappa factor on the model covariance in the loss (ME-26); not used in prediction
 * @param epsilon constant on the diagonal in the loss, scaled variables; not used in prediction
 */
public record SdeModel(
    SdeArchitecture architecture,
    List<SdeParameters> models,
    SdeScaling scaling,
    MacroscopicMap map,
    List<TrainingHistory> history,
    double kappa,
    double epsilon) {}
