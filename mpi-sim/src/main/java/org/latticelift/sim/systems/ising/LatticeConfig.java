package org.latticelift.sim.systems.ising;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.sim.systems.spin.StartMagnetisation;

/**
 * Section {@code lattice} of the Ising model.
 *
 * @param small side of the system that is simulated (IS-02)
 * @param large side of the system that is predicted, a multiple of it
 * @param field h / J
 * @param smallStart initial magnetisation of runs of the small system (IS-05)
 * @param largeStart initial magnetisation of direct runs and of predictions
 * @param dynamics of whole runs; relaxation and partial evolution are always continuous (DI-10)
 */
record LatticeConfig(
    @Default("16") @Range(min = 3, max = 32768) @Doc("side of the small system, sites") int small,
    @Default("64") @Range(min = 3, max = 32768) @Doc("side of the large system, sites") int large,
    @Default("0") @Range(min = -10, max = 10) @Doc("field h in units of J") double field,
    @Default("uniform") @Doc("magnetisation small runs start from: a number, or uniform in (-1,1)")
        StartMagnetisation smallStart,
    @Default("0") @Doc("magnetisation direct runs and predictions start from")
        StartMagnetisation largeStart,
    @Default("continuous")
        @Doc("of whole runs: continuous time, or heat-bath sweeps, one per unit of time (PT-03)")
        RunDynamics dynamics) {}
