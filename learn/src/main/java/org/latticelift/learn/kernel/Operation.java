package org.latticelift.learn.kernel;

/**
 * One operation on vectors.
 *
 * @param to vector that it writes
 * @param with an array of weights, or a second vector that is written
 * @param from vector that it reads
 */
public record Operation(Kind kind, String to, String with, String from, double factor) {
  /** The operations, with the activation c(u) = min(max(u, 0), 1/2) of the Onsager network. */
  public enum Kind {
    /** to = 0. */
    ZERO,
    /** to = weights. */
    BIAS,
    /** to = a folded bias. */
    FOLDED,
    /** to += weights from. */
    PRODUCT,
    /** to = max(to, 0). */
    RELU,
    /** to += c (2 u - c), and u = c, with u = with. */
    ACTIVATE,
    /**
     * to *= factor from, element by element: a product of variables, a power, or with factor 2 the
     * slope 2 c of that activation times what comes back through it.
     */
    TIMES,
    /** to *= min(1, factor / |to|). */
    WITHIN,
    /** to = 1 / to, of conditions only. */
    INVERSE,
    /** to *= factor. */
    SCALE,
    /** to += factor from. */
    ADD,
    /** to -= (L L^T + W + factor I) from, L and W the triangles of with (ME-50, ME-56). */
    CONTRACT,
    /** to = factor times the matrix of the outputs from, which the shape of sigma orders. */
    MATRIX,
    /** to rounded to single precision, in which the program keeps folded biases. */
    ROUND
  }
}
