package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.spins.IsingSetup.EffectiveCoupling;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig.LatticeConfig;
import org.latticelift.sim.systems.spins.IsingSetup.RelaxConfig.EvolveConfig.PatchWalls;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;
import org.latticelift.sim.systems.spins.SpinSetup.EvolveKeys;
import org.latticelift.sim.systems.spins.SpinSetup.FlipDuration;
import org.latticelift.sim.systems.spins.SpinSetup.LatticeKeys;
import org.latticelift.sim.systems.spins.SpinSetup.RelaxKeys;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;
import org.latticelift.sim.systems.spins.Window.WindowCover;

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
    SpinUpsampleConfig upsample,
    RelaxConfig relax,
    EvolveConfig evolve,
    Map<Condition, List<EffectiveCoupling>> couplings)
    implements SpinSetup {
  /** Of a spin, about: 0.16 at T = 2.5 and h = 0.1 (IS-09). */
  private static final double FLIPS_PER_TIME = 0.16;

  /** What moving every spin of the minority by clusters costs for each site, in flips. */
  private static final double FLIPS_OF_MIXING = 0.25;

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
    double evolved =
        evolve.flips().duration().estimatedEvents(condition, enlargement().smallSites());
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
    SpinSetup.super.check(conditions);
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

  /**
   * LocalRelax (ME-80, ME-83, IS-13, PT-12): in each of the windows in turn the spins evolve for a
   * short time, in frozen surroundings or closed on themselves.
   *
   * @param periodic whether windows are closed on themselves
   * @param duration per window
   */
  record LocalRelax(WindowCover windows, boolean periodic, Duration duration) {
    LocalRelax lasting(Duration perWindow) {
      return new LocalRelax(windows, periodic, perWindow);
    }

    void relax(SpinLattice lattice, WindowDynamics dynamics, RandomStream stream) {
      windows.visit(
          lattice,
          at -> {
            if (periodic) {
              dynamics.closed(lattice, at, duration, stream);
            } else {
              dynamics.open(lattice, at, 0, duration, stream);
            }
          });
    }
  }

  /**
   * Equilibrium of the Ising model without field by flips of clusters (Wolff, Phys. Rev. Lett. 62,
   * 361, 1989): from a random spin the cluster grows over bonds between equal spins, each with
   * probability 1 - exp(-2/T), and is flipped as a whole. Near the critical temperature a few flips
   * of clusters do what single flips need L^2 sweeps for.
   *
   * <p>States must be taken after numbers of clusters that were fixed before. To stop when enough
   * spins were flipped would favour states after large clusters.
   */
  static final class WolffClusters {
    /** Flips per spin after which random spins have forgotten where they began. */
    private static final int FORGOTTEN = 20;

    private final double join;
    private byte[] spins = new byte[0];
    private int[] neighbour = new int[0];
    private int[] open = new int[0];

    /**
     * @param rates without field
     */
    WolffClusters(GlauberRates rates) {
      requireNoField(rates.field(), "lattice.field");
      join = -StrictMath.expm1(-2 / rates.temperature());
    }

    /** Clusters grow without regard of a field. */
    static void requireNoField(double field, String key) {
      if (field != 0) {
        throw LatticeLiftException.badData(
            "flips of clusters in a field of " + field,
            key,
            "another choice where lattice.field is not 0",
            "Change one of them");
      }
    }

    /**
     * Brings any state to equilibrium: clusters until every spin was flipped {@value #FORGOTTEN}
     * times on average, and then as many again, whose number does not depend on what they do.
     */
    void equilibrate(SpinLattice lattice, RandomStream stream) {
      read(lattice);
      long clusters = 0;
      for (long flips = 0; flips < (long) FORGOTTEN * spins.length; clusters++) {
        flips += flip(stream);
      }
      for (long i = 0; i < clusters; i++) {
        flip(stream);
      }
      lattice.set(spins);
    }

    /** Flips some clusters, one after the other. */
    void flip(SpinLattice lattice, long clusters, RandomStream stream) {
      read(lattice);
      for (long i = 0; i < clusters; i++) {
        flip(stream);
      }
      lattice.set(spins);
    }

    /** The lattice counts classes of sites at every flip, which clusters do not need. */
    private void read(SpinLattice lattice) {
      if (spins.length != lattice.sites()) {
        open = new int[lattice.sites()];
        neighbour = lattice.neighbours();
      }
      spins = lattice.spins();
    }

    /** Flips one cluster and tells how many spins it had. A spin is flipped when it joins. */
    private int flip(RandomStream stream) {
      int seed = stream.below(spins.length);
      byte up = spins[seed];
      byte down = (byte) -up;
      int waiting = 0;
      int flipped = 1;
      spins[seed] = down;
      open[waiting++] = seed;
      while (waiting > 0) {
        int first = 4 * open[--waiting];
        for (int i = first; i < first + 4; i++) {
          int site = neighbour[i];
          if (spins[site] == up && stream.uniform() < join) {
            spins[site] = down;
            open[waiting++] = site;
            flipped++;
          }
        }
      }
      return flipped;
    }

    /** Flips per spin of {@link #equilibrate}, for estimates of work. */
    static double flipsPerSpin() {
      return 2.0 * FORGOTTEN;
    }
  }

  /**
   * The coupling over kT at which small lattices of the magnetisations of some records have, in the
   * mean, the walls of these records: with it the ensemble of largest entropy is P ~ exp(K sum s
   * s') (EX-21, EX-23). In equilibrium K is 1/T.
   *
   * @param firstRecord of the stage of the relaxation
   * @param lastRecord of the stage
   * @param states records behind it
   * @param coupling K, from 0
   * @param wanted mean wall density of the records
   * @param sampled that of small lattices at this coupling
   */
  record EffectiveCoupling(
      int firstRecord,
      int lastRecord,
      long states,
      double coupling,
      double wanted,
      double sampled) {}

  /** Section {@code relax} of the Ising model: LocalRelax (IS-13, PT-12). */
  record RelaxConfig(
      @Default("overlapping")
          @OneOf({"overlapping", "none"})
          @Doc("windows that cover the lattice one after the other")
          Windows windows,
      @Range(min = 3, max = 32768) @Doc("side of a window; default the small side")
          Optional<Integer> patch,
      @Range(min = 1, max = 32768) @Doc("distance of windows; default half a window")
          Optional<Integer> stride,
      @Default("ghost")
          @OneOf({"ghost", "periodic"})
          @Doc("surroundings of a window: frozen spins, or closed on itself")
          Environment environment,
      @Part WindowTimes times,
      @Default("10")
          @Range(min = 0, max = 10000)
          @Doc(
              "large states of random spins are relaxed by 0 to so many passes of windows, a flip per"
                  + " site each; 0 = they stay random")
          int randomPasses)
      implements RelaxKeys {
    /** Whether windows are asked for otherwise than by default, passes over random spins aside. */
    boolean ofWindows() {
      return windows == Windows.NONE
          || environment == Environment.PERIODIC
          || times.passes() > 1
          || !times.duration().isAuto()
          || patch.isPresent()
          || stride.isPresent()
          || times.lastDuration().isPresent();
    }

    /** What the Ising model reads of section {@code evolve}: the partial evolution. */
    record EvolveConfig(
        @Default("buffer")
            @Doc(
                "surroundings of the evolving patch: all evolve, frozen, buffer, or closed on itself")
            Environment environment,
        @Default("4") @Range(min = 0, max = 32768) @Doc("width of the buffer, sites")
            int bufferSites,
        @Part FlipDuration flips,
        @Default("auto")
            @Doc(
                "walls of a patch: owned bonds; for ghost all bonds its flips change; or with its seam")
            PatchWalls patchObservable)
        implements EvolveKeys {
      /** Sites around a patch that evolve with it within a ring of frozen ones. */
      int buffer() {
        return environment == Environment.BUFFER ? bufferSites : 0;
      }

      /** How walls of a patch are counted, as configured (DI-04). */
      enum PatchWalls {
        /** Touched bonds where surroundings are frozen, else owned ones. */
        AUTO,
        /** {@link WallCount#OWNED}. */
        OWNED,
        /** {@link WallCount#TOUCHED}. */
        TOUCHED,
        /** {@link WallCount#SEAM}. */
        SEAM;

        WallCount in(Environment environment) {
          return switch (this) {
            case AUTO -> environment == Environment.GHOST ? WallCount.TOUCHED : WallCount.OWNED;
            case OWNED -> WallCount.OWNED;
            case TOUCHED -> WallCount.TOUCHED;
            case SEAM -> WallCount.SEAM;
          };
        }
      }

      /** Section {@code lattice} of the Ising model. */
      record LatticeConfig(
          @Default("16") @Range(min = 3, max = 32768) @Doc("side of the small system, sites")
              int small,
          @Default("64") @Range(min = 3, max = 32768) @Doc("side of the large system, sites")
              int large,
          @Default("0") @Range(min = -10, max = 10) @Doc("field h in units of J") double field,
          @Default("uniform")
              @Doc("magnetisation small runs start from: a number, or uniform in (-1,1)")
              StartMagnetisation smallStart,
          @Default("0") @Doc("magnetisation direct runs and predictions start from")
              StartMagnetisation largeStart,
          @Default("continuous")
              @Doc("of whole runs: continuous time, or heat-bath sweeps, one per unit of time")
              RunDynamics dynamics)
          implements LatticeKeys {}
    }
  }

  /** The dynamics of whole runs (DI-10). */
  enum RunDynamics {
    /** Glauber dynamics in continuous time. */
    CONTINUOUS,
    /** Heat-bath sweeps, one per unit of time (PT-03). */
    SWEEPS
  }
}
