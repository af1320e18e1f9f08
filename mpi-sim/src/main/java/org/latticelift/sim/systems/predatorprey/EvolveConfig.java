package org.latticelift.sim.systems.predatorprey;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;

/**
 * What the predator-prey system reads of section {@code evolve}: the partial evolution.
 *
 * @param environment surroundings of the patch (ME-16, DI-03); ghost is exact for one step
 * @param bufferCells width of the buffer that evolves with the patch
 * @param duration auto is {@value #AUTO_STEPS} steps; the authors make one (PP-19), whose increment
 *     of the drift is a hundredth of its noise, so that a drift learned from as many pairs is worse
 */
record EvolveConfig(
    @Default("buffer")
        @Doc("surroundings of the evolving patch: frozen, a buffer, all evolve, or bent to a ring")
        Environment environment,
    @Default("10") @Range(min = 0, max = 1e6) @Doc("width of the buffer, cells") int bufferCells,
    @Default("auto") @Doc("auto = 30 steps, or {events: N} steps, or {time: T}")
        DurationSpec duration) {
  /** Steps of an evolution by default: 0.3 units of time with the paper's step. */
  static final int AUTO_STEPS = 30;
}
