package org.latticelift.order;

import org.latticelift.config.Default;
import org.latticelift.config.Doc;
import org.latticelift.config.Range;

/**
 * Options of {@code warren_cowley}.
 *
 * @param shell neighbour shell
 */
record ShellOptions(
    @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell) {}
