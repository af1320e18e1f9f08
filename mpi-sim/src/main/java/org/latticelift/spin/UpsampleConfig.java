package org.latticelift.spin;

import org.latticelift.config.Default;
import org.latticelift.config.Doc;
import org.latticelift.config.Range;

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
