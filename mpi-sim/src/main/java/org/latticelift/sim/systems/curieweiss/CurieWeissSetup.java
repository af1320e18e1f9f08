package org.latticelift.sim.systems.curieweiss;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spin.AutoDuration;
import org.latticelift.sim.systems.spin.Enlargement;
import org.latticelift.sim.systems.spin.LargeStates;
import org.latticelift.sim.systems.spin.SpinSetup;
import org.latticelift.sim.systems.spin.StartMagnetisation;
import org.latticelift.sim.systems.spin.UpsampleConfig;

/**
 * Everything that is fixed for a Curie-Weiss model beside the temperature. Immutable.
 *
 * @param lattice sizes, field, initial states
 * @param upsample how large states are made
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record CurieWeissSetup(
    LatticeConfig lattice, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve)
    implements SpinSetup {
  /** Of a spin, about: one in 2.63 at T = 1.1 and h = 0.1 (ME-85). */
  private static final double FLIPS_PER_TIME = 0.38;

  @Override
  public double field() {
    return lattice.field();
  }

  @Override
  public Enlargement enlargement() {
    return new Enlargement(lattice.small(), lattice.large(), relax);
  }

  boolean isolatedWindows() {
    return relax.coupling() == WindowCoupling.ISOLATED;
  }

  @Override
  public StartMagnetisation start(Role role) {
    return role.choose(lattice.smallStart(), lattice.largeStart());
  }

  @Override
  public Environment environment() {
    return evolve.environment();
  }

  /** Of a partial evolution; the number of flips is that of the patch. */
  @Override
  public Duration evolution(Condition condition, TimeScales scales) {
    long sites = enlargement().smallSites();
    DurationSpec spec = evolve.duration();
    return spec.isAuto() && evolve.auto() == AutoDuration.FLIPS
        ? Duration.events(Math.max(1, Math.round(spec.automatic(condition, sites))))
        : enlargement().duration(spec, sites, condition, scales);
  }

  /** Flips per sample: relaxation at all levels, and the evolution itself. */
  @Override
  public double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, enlargement().smallSites());
    boolean whole = evolve.environment() == Environment.WHOLE;
    return (whole ? enlargement().patches(lattice.large()) : 1) * evolved
        + buildingFlips(condition);
  }

  private double buildingFlips(Condition condition) {
    boolean enlarged = enlargement().factors().isEmpty() || upsample.states().ofSmallOnes();
    return enlarged
        ? enlargement().relaxationFlips(condition)
        : (double) lattice.large() * lattice.large() * upsample.time() / 2 * FLIPS_PER_TIME;
  }

  @Override
  public void check(List<Condition> conditions) {
    if (upsample.states() == LargeStates.EQUILIBRIUM || upsample.states() == LargeStates.MAXENT) {
      throw LatticeLiftException.badData(
          "equilibrium states or states of largest entropy of the Curie-Weiss model",
          "upsample.states",
          "enlarged or simulated",
          "Choose one of these");
    }
    enlargement().check(conditions);
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
  }
}
