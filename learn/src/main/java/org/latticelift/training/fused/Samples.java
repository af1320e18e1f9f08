package org.latticelift.training.fused;

/**
 * Training pairs in scaled variables and time, row-major.
 *
 * @param variables d
 * @param state y0, [N,d]
 * @param increment y1 - y0, [N,d]
 * @param duration [N]
 * @param condition input of the temperature embedding, [N]
 */
public record Samples(
    int variables, float[] state, float[] increment, float[] duration, float[] condition) {}
