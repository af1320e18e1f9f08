package org.latticelift.sim.systems.chain;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Section {@code lattice} of the chain.
 *
 * @param small particles of the system that is simulated (LC-10)
 * @param large particles of the system that is predicted, a multiple of it
 * @param friction gamma
 * @param spring k
 * @param noise sigma
 * @param step time of an Euler-Maruyama step
 * @param smallStart where all particles of small runs start
 * @param largeStart where all particles of direct runs start, and predictions
 */
record LatticeConfig(
    @Default("16") @Range(min = 1, max = 1e6) @Doc("particles of the small system") int small,
    @Default("128") @Range(min = 1, max = 1e6) @Doc("particles of the large system") int large,
    @Default("1") @Range(min = 0, minOpen = true) @Doc("gamma, drift -gamma X") double friction,
    @Default("1") @Range(min = 0) @Doc("k, springs between neighbours") double spring,
    @Default("1") @Range(min = 0, minOpen = true) @Doc("sigma, noise of a particle") double noise,
    @Default("0.01") @Range(min = 0, minOpen = true) @Doc("time of a step") double step,
    @Default("uniform") @Doc("place small runs start from: a number, or uniform in (-1,1)")
        Start smallStart,
    @Default("0") @Doc("place direct runs and predictions start from") Start largeStart) {}
