package org.latticelift.sim.systems.ising;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.systems.spin.AutoDuration;

/**
 * What the Ising model reads of section {@code evolve}: the partial evolution.
 *
 * @param environment surroundings of the patch (ME-16, DI-03)
 * @param bufferSites width of the buffer that evolves with the patch
 * @param duration by time or events; auto is one flip per site of the patch (DI-11, DI-52)
 * @param auto whether auto means the mean time of so many flips, or exactly so many
 * @param patchObservable how walls of a patch are counted (DI-04)
 */
record EvolveConfig(
    @Default("buffer")
        @Doc("surroundings of the evolving patch: all evolve, frozen, buffer, or closed on itself")
        Environment environment,
    @Default("4") @Range(min = 0, max = 32768) @Doc("width of the buffer, sites") int bufferSites,
    @Default("auto") @Doc("auto = one flip per site, or {events: N}, {mean_events: N}, {time: T}")
        DurationSpec duration,
    @Default("time") @Doc("auto: the mean time of one flip per site, or exactly as many flips")
        AutoDuration auto,
    @Default("auto")
        @Doc(
            "walls of a patch: owned bonds; for ghost all bonds its flips change; or with its seam")
        PatchWalls patchObservable) {
  /** Sites around a patch that evolve with it within a ring of frozen ones. */
  int buffer() {
    return environment == Environment.BUFFER ? bufferSites : 0;
  }
}
