package org.latticelift.sim.systems.ising;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.systems.spin.RelaxKeys;

/**
 * Section {@code relax} of the Ising model: LocalRelax (IS-13, PT-12).
 *
 * @param windows overlapping windows, or no relaxation at all (PT-80)
 * @param patch side of a window; the small side where absent (DI-05)
 * @param stride distance of windows; half a window where absent
 * @param environment frozen ring around a window, or the window closed on itself (DI-39)
 * @param passes how often the windows of a level cover the lattice
 * @param duration per window; auto is the mean time of one flip per site
 * @param lastDuration per window of the last level, where it differs (DI-45)
 * @param randomPasses most passes of windows over large states that began as random spins
 */
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
    @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
        int passes,
    @Default("auto")
        @Doc(
            "per window: auto = mean time of a flip per site, or {events: N}, {mean_events: N},"
                + " {time: T}")
        DurationSpec duration,
    @Doc("the same for the last level only; default as the others")
        Optional<DurationSpec> lastDuration,
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
        || passes > 1
        || !duration.isAuto()
        || patch.isPresent()
        || stride.isPresent()
        || lastDuration.isPresent();
  }
}
