package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.spins.CurieWeissSetup.EvolveConfig;
import org.latticelift.sim.systems.spins.CurieWeissSetup.LatticeConfig;
import org.latticelift.sim.systems.spins.CurieWeissSetup.RelaxConfig;
import org.latticelift.sim.systems.spins.SpinSetup.EvolveKeys;
import org.latticelift.sim.systems.spins.SpinSetup.FlipDuration;
import org.latticelift.sim.systems.spins.SpinSetup.LatticeKeys;
import org.latticelift.sim.systems.spins.SpinSetup.RelaxKeys;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;

/**
 * Everything that is fixed for a Curie-Weiss model beside the temperature. Immutable.
 *
 * @param lattice sizes, field, initial states
 * @param upsample how large states are made
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record CurieWeissSetup(
    LatticeConfig lattice, SpinUpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve)
    implements SpinSetup {
  /** Of a spin, about: one in 2.63 at T = 1.1 and h = 0.1 (ME-85). */
  private static final double FLIPS_PER_TIME = 0.38;

  boolean isolatedWindows() {
    return relax.coupling() == WindowCoupling.ISOLATED;
  }

  /** Flips per sample: relaxation at all levels, and the evolution itself. */
  @Override
  public double eventsPerSample(Condition condition) {
    double evolved =
        evolve.flips().duration().estimatedEvents(condition, enlargement().smallSites());
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
          "equilibrium states or maximum-entropy states of the Curie-Weiss model",
          "upsample.states",
          "enlarged or simulated",
          "Choose one of these");
    }
    SpinSetup.super.check(conditions);
  }

  /** Section {@code relax} of the Curie-Weiss model: LocalRelax (CW-11). */
  record RelaxConfig(
      @Default("overlapping")
          @OneOf({"overlapping", "none"})
          @Doc("windows that cover the lattice one after the other")
          Windows windows,
      @Range(min = 2, max = 2048) @Doc("side of a window; default the small side")
          Optional<Integer> patch,
      @Range(min = 1, max = 2048) @Doc("distance of windows; default half a window")
          Optional<Integer> stride,
      @Default("whole")
          @Doc("what the spins of a window feel: the whole lattice, or only each other")
          WindowCoupling coupling,
      @Part WindowTimes times)
      implements RelaxKeys {}

  /** Section {@code lattice} of the Curie-Weiss model. */
  record LatticeConfig(
      @Default("16") @Range(min = 2, max = 2048) @Doc("side of the small system, sites") int small,
      @Default("64") @Range(min = 2, max = 2048) @Doc("side of the large system, sites") int large,
      @Default("0") @Range(min = -10, max = 10) @Doc("field h") double field,
      @Default("uniform")
          @Doc("magnetisation small runs start from: a number, or uniform in (-1,1)")
          StartMagnetisation smallStart,
      @Default("0") @Doc("magnetisation direct runs and predictions start from")
          StartMagnetisation largeStart)
      implements LatticeKeys {}

  /** What the Curie-Weiss model reads of section {@code evolve}: the partial evolution. */
  record EvolveConfig(
      @Default("whole")
          @OneOf({"whole", "ghost", "periodic"})
          @Doc("spins outside the patch: all evolve, stand still but are felt, or are not felt")
          Environment environment,
      @Part FlipDuration flips)
      implements EvolveKeys {}

  /** What the spins of a window that is relaxed feel (DI-43). */
  enum WindowCoupling {
    /** The mean field of the whole lattice. */
    WHOLE,
    /** Only each other. */
    ISOLATED
  }
}
