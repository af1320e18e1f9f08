package org.latticelift.sim.vacancy.order;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Options of {@code warren_cowley}.
 *
 * @param shell neighbour shell
 */
record ShellOrderConfig(
    @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell) {}
