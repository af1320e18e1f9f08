package org.latticelift.sim.simulate;

import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;

/** Section {@code checkpoint}. */
public record CheckpointConfig(
    @Default("60") @Range(min = 0.001) @Doc("seconds between checkpoints") double everySeconds,
    @Default("0")
        @Range(min = 0)
        @Doc("distributed runs: cycles between checkpoints, besides every_seconds; 0 not given")
        long everyCycles,
    @Default("0") @Range(min = 0) @Doc("stop with a checkpoint (exit 75) after so many seconds")
        double walltimeS) {}
