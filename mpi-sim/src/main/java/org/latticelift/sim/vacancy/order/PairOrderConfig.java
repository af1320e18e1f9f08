package org.latticelift.sim.vacancy.order;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Options of {@code pair}.
 *
 * @param shell neighbour shell
 * @param reference the random alloy
 */
record PairOrderConfig(
    @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell,
    @Default("composition") @Doc("random alloy that is subtracted") Reference reference) {}
