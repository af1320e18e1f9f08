package org.latticelift.sim.systems.curieweiss;

import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.systems.spin.AutoDuration;
import org.latticelift.sim.systems.spin.Enlargement;
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

  /** Of a partial evolution; the number of flips is that of the patch. */
  @Override
  public Duration evolution(Condition condition, double meanEventTime) {
    long sites = enlargement().smallSites();
    return evolve.duration().isAuto() && evolve.auto() == AutoDuration.FLIPS
        ? Duration.events(sites)
        : enlargement().duration(evolve.duration(), sites, condition, meanEventTime);
  }

  /** Flips per sample: relaxation at all levels, and the evolution itself. */
  @Override
  public double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, enlargement().smallSites());
    boolean whole = evolve.environment() == Environment.WHOLE;
    return (whole ? enlargement().patches(lattice.large()) : 1) * evolved
        + enlargement().relaxationFlips(condition);
  }

  @Override
  public void check(List<Condition> conditions) {
    enlargement().check(conditions);
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
  }
}
