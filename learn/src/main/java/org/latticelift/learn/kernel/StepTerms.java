package org.latticelift.learn.kernel;

/**
 * Rows of a tile that make a step.
 *
 * @param d latent dimension
 * @param shape which entries of sigma are there
 * @param z first of d rows of the state
 * @param drift first of d rows of mu
 * @param sigma first row of sigma
 * @param noise first of d rows of the increments of the Wiener process
 * @param kept first of 3 d rows that keep what a step of several drifts has begun with
 */
public record StepTerms(
    int d, SigmaShape shape, int z, int drift, int sigma, int noise, int kept) {}
