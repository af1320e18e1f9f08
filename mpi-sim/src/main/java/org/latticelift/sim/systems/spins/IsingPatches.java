package org.latticelift.sim.systems.spins;

import java.util.Optional;
import java.util.function.IntFunction;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.EvolvedPatch;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Patches.SimultaneousEvolutions;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spins.GlauberSimulator.FlipObserver;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;
import org.latticelift.sim.systems.spins.WindowDynamics.CutOut;
import org.latticelift.sim.systems.spins.WindowDynamics.PatchBonds;

/** The square patches that tile a lattice (IS-20). */
final class IsingPatches extends SquarePatches<SpinLattice> implements Patches<SpinLattice> {
  private final IsingSetup setup;
  private final WindowDynamics windows;
  private final GlauberRates rates;
  private final WallCount wallCount;
  private final boolean compensated;

  /** That evolved last, as it may evolve again. */
  private Optional<CutPatch> latest = Optional.empty();

  IsingPatches(
      IsingSetup setup,
      WindowDynamics windows,
      GlauberRates rates,
      SpinLattice state,
      boolean compensated) {
    super(setup.enlargement(), setup.evolve().environment(), state);
    this.setup = setup;
    this.windows = windows;
    this.rates = rates;
    this.wallCount = setup.wallCount();
    this.compensated = compensated;
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    return evolve(chosen, duration, stream, (evolved, patch) -> {});
  }

  @Override
  public PartialEvolution evolve(
      long chosen, Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
    if (latest.isEmpty() || latest.get().number != chosen) {
      latest = Optional.of(new CutPatch(chosen));
    }
    return latest.get().evolve(duration, stream, look);
  }

  @Override
  public SimultaneousEvolutions evolveMany(
      long[] chosen, int evolutions, double time, IntFunction<RandomStream> streams) {
    return windows
        .manyPatches(state(), setup.lattice().small(), setup.evolve().buffer(), wallCount)
        .evolve(state(), chosen, evolutions, time, streams);
  }

  /** A patch that was cut out of the state, and evolves from it as often as asked for. */
  private final class CutPatch {
    private final long number;
    private final Window patch;
    private final CutOut cut;
    private final SpinLattice start;
    private final double[] before;
    private final Optional<Compensator> compensator;

    CutPatch(long number) {
      this.number = number;
      patch = window(number);
      cut = cutOut(patch);
      start = cut.region().copy();
      before = wallCount.observe(state(), patch);
      compensator = compensator(patch, wallCount, cut);
    }

    PartialEvolution evolve(
        Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
      cut.region().set(start);
      compensator.ifPresent(Compensator::begin);
      long walls = state().walls();
      Progression made = windows.evolve(cut, state(), duration, stream, drift(compensator));
      double[] increment = subtract(wallCount.observe(state(), patch), before);
      if (wallCount == WallCount.TOUCHED) {
        increment[1] = (state().walls() - walls) / (2.0 * patch.sites());
      }
      look.seen(state(), number);
      windows.undo(state());
      return new PartialEvolution(
          number, before, increment, made.events(), made.time(), 0, value(compensator));
    }
  }

  private CutOut cutOut(Window patch) {
    return switch (setup.evolve().environment()) {
      case PERIODIC -> windows.closed(state(), patch);
      case WHOLE -> windows.whole(state(), patch);
      case BUFFER, GHOST -> windows.open(state(), patch, setup.evolve().buffer());
    };
  }

  /** The integral of b(x) over an evolution, where it is asked for. */
  private Optional<Compensator> compensator(Window observed, WallCount count, CutOut cut) {
    if (!compensated) {
      return Optional.empty();
    }
    PatchBonds bonds = windows.bonds(state(), observed, count, cut);
    byte[] spins = bonds.spins(state(), cut.window(), cut.region());
    PatchDrift begin = new PatchDrift(bonds, observed.sites(), spins, cut.region(), rates);
    return Optional.of(new Compensator(begin, begin.copy()));
  }

  private record Compensator(PatchDrift start, PatchDrift drift) {
    void begin() {
      drift.set(start);
    }
  }

  private static Optional<PatchDrift> drift(Optional<Compensator> compensator) {
    return compensator.map(Compensator::drift);
  }

  private static double[] value(Optional<Compensator> compensator) {
    return compensator.map(c -> c.drift().integral()).orElse(new double[0]);
  }

  @Override
  protected Moved<SpinLattice> evolveSpins(
      Window observed, Duration duration, RandomStream stream) {
    CutOut all = windows.whole(state(), lattice());
    Optional<Compensator> compensator = compensator(observed, WallCount.OWNED, all);
    Progression made = windows.evolve(all, state(), duration, stream, drift(compensator));
    return new Moved<>(state(), made, value(compensator));
  }

  /** Patches own their bonds here, so that their increments add up. */
  @Override
  protected double[] observe(SpinLattice spins, Window part) {
    return WallCount.OWNED.observe(spins, part);
  }

  @Override
  protected void undo() {
    windows.undo(state());
  }

  /**
   * The generator of Glauber dynamics applied to magnetisation and walls of a patch (EX-05), b(x) =
   * sum over the sites that may flip of rate times change, and its integral over an evolution.
   * Sites of the buffer count with the bonds of the patch that end there; frozen sites have rate 0.
   *
   * <p>All that a flip would change is kept as integers per class of sites, so b(x) is a function
   * of the state alone, whatever happened before. Cost per flip: 20 products for b(x), and five
   * sites with up to four bonds counted anew, about 60 ns; at the beginning about 10 ns per site of
   * the region, and less than 1 ns for every further evolution from there. {@code IsingBenchmark}
   * has the flips themselves.
   */
  static final class PatchDrift implements FlipObserver {
    private final PatchBonds bonds;
    private final SpinLattice region;
    private final double[] rate;
    private final double sites;

    private final byte[] spin;

    /** The class as which a site is counted, and the walls that its flip would add. */
    private final byte[] code;

    private final byte[] gain;
    private final long[] spinGain = new long[SiteClass.CODES];
    private final long[] wallGain = new long[SiteClass.CODES];
    private final double[] integral = new double[2];

    /**
     * @param spins of the region and around it ({@link PatchBonds#spins}); not kept
     * @param region ready to evolve
     */
    PatchDrift(PatchBonds bonds, int sites, byte[] spins, SpinLattice region, GlauberRates rates) {
      this.bonds = bonds;
      this.sites = sites;
      this.region = region;
      spin = spins.clone();
      rate = rates.rates();
      code = new byte[bonds.sites()];
      gain = new byte[bonds.sites()];
      for (int site = 0; site < code.length; site++) {
        enter(site);
      }
    }

    private PatchDrift(PatchDrift other) {
      bonds = other.bonds;
      region = other.region;
      rate = other.rate;
      sites = other.sites;
      spin = other.spin.clone();
      code = other.code.clone();
      gain = other.gain.clone();
      set(other);
    }

    /** The same before anything flips; both follow the region that this one was made of. */
    PatchDrift copy() {
      return new PatchDrift(this);
    }

    /** Becomes what another one of the same region is. */
    void set(PatchDrift other) {
      System.arraycopy(other.spin, 0, spin, 0, spin.length);
      System.arraycopy(other.code, 0, code, 0, code.length);
      System.arraycopy(other.gain, 0, gain, 0, gain.length);
      System.arraycopy(other.spinGain, 0, spinGain, 0, spinGain.length);
      System.arraycopy(other.wallGain, 0, wallGain, 0, wallGain.length);
      System.arraycopy(other.integral, 0, integral, 0, integral.length);
    }

    private void enter(int site) {
      code[site] = region.codes()[site];
      gain[site] = gain(site);
      count(site, 1);
    }

    private void count(int site, int sign) {
      if (bonds.inside(site)) {
        spinGain[code[site]] -= 2L * sign * spin[site];
      }
      wallGain[code[site]] += sign * gain[site];
    }

    /** A flip makes a wall of every bond between equal spins, and the other way round. */
    private byte gain(int site) {
      int sum = 0;
      int end = bonds.end(site);
      for (int bond = bonds.first(site); bond < end; bond++) {
        sum += spin[bonds.partner(bond)];
      }
      return (byte) (spin[site] * sum);
    }

    @Override
    public void after(double stayed, int site) {
      stayed(stayed);
      if (site != GlauberSimulator.NONE) {
        flipped(site);
      }
    }

    void flipped(int site) {
      count(site, -1);
      spin[site] = (byte) -spin[site];
      enter(site);
      for (int k = 0; k < SiteClass.NEIGHBOURS; k++) {
        refresh(bonds.neighbour(site, k));
      }
      if (bonds.distant(site)) {
        for (int bond = bonds.first(site); bond < bonds.end(site); bond++) {
          if (bonds.partner(bond) < code.length) {
            refresh(bonds.partner(bond));
          }
        }
      }
    }

    private void refresh(int site) {
      count(site, -1);
      enter(site);
    }

    void stayed(double time) {
      double spinDrift = 0;
      double wallDrift = 0;
      for (int c = 0; c < SiteClass.FROZEN; c++) {
        spinDrift += rate[c] * spinGain[c];
        wallDrift += rate[c] * wallGain[c];
      }
      integral[0] += spinDrift / sites * time;
      integral[1] += wallDrift / (2 * sites) * time;
    }

    /** The integral of b(x) over all that was followed: magnetisation, then walls. */
    double[] integral() {
      return integral.clone();
    }
  }
}
