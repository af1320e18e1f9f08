package org.latticelift.sim.systems.spin;

import java.util.List;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * What spin systems read of section {@code upsample}.
 *
 * @param randomShare share of the large states that are random spins instead (IS-15, DI-06)
 * @param states where the others come from; simulated and equilibrium need the large system itself
 * @param mixing how often clusters move every spin of the minority of a state of largest entropy,
 *     and as often again
 * @param time simulated states are taken at random times below this
 */
public record UpsampleConfig(
    @Default("0")
        @Range(min = 0, max = 1)
        @Doc("share of large states that are random spins instead, where lattices are enlarged")
        double randomShare,
    @Default("enlarged")
        @Doc(
            "large states from small ones, enlarged or (Ising) of largest entropy with the"
                + " magnetisation of a small one and its effective coupling, from runs of the"
                + " large lattice that start like small runs, or (Ising without field) from its"
                + " equilibrium")
        LargeStates states,
    @Default("20")
        @Range(min = 1, max = UpsampleConfig.MOST_MIXING)
        @Doc(
            "states: maxent: how often clusters move every spin of the minority, and as often again")
        int mixing,
    @Default("20")
        @Range(min = 0, minOpen = true, max = 1e9)
        @Doc("states: simulated are taken at random times below this")
        double time) {
  /** Largest value of {@link #mixing}. */
  public static final int MOST_MIXING = 100_000;

  /**
   * What has to be said of states that are not made of small ones.
   *
   * @return a sentence, or nothing
   */
  public List<String> caveats() {
    return switch (states) {
      case ENLARGED, MAXENT -> List.of();
      case SIMULATED ->
          List.of(
              "Pairs begin in states that were simulated with the large system itself"
                  + " (upsample.states: simulated), not in enlarged small ones.");
      case EQUILIBRIUM ->
          List.of(
              "Pairs begin in equilibrium states of the large system itself"
                  + " (upsample.states: equilibrium), not in enlarged small ones.");
    };
  }
}
