package org.latticelift.sim.lift;

import java.util.Optional;
import org.latticelift.sim.system.Patches.JointEvolution;

/**
 * What was found out about one large state.
 *
 * @param patches indices of the patches that were evolved, the first one first; all of them where
 *     the state evolved as a whole
 * @param first evolutions of the first patch
 * @param increment mean of the changes of the patches (EX-01)
 * @param compensator mean of their compensators; empty unless asked for
 * @param mean change and compensator, means over all evolutions; absent where there is one of each
 *     patch (EX-04)
 * @param events of all patches
 * @param time duration of one evolution
 * @param blocked mean over the patches of the fraction of events that a wall refused
 * @param joint an evolution of all patches together (EX-03)
 * @param runs number of small runs that state and increment are the mean of; 0 where patches of a
 *     lattice evolved
 */
public record SampleEvolution(
    long[] patches,
    FirstPatch first,
    double[] increment,
    double[] compensator,
    Optional<Mean> mean,
    long events,
    double time,
    double blocked,
    Optional<JointEvolution> joint,
    int runs) {
  /** The same, of patches that go on as so many runs did. */
  SampleEvolution ofRuns(int number) {
    return new SampleEvolution(
        patches, first, increment, compensator, mean, events, time, blocked, joint, number);
  }

  /**
   * What became of the first patch.
   *
   * @param before observables before
   * @param increment their change
   * @param twin change in another evolution (EX-04); empty unless asked for
   */
  public record FirstPatch(double[] before, double[] increment, double[] twin) {}

  /**
   * Means over all evolutions of all evolved patches of a state.
   *
   * @param increment change of the observables
   * @param compensator of it; empty unless asked for
   */
  public record Mean(double[] increment, double[] compensator) {}
}
