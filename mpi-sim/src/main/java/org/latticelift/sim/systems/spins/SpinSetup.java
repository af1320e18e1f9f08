package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.TimeScales;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.spins.Enlargement.UpsampleConfig;
import org.latticelift.sim.systems.spins.Enlargement.UpsampleConfig.LargeStates;

/** What is fixed for a model of spins on a square lattice beside its conditions. Immutable. */
public interface SpinSetup {
  /** Section {@code lattice}. */
  LatticeKeys lattice();

  /** Section {@code upsample}: where large states come from. */
  UpsampleConfig upsample();

  /** Section {@code relax}: LocalRelax. */
  RelaxKeys relax();

  /** Section {@code evolve}: the partial evolution. */
  EvolveKeys evolve();

  /** How small lattices become large ones, with both sides. */
  default Enlargement enlargement() {
    return new Enlargement(lattice().small(), lattice().large(), relax());
  }

  /**
   * Whether large states are made of small ones; false where they are of another origin, or no
   * larger.
   */
  default boolean enlarges() {
    return upsample().states() == LargeStates.ENLARGED && lattice().large() > lattice().small();
  }

  /** The initial magnetisation of states ({@code role}: of the small or of the large system). */
  default StartMagnetisation start(Role role) {
    return role.choose(lattice().smallStart(), lattice().largeStart());
  }

  /** Length of a partial evolution, by flips of the patch or by time. */
  default Duration evolution(Condition condition, TimeScales scales) {
    long sites = enlargement().smallSites();
    DurationSpec spec = evolve().flips().duration();
    return spec.isAuto() && evolve().flips().auto() == AutoDuration.FLIPS
        ? Duration.events(Math.max(1, Math.round(spec.automatic(condition, sites))))
        : enlargement().duration(spec, sites, condition, scales);
  }

  /** Flips per sample, for estimates of work. */
  double eventsPerSample(Condition condition);

  /** Finds mistakes between keys; an error for the first. */
  default void check(List<Condition> conditions) {
    enlargement().check(conditions);
    evolve().flips().duration().requireAll(conditions);
    evolve().flips().duration().requireUnit("1");
  }

  /**
   * The magnetisation m0 of initial states (IS-05): a number, or {@code uniform} for one drawn from
   * (-1,1). A state has exactly floor((1 + m0) n / 2) up spins at random places ({@code given}: m0;
   * empty for {@code uniform}).
   */
  public record StartMagnetisation(OptionalDouble given) {
    /** Random magnetisation. */
    public static final StartMagnetisation ANY = new StartMagnetisation(OptionalDouble.empty());

    private static final String UNIFORM = "uniform";

    /** Reads the key ({@code node}: {@code uniform} or a number); the choice. */
    public static StartMagnetisation fromConfig(ConfigNode node) {
      if (node.isWord(UNIFORM)) {
        return ANY;
      }
      double value = node.number();
      if (!(value >= -1 && value <= 1)) {
        throw LatticeLiftException.badData(
            "an initial magnetisation of " + value,
            node.where(),
            "uniform, or a number from -1 to 1",
            "Correct the value");
      }
      return new StartMagnetisation(OptionalDouble.of(value));
    }

    /** Writes the key; {@code uniform} or a number. */
    public ConfigNode toConfig() {
      return ConfigNode.parse(
          given.isPresent() ? Double.toString(given.getAsDouble()) : UNIFORM, "lattice");
    }

    /**
     * An initial state ({@code side}: sites per row; {@code stream}: randomness: the magnetisation
     * where it is not given, then the places); +1 or -1, row by row.
     */
    public byte[] spins(int side, RandomStream stream) {
      double m0 = given.isPresent() ? given.getAsDouble() : 2 * stream.uniform() - 1;
      int sites = side * side;
      int up = (int) Math.floor((1 + m0) * sites / 2);
      int[] places = new int[sites];
      for (int i = 0; i < sites; i++) {
        places[i] = i;
      }
      stream.shuffle(places);
      byte[] spins = new byte[sites];
      for (int i = 0; i < sites; i++) {
        spins[places[i]] = (byte) (i < up ? 1 : -1);
      }
      return spins;
    }

    /** Mean of m0; -1 to 1. */
    public double mean() {
      return given.orElse(0);
    }

    /** Mean of m0 squared; 0 to 1. */
    public double square() {
      return given.isPresent() ? given.getAsDouble() * given.getAsDouble() : 1 / 3.0;
    }
  }

  /** What every spin system has in its section {@code lattice}. */
  public interface LatticeKeys {
    /** Side of the small lattice. */
    int small();

    /** Side of the large lattice. */
    int large();

    /** Field that the spins are in; h, 0 where the two directions of a spin are equal. */
    double field();

    /** Where small runs start. */
    StartMagnetisation smallStart();

    /** Where direct runs and predictions start. */
    StartMagnetisation largeStart();
  }

  /** What every spin system has in its section {@code relax}. */
  public interface RelaxKeys {
    /** How windows cover the lattice; overlapping or none. */
    Windows windows();

    /** Side of a window; the small side where absent (DI-05). */
    Optional<Integer> patch();

    /** Distance of windows; half a window where absent. */
    Optional<Integer> stride();

    /** How often windows evolve, and how long. */
    WindowTimes times();
  }

  /** How often and how long windows evolve; the last level may differ (DI-45). */
  public record WindowTimes(
      @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
          int passes,
      @Default("auto")
          @Doc(
              "per window: auto = mean time of a flip per site, or {events: N}, {mean_events: N},"
                  + " {time: T}")
          DurationSpec duration,
      @Doc("the same for the last level only; default as the others")
          Optional<DurationSpec> lastDuration) {}

  /** What every spin system has in its section {@code evolve}. */
  public interface EvolveKeys {
    /** What surrounds a patch that evolves. */
    Environment environment();

    /** How long it evolves. */
    FlipDuration flips();
  }

  /** How long a patch evolves. */
  public record FlipDuration(
      @Default("auto") @Doc("auto = one flip per site, or {events: N}, {mean_events: N}, {time: T}")
          DurationSpec duration,
      @Default("time") @Doc("auto: the mean time of one flip per site, or exactly as many flips")
          AutoDuration auto) {}

  /** Section {@code conditions} of spin systems. */
  public record TemperaturesConfig(
      @Doc("temperatures in units of J, k_B = 1") List<Double> temperature) {
    private static final double LOWEST = 0.2;
    private static final double HIGHEST = 1000;
    private static final ConditionList CONDITIONS =
        new ConditionList(
            "temperature", t -> t >= LOWEST && t <= HIGHEST, LOWEST + " to " + HIGHEST, "2.5");

    /** Reads the section; one condition per temperature, all different. */
    public static List<Condition> conditions(ConfigNode node) {
      return CONDITIONS.of(Binder.bind(node, TemperaturesConfig.class).temperature(), node);
    }
  }

  /** What a duration of a partial evolution that is left to the program means (DI-11). */
  public enum AutoDuration {
    /** The mean time of one flip per site. */
    TIME,
    /** Exactly one flip per site, however long it takes. */
    FLIPS
  }
}
