package org.latticelift.sim.systems.curieweiss;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.systems.spin.AutoDuration;

/**
 * What the Curie-Weiss model reads of section {@code evolve}: the partial evolution.
 *
 * @param environment what the patch feels (CW-12, ME-16); with ghost the mean field stands still,
 *     so that long evolutions relax too slowly (CW-84)
 * @param duration by time or events; auto is one flip per site of the patch (DI-11, DI-52)
 * @param auto whether auto means the mean time of so many flips, or exactly so many
 */
record EvolveConfig(
    @Default("whole")
        @OneOf({"whole", "ghost", "periodic"})
        @Doc("spins outside the patch: all evolve, stand still but are felt, or are not felt")
        Environment environment,
    @Default("auto") @Doc("auto = one flip per site, or {events: N}, {mean_events: N}, {time: T}")
        DurationSpec duration,
    @Default("time") @Doc("auto: the mean time of one flip per site, or exactly as many flips")
        AutoDuration auto) {}
