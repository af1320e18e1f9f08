package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Options of {@code pair}. The pairs of one shell depend on each other by sum rules: to train on
 * those of a shell other than the first, choose some.
 *
 * @param shell neighbour shell
 * @param reference the random alloy
 * @param pairs which ones; absent: all
 */
record PairOrderConfig(
    @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell,
    @Default("composition") @Doc("random alloy that is subtracted") Reference reference,
    @Doc("pairs such as MoMo; default all") Optional<List<String>> pairs) {}
