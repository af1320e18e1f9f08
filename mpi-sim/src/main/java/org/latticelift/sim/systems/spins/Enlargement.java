package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.TimeScales;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.spins.Enlargement.UpsampleConfig.LargeStates;
import org.latticelift.sim.systems.spins.SpinSetup.RelaxKeys;
import org.latticelift.sim.systems.spins.Window.SquareSpins;
import org.latticelift.sim.systems.spins.Window.WindowCover;

/**
 * How a small lattice becomes a large one: the levels of Upsample, the windows of LocalRelax, and
 * how long they evolve (ME-80, IS-10...IS-13).
 *
 * @param small side of the small lattice
 * @param large side of the large lattice
 * @param relax section {@code relax}
 */
public record Enlargement(int small, int large, RelaxKeys relax) {

  /** Sites of the small lattice; small squared. */
  public long smallSites() {
    return (long) small * small;
  }

  /** Patches of the small side that tile a lattice; K. */
  public long patches(int side) {
    return (long) side * side / smallSites();
  }

  /** Factors of the levels; one per level. */
  public List<Integer> factors() {
    return GrowthFactors.of(small, large);
  }

  /** The windows of LocalRelax; side and stride. */
  public WindowCover windows() {
    int side = relax.patch().orElse(small);
    return new WindowCover(side, relax.stride().orElse(Math.max(1, side / 2)));
  }

  /**
   * How long a window evolves ({@code last}: whether at the last level; {@code meanEventTime}: mean
   * time of a flip of the small lattice); empty where windows are none.
   */
  public Optional<Duration> relaxation(boolean last, Condition condition, double meanEventTime) {
    if (relax.windows() == Windows.NONE) {
      return Optional.empty();
    }
    long sites = (long) windows().side() * windows().side();
    return Optional.of(duration(spec(last), sites, condition, TimeScales.ofEvents(meanEventTime)));
  }

  private DurationSpec spec(boolean last) {
    DurationSpec all = relax.times().duration();
    return last ? relax.times().lastDuration().orElse(all) : all;
  }

  /**
   * A configured duration; auto is the mean time of one flip per site. Mean times are those of the
   * small lattice, whose rate of flips grows with its sites.
   *
   * @param spec as configured
   * @param sites that evolve
   * @param scales times of the small lattice
   * @return by flips or by time
   */
  public Duration duration(DurationSpec spec, long sites, Condition condition, TimeScales scales) {
    return spec.isEvents()
        ? Duration.events((long) spec.value(condition))
        : Duration.time(
            spec.time(condition, scales.withEvent(scales.event() * smallSites() / sites), sites));
  }

  /** Flips that relaxation at all levels takes, for estimates of work; flips per large state. */
  public double relaxationFlips(Condition condition) {
    double flips = 0;
    int side = small;
    List<Integer> factors = factors();
    for (int level = 0; level < factors.size() && relax.windows() != Windows.NONE; level++) {
      side *= factors.get(level);
      double perRow = Math.ceil((double) side / windows().stride());
      double sites = (double) windows().side() * windows().side();
      flips +=
          relax.times().passes()
              * perRow
              * perRow
              * spec(level + 1 == factors.size()).estimatedEvents(condition, sites);
    }
    return flips;
  }

  /** Finds mistakes between keys; an error for the first. */
  public void check(List<Condition> conditions) {
    factors();
    relax.times().duration().requireAll(conditions);
    relax.times().duration().requireUnit("1");
    relax.times().duration().forbidRelaxations();
    relax.times().lastDuration().ifPresent(spec -> spec.requireAll(conditions));
    relax.times().lastDuration().ifPresent(spec -> spec.requireUnit("1"));
    WindowCover windows = windows();
    if (windows.stride() > windows.side()) {
      throw LatticeLiftException.badData(
          "windows of " + windows.side() + " sites every " + windows.stride(),
          "relax.stride",
          "at most the side of a window, or sites are left out",
          "Lower it");
    }
  }

  /** What spin systems read of section {@code upsample}. */
  public record UpsampleConfig(
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

  /**
   * Upsample: every spin becomes a square block of equal spins, level by level (IS-10, IS-11,
   * PT-10), or the lattice is repeated.
   */
  public static final class Upsampling {
    private Upsampling() {}

    /**
     * Every spin repeated ({@code lattice}: not modified; {@code factor}: by which the side grows);
     * spins of the larger lattice, row by row.
     */
    public static byte[] enlarge(SquareSpins lattice, int factor) {
      int side = lattice.side() * factor;
      byte[] spins = new byte[side * side];
      for (int site = 0; site < spins.length; site++) {
        int row = site / side / factor;
        int column = site % side / factor;
        spins[site] = (byte) lattice.spin(row * lattice.side() + column);
      }
      return spins;
    }

    /**
     * Copies side by side ({@code lattice}: periodic, not modified; {@code factor}: by which the
     * side grows); spins of the larger lattice, row by row.
     */
    public static byte[] tile(SquareSpins lattice, int factor) {
      int side = lattice.side() * factor;
      byte[] spins = new byte[side * side];
      for (int site = 0; site < spins.length; site++) {
        int row = site / side % lattice.side();
        int column = site % side % lattice.side();
        spins[site] = (byte) lattice.spin(row * lattice.side() + column);
      }
      return spins;
    }
  }
}
