package org.latticelift.order;

import org.latticelift.config.Default;
import org.latticelift.config.Doc;
import org.latticelift.config.Range;

/**
 * Options of {@code pair}.
 *
 * @param shell neighbour shell
 * @param reference the random alloy
 */
record PairOptions(
    @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell,
    @Default("composition") @Doc("random alloy that is subtracted") Reference reference) {}
