package org.latticelift.sim.systems.ising;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.systems.spin.AutoDuration;
import org.latticelift.sim.systems.spin.Enlargement;
import org.latticelift.sim.systems.spin.LargeStates;
import org.latticelift.sim.systems.spin.SpinSetup;
import org.latticelift.sim.systems.spin.StartMagnetisation;
import org.latticelift.sim.systems.spin.UpsampleConfig;

/**
 * Everything that is fixed for an Ising model beside the temperature. Immutable.
 *
 * @param lattice sizes, field, initial states
 * @param upsample how large states are made
 * @param relax LocalRelax
 * @param evolve partial evolution
 * @param couplings of small lattices, in the order of time; empty unless they are fitted
 */
record IsingSetup(
    LatticeConfig lattice,
    UpsampleConfig upsample,
    RelaxConfig relax,
    EvolveConfig evolve,
    Map<Condition, List<EffectiveCoupling>> couplings)
    implements SpinSetup {
  /** Of a spin, about: 0.16 at T = 2.5 and h = 0.1 (IS-09). */
  private static final double FLIPS_PER_TIME = 0.16;

  /** What moving every spin of the minority by clusters costs for each site, in flips. */
  private static final double FLIPS_OF_MIXING = 0.25;

  @Override
  public double field() {
    return lattice.field();
  }

  @Override
  public Enlargement enlargement() {
    return new Enlargement(lattice.small(), lattice.large(), relax);
  }

  /** Whether large states are drawn at effective couplings. */
  boolean mixes() {
    return upsample.states() == LargeStates.MAXENT && lattice.large() > lattice.small();
  }

  IsingSetup with(Map<Condition, List<EffectiveCoupling>> fitted) {
    return new IsingSetup(lattice, upsample, relax, evolve, Map.copyOf(fitted));
  }

  /** The effective coupling of small lattices at some place in their runs. */
  double coupling(Condition condition, int record) {
    return couplings.get(condition).stream()
        .filter(stage -> record <= stage.lastRecord())
        .findFirst()
        .orElseThrow()
        .coupling();
  }

  WallCount wallCount() {
    return evolve.patchObservable().in(evolve.environment());
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
    DurationSpec spec = evolve.duration();
    long sites = enlargement().smallSites();
    if (spec.isAuto() && evolve.auto() == AutoDuration.FLIPS) {
      return Duration.events(Math.max(1, Math.round(spec.automatic(condition, sites))));
    }
    return enlargement().duration(spec, sites, condition, scales);
  }

  /** LocalRelax of a level; empty where windows are none. */
  Optional<LocalRelax> localRelax(boolean last, Condition condition, double meanEventTime) {
    boolean periodic = relax.environment() == Environment.PERIODIC;
    return enlargement()
        .relaxation(last, condition, meanEventTime)
        .map(duration -> new LocalRelax(enlargement().windows(), periodic, duration));
  }

  /** One pass over a state that began as random spins; empty where windows are none. */
  Optional<LocalRelax> pass(Condition condition, double meanEventTime) {
    double flipOfEverySite = meanEventTime * enlargement().smallSites();
    Duration perWindow = Duration.time(flipOfEverySite / enlargement().windows().visits());
    return localRelax(true, condition, meanEventTime)
        .map(relaxation -> relaxation.lasting(perWindow));
  }

  /** Flips per sample: relaxation at all levels or in passes, and the evolution itself. */
  @Override
  public double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, enlargement().smallSites());
    double random = enlargement().factors().isEmpty() ? 0 : upsample.randomShare();
    double passes = relax.windows() == Windows.NONE ? 0 : relax.randomPasses() / 2.0;
    return evolved
        + (1 - random) * buildingFlips(condition)
        + random * passes * lattice.large() * lattice.large();
  }

  /** Flips that a state takes that does not begin as random spins. */
  private double buildingFlips(Condition condition) {
    double sites =
        enlargement().factors().isEmpty() ? 0 : (double) lattice.large() * lattice.large();
    return switch (upsample.states()) {
      case ENLARGED -> enlargement().relaxationFlips(condition);
      case SIMULATED -> sites * upsample.time() / 2 * FLIPS_PER_TIME;
      case MAXENT -> sites * upsample.mixing() * FLIPS_OF_MIXING;
      case EQUILIBRIUM -> sites * WolffClusters.flipsPerSpin();
    };
  }

  @Override
  public void check(List<Condition> conditions) {
    if (upsample.states() == LargeStates.EQUILIBRIUM) {
      WolffClusters.requireNoField(lattice.field(), "upsample.states");
    }
    if (upsample.states() != LargeStates.ENLARGED && upsample.randomShare() == 0) {
      requireNoWindows();
    }
    enlargement().check(conditions);
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
    if (evolve.patchObservable() == PatchWalls.TOUCHED
        && evolve.environment() != Environment.GHOST) {
      throw LatticeLiftException.badData(
          "bonds that flips touch in environment " + Binder.text(evolve.environment()),
          "evolve.patch_observable",
          "auto, owned or seam; touched only with environment ghost, where the others stand still",
          "Change one of them");
    }
  }

  /** Settings of windows that are never used must not go unnoticed. */
  private void requireNoWindows() {
    if (relax.ofWindows()) {
      throw LatticeLiftException.badData(
          "windows of large states that are not enlarged (upsample.states: "
              + Binder.text(upsample.states())
              + ")",
          "relax",
          "no section relax, or upsample.states: enlarged",
          "Remove one of the two");
    }
  }
}
