package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Doc;

/**
 * Options of {@code b2}. The orders of all species are nearly dependent, as corners and centres are
 * equally many: to train on, leave one out.
 *
 * @param species which ones; absent: all
 */
record B2OrderConfig(@Doc("species; default all") Optional<List<String>> species) {}
