package org.latticelift.sim.schedule;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Protocol {@code repeat}.
 *
 * @param count how often
 * @param of a schedule
 */
record Repeat(
    @Range(min = 1, max = 100000) @Doc("how often") int count,
    @Doc("a protocol, or a list of them") ConfigNode of) {}
