package org.latticelift.sim.vacancy.hamiltonian;

import java.util.stream.IntStream;

/**
 * A Hamiltonian fitted to the records of one stage of a relaxation. Arrays are not copied and not
 * to be modified.
 *
 * @param firstRecord first record of the stage
 * @param lastRecord last record of it
 * @param states number of small states that the wanted numbers are means of
 * @param hamiltonian what was fitted
 * @param wanted mean pairs per site of the records, of all shells of the crystal: shell after
 *     shell, in each the pairs by {@link PairKinds#pair}
 * @param sampled the same of the fitted ensemble
 * @param wantedTriangles mean triangles per site of the records, in the order of {@link
 *     Triangles#perSite}
 * @param sampledTriangles the same of the fitted ensemble
 * @param covariance of the pairs with parameters times the number of sites, in the ensemble
 * @param misfit see {@link HamiltonianFit.Result}
 */
public record FittedStage(
    int firstRecord,
    int lastRecord,
    long states,
    EffectiveHamiltonian hamiltonian,
    double[] wanted,
    double[] sampled,
    double[] wantedTriangles,
    double[] sampledTriangles,
    double[][] covariance,
    double misfit) {
  /**
   * Mean pairs per site of the fitted ensemble that have parameters.
   *
   * @return in the order of {@link EffectiveHamiltonian#parameters}
   */
  public double[] fitted() {
    return IntStream.of(EnsembleAverages.fitted(hamiltonian.kinds(), hamiltonian.shells()))
        .mapToDouble(k -> sampled[k])
        .toArray();
  }
}
