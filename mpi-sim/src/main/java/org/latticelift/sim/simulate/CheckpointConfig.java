package org.latticelift.sim.simulate;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Section {@code checkpoint}.
 *
 * @param everySeconds wall time between checkpoints of a running simulation
 * @param everyCycles cycles between checkpoints of a distributed run, too; 0: not given
 * @param walltimeS stop with a checkpoint after this wall time; 0 never
 */
public record CheckpointConfig(
    @Default("60") @Range(min = 0.001) @Doc("seconds between checkpoints") double everySeconds,
    @Default("0")
        @Range(min = 0)
        @Doc("distributed runs: cycles between checkpoints, besides every_seconds; 0 not given")
        long everyCycles,
    @Default("0") @Range(min = 0) @Doc("stop with a checkpoint (exit 75) after so many seconds")
        double walltimeS) {}
