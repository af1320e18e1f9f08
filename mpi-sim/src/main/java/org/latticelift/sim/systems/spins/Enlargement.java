package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spins.SpinSetup.RelaxKeys;
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
}
