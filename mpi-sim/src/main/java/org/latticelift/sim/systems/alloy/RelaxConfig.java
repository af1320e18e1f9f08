package org.latticelift.sim.systems.alloy;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Windows;

/**
 * Section {@code relax}: LocalRelax.
 *
 * @param windows overlapping by half a window (8 per tile), shifted by half a window without
 *     overlap (AL-63), or none (DI-19, DI-20)
 * @param environment what a vacancy in a window sees: the whole lattice, or the window closed on
 *     itself
 * @param passes how often the windows of a level cover the lattice
 * @param duration time per window; auto is the mean time of eight jumps
 */
public record RelaxConfig(
    @Default("overlapping")
        @Doc("windows of the size of the small system; none with upsample.tiles: maxent")
        Windows windows,
    @Default("whole")
        @OneOf({"whole", "periodic"})
        @Doc("surroundings of a window: the whole lattice, or closed on itself (AL-63)")
        Environment environment,
    @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
        int passes,
    @Default("auto")
        @Doc("per window: auto = {mean_events: 8}, or {events: N}, {mean_events: N}, {time_s: T}")
        DurationSpec duration) {}
