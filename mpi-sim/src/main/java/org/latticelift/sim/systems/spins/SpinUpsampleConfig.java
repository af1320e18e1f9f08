package org.latticelift.sim.systems.spins;

import java.util.List;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;

/** What spin systems read of section {@code upsample}. */
public record SpinUpsampleConfig(
    @Default("0")
        @Range(min = 0, max = 1)
        @Doc("share of large states that are random spins instead, where lattices are enlarged")
        double randomShare,
    @Default("enlarged")
        @Doc(
            "large states from small ones, enlarged or (Ising) maximum-entropy states with"
                + " the magnetisation of a small one and its effective coupling, from runs of the"
                + " large lattice that start like small runs, or (Ising without field) from its"
                + " equilibrium")
        LargeStates states,
    @Default("20")
        @Range(min = 1, max = SpinUpsampleConfig.MOST_MIXING)
        @Doc(
            "states: maxent: how often clusters move every spin of the minority, and as often again")
        int mixing,
    @Default("20")
        @Range(min = 0, minOpen = true, max = 1e9)
        @Doc("states: simulated are taken at random times below this")
        double time) {
  /** Largest value of {@link #mixing}. */
  public static final int MOST_MIXING = 100_000;

  /** What has to be said of states that are not made of small ones; a sentence, or nothing. */
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

  /** Where large states come from. */
  public enum LargeStates {
    /** From snapshots of the small lattice (ME-80). */
    ENLARGED,
    /** Of largest entropy, with magnetisation and effective coupling of a snapshot (EX-23). */
    MAXENT,
    /** From runs of the large lattice itself, as a test of what upsampling leaves out. */
    SIMULATED,
    /** From equilibrium, drawn by cluster flips of the large lattice. */
    EQUILIBRIUM;

    /**
     * Whether they are made of small states, with nothing known of the large lattice; false where
     * the large lattice itself is simulated.
     */
    public boolean ofSmallOnes() {
      return this == ENLARGED || this == MAXENT;
    }
  }
}
