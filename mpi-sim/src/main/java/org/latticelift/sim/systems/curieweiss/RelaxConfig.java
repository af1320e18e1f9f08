package org.latticelift.sim.systems.curieweiss;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.systems.spin.RelaxKeys;

/**
 * Section {@code relax} of the Curie-Weiss model: LocalRelax (CW-11).
 *
 * @param windows overlapping windows, or no relaxation at all
 * @param patch side of a window; the small side where absent (DI-05)
 * @param stride distance of windows; half a window where absent
 * @param coupling of a window to the whole lattice, or isolated (DI-43)
 * @param passes how often the windows of a level cover the lattice
 * @param duration per window; auto is the mean time of one flip per site
 * @param lastDuration per window of the last level, where it differs
 */
record RelaxConfig(
    @Default("overlapping")
        @OneOf({"overlapping", "none"})
        @Doc("windows that cover the lattice one after the other")
        Windows windows,
    @Range(min = 2, max = 2048) @Doc("side of a window; default the small side")
        Optional<Integer> patch,
    @Range(min = 1, max = 2048) @Doc("distance of windows; default half a window")
        Optional<Integer> stride,
    @Default("whole") @Doc("what the spins of a window feel: the whole lattice, or only each other")
        WindowCoupling coupling,
    @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
        int passes,
    @Default("auto")
        @Doc(
            "per window: auto = mean time of a flip per site, or {events: N}, {mean_events: N},"
                + " {time: T}")
        DurationSpec duration,
    @Doc("the same for the last level only; default as the others")
        Optional<DurationSpec> lastDuration)
    implements RelaxKeys {}
