package org.latticelift.learn.kernel;

/**
 * Rows of a tile that make the Onsager drift.
 *
 * @param d latent dimension
 * @param dissipation c_d (ME-57)
 * @param a first of d times d rows of the matrix A, row-major
 * @param gradient first of d rows of g = grad V
 * @param work d rows for L^T g
 * @param drift first of d rows, which hold f before and mu after
 */
public record OnsagerTerms(int d, float dissipation, int a, int gradient, int work, int drift) {}
