package org.latticelift.sim.systems.alloy;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;

/**
 * What the alloy reads of section {@code evolve}: the partial evolution.
 *
 * @param environment surroundings of the patch (ME-16, DI-03)
 * @param bufferCells width of the buffer in cells
 * @param duration by relaxations (EX-55), time or events; auto is the mean time of 125 jumps
 *     (DI-52)
 * @param clock waiting times when the number of events is fixed (DI-18)
 * @param patchObservable divisor of a periodic patch (DI-55)
 * @param closedPatch where a periodic patch lies (EX-41)
 */
public record EvolveConfig(
    @Default("whole") @Doc("surroundings of the evolving patch") Environment environment,
    @Default("4") @Range(min = 0) @Doc("width of the buffer, cells") int bufferCells,
    @Default("{relaxations: 0.25}")
        @Doc(
            "{relaxations: R} times the relaxation time of the small runs, at most what makes all pairs as"
                + " expensive as these; auto = {mean_events: 125}, or {events: N}, {mean_events: N}, {time_s: T}")
        DurationSpec duration,
    @Default("mean")
        @Doc("waiting times when the number of events is fixed; by time they are exponential")
        Clock clock,
    @Default("global")
        @Doc("atoms a periodic patch divides by: the global number per patch, or its own")
        PatchAtoms patchObservable,
    @Default("vacancy")
        @Doc(
            "a periodic patch is the box around its vacancy, or the tile that the vacancy is in; run: the tile, which"
                + " goes on as its small run did, so that nothing is evolved")
        ClosedPatch closedPatch) {}
