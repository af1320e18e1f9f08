package org.latticelift.sim.systems.curieweiss;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.systems.spin.StartMagnetisation;

/**
 * Section {@code lattice} of the Curie-Weiss model.
 *
 * @param small side of the system that is simulated (CW-06)
 * @param large side of the system that is predicted, a multiple of it (CW-02)
 * @param field h
 * @param smallStart initial magnetisation of runs of the small system (CW-06)
 * @param largeStart initial magnetisation of direct runs and of predictions
 */
record LatticeConfig(
    @Default("16") @Range(min = 2, max = 2048) @Doc("side of the small system, sites") int small,
    @Default("64") @Range(min = 2, max = 2048) @Doc("side of the large system, sites") int large,
    @Default("0") @Range(min = -10, max = 10) @Doc("field h") double field,
    @Default("uniform") @Doc("magnetisation small runs start from: a number, or uniform in (-1,1)")
        StartMagnetisation smallStart,
    @Default("0") @Doc("magnetisation direct runs and predictions start from")
        StartMagnetisation largeStart) {}
