package org.latticelift.sim.vacancy.transport;

/** What is computed, with standard errors: rows of the lattice and volume frame, eigenvalues. */
public record Coefficients(
    double[][] lattice,
    double[][] latticeError,
    double[][] volume,
    double[][] volumeError,
    double[] eigenvalues,
    double[] eigenvaluesError) {}
