package org.latticelift.sim.systems.chain;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * What the chain reads of section {@code upsample}.
 *
 * @param states where large states come from
 * @param time simulated states are taken at random times below this
 */
record UpsampleConfig(
    @Default("enlarged")
        @Doc("large states from small ones, or from runs of the large chain itself (LC-04)")
        LargeStates states,
    @Default("3")
        @Range(min = 0, minOpen = true)
        @Doc("states: simulated are taken at random times below this (LC-10)")
        double time) {}
