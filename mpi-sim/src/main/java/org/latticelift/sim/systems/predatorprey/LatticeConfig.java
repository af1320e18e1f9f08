package org.latticelift.sim.systems.predatorprey;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Section {@code lattice} of the predator-prey system.
 *
 * @param small cells of the system that is simulated (PP-12)
 * @param large cells of the system that is predicted, a multiple of both others
 * @param patch cells of a patch (PP-18); need not be those of the small system (DI-14)
 * @param a growth of predators (PP-02)
 * @param b prey density at which predators stand still (PP-02)
 * @param preyDiffusion D (PP-02)
 * @param predatorDiffusion diffusion of predators (PP-01)
 * @param laplacian second difference of cells, or that divided by the square of a cell (DI-12)
 * @param noiseBy amplitude of the noise per cell, or per length (DI-13)
 * @param step dt of a step (PP-07)
 * @param smallStart initial fields of runs of the small system (PP-04)
 * @param largeStart initial fields of direct runs and of predictions
 */
record LatticeConfig(
    @Default("100") @Range(min = 2, max = 1e7) @Doc("cells of the small system") int small,
    @Default("200") @Range(min = 2, max = 1e7) @Doc("cells of the large system") int large,
    @Default("40") @Range(min = 1, max = 1e7) @Doc("cells of a patch, a divisor of large")
        int patch,
    @Default("3") @Range(min = 0, max = 1000) @Doc("a, growth of predators") double a,
    @Default("0.4") @Range(min = 0, max = 1) @Doc("b, prey where predators stand still") double b,
    @Default("0") @Range(min = 0) @Doc("D, diffusion of prey") double preyDiffusion,
    @Default("1") @Range(min = 0) @Doc("diffusion of predators") double predatorDiffusion,
    @Default("cells")
        @Doc("diffusion by second differences of cells, or of the unit length (needs small steps)")
        Laplacian laplacian,
    @Default("cell")
        @Doc("noise of amplitude sigma in every cell, or divided by the root of its length")
        NoiseAmplitude noiseBy,
    @Default("0.01") @Range(min = 0, minOpen = true, max = 1) @Doc("time of a step") double step,
    @Default("uniform") @Doc("small runs start from {mean: m, amplitude: k}, or uniform ones")
        Start smallStart,
    @Default("{mean: 0.5, amplitude: 0.1}") @Doc("the same for direct runs and predictions")
        Start largeStart) {}
