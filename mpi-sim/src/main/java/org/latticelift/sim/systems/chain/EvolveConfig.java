package org.latticelift.sim.systems.chain;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;

/**
 * What the chain reads of section {@code evolve}: the partial evolution.
 *
 * @param environment surroundings of the patch (LC-07, ME-16)
 * @param bufferSites particles on each side that move with the patch
 * @param duration auto is one step, for which ghost is exact (LC-08)
 */
record EvolveConfig(
    @Default("ghost")
        @OneOf({"whole", "ghost", "buffer"})
        @Doc("particles outside the patch: all move, stand still, or a buffer moves")
        Environment environment,
    @Default("4") @Range(min = 0, max = 1e6) @Doc("width of the buffer, particles") int bufferSites,
    @Default("auto") @Doc("auto = one step, {events: N} steps, or {time: T}")
        DurationSpec duration) {}
