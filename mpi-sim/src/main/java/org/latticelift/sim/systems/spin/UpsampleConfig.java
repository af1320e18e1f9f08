package org.latticelift.sim.systems.spin;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * What spin systems read of section {@code upsample}.
 *
 * @param randomShare share of the large states that are random spins instead (IS-15, DI-06)
 */
public record UpsampleConfig(
    @Default("0")
        @Range(min = 0, max = 1)
        @Doc("share of large states that are random spins instead, where lattices are enlarged")
        double randomShare) {}
