package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * An analytic model: pair energies U and kinetically resolved activation, E = E0(moving atom) +
 * (U_final - U_initial)/2, so that the barriers of a jump and of its reverse differ by exactly the
 * energy change and detailed balance holds for every species, shell and crystal.
 *
 * <p>Condition: every pair that a jump changes must lie in the environment of the vacancy, that is,
 * all neighbours of a hop's target in the shells that have energies. BCC with 7.5 Å allows three
 * shells, FCC with 1.45 a one; more is an error.
 *
 * <p>Cost model: per hop one look-up and addition in double precision for each site that is a
 * neighbour of the vacancy or of the target: about 30 for BCC with two shells, 0.12 microseconds
 * for the eight hops ({@code BarrierBenchmark}).
 */
public final class PairwiseBarrier implements BarrierModel {
  private final Crystal crystal;
  private final PairEnergiesConfig energies;
  private final double attemptFrequency;
  private final PairChanges[][] changes;

  /**
   * A model.
   *
   * @param crystal the crystal
   * @param energies pair energies and activation
   * @param attemptFrequency of all species, 1/s
   */
  public PairwiseBarrier(Crystal crystal, PairEnergiesConfig energies, double attemptFrequency) {
    this.crystal = crystal;
    this.energies = energies;
    this.attemptFrequency = attemptFrequency;
    this.changes = new PairChanges[crystal.basisCount()][crystal.hopCount()];
    for (int basis = 0; basis < changes.length; basis++) {
      for (int d = 0; d < crystal.hopCount(); d++) {
        changes[basis][d] = PairChanges.of(crystal, basis, d, energies);
      }
    }
  }

  @Override
  public String name() {
    return "pairwise";
  }

  @Override
  public Crystal crystal() {
    return crystal;
  }

  @Override
  public int species() {
    return energies.species();
  }

  @Override
  public BarrierKernel newKernel() {
    return new PairwiseKernel(crystal, energies, changes);
  }

  @Override
  public double attemptFrequency(int species) {
    return attemptFrequency;
  }
}
