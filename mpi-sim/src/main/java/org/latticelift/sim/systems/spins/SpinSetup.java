package org.latticelift.sim.systems.spins;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;

/** What is fixed for a model of spins on a square lattice beside its conditions. Immutable. */
public interface SpinSetup {
  /** Section {@code lattice}. */
  LatticeKeys lattice();

  /** Section {@code upsample}: where large states come from. */
  SpinUpsampleConfig upsample();

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
