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
 * @param exchanges by which a state of largest entropy is mixed, tried for each site
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
                + " observables of a small one, from runs of the large lattice that start like"
                + " small runs, or (Ising without field) from its equilibrium")
        LargeStates states,
    @Default("10")
        @Range(min = 1, max = UpsampleConfig.MOST_EXCHANGES)
        @Doc(
            "states: maxent are mixed by clusters, then by so many tried exchanges of two spins for"
                + " each site")
        int exchanges,
    @Default("20")
        @Range(min = 0, minOpen = true, max = 1e9)
        @Doc("states: simulated are taken at random times below this")
        double time) {
  /** Largest value of {@link #exchanges}. */
  public static final int MOST_EXCHANGES = 1_000_000;

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
