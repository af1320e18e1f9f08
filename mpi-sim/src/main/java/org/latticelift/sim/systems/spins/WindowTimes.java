package org.latticelift.sim.systems.spins;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.sim.system.Duration.DurationSpec;

/** How often and how long windows evolve; the last level may differ (DI-45). */
public record WindowTimes(
    @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
        int passes,
    @Default("auto")
        @Doc(
            "per window: auto = mean time of a flip per site, or {events: N}, {mean_events: N},"
                + " {time: T}")
        DurationSpec duration,
    @Doc("the same for the last level only; default as the others")
        Optional<DurationSpec> lastDuration) {}
