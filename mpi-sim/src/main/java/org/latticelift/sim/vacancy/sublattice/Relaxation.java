package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.system.Duration;

/**
 * LocalRelax (ME-83). Other than where one rank does it alone, windows take turns by colours, and a
 * vacancy that goes farther than half a window from its window waits there for the next one.
 *
 * @param overlapping by half a window, or shifted by half a window without overlap (AL-63)
 * @param closed whether a window sees itself closed periodically, or the whole lattice
 * @param duration per window, by time or by events
 */
public record Relaxation(boolean overlapping, boolean closed, Duration duration) {}
