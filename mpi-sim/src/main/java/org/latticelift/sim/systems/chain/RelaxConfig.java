package org.latticelift.sim.systems.chain;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.OneOf;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Windows;

/**
 * Section {@code relax} of the chain: LocalRelax in windows of the small size every half of it, in
 * frozen surroundings.
 *
 * @param windows overlapping windows, or no relaxation at all
 * @param passes how often the windows cover the chain
 * @param duration per window; auto is 1/friction; an event is a step
 */
record RelaxConfig(
    @Default("overlapping")
        @OneOf({"overlapping", "none"})
        @Doc("windows that cover the chain one after the other")
        Windows windows,
    @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the chain")
        int passes,
    @Default("auto") @Doc("per window: auto = 1/friction, {events: N} steps, or {time: T}")
        DurationSpec duration) {}
